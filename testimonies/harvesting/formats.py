"""What a metadata format is to a harvester; which there are is said in the door, `views/oai.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .errors import CannotDisseminateFormat
from .harvest import Held


@dataclass(frozen=True, slots=True)
class MetadataFormat:
    """One format: its prefix, the address of its schema, its namespace, and the function that writes a record."""

    prefix: str
    schema: str
    namespace: str
    write: Callable[[Held], Element]


Formats = Mapping[str, MetadataFormat]


def named(prefix: str, formats: Formats) -> MetadataFormat:
    """The format of a prefix. Raises CannotDisseminateFormat."""
    if prefix not in formats:
        raise CannotDisseminateFormat(f"There is no such format. There are {', '.join(formats)}.")
    return formats[prefix]
