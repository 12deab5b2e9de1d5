"""Whether an answer of OAI-PMH, with any Dublin Core in it, is as the published schemas have it (`tests/data/schemas`).

Besides, dates are written to the second in UTC, which is what Identify promises (section 3.3 of the protocol).
"""

import re
from pathlib import Path

from lxml import etree

SCHEMAS = Path(__file__).parent.parent / "data" / "schemas"
OAI = "http://www.openarchives.org/OAI/2.0/"
DUBLIN_CORE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# What the schemas refer to of xml:lang.
XML = """
<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
  <attribute name="lang" type="language"/>
</schema>
"""
BOTH = f"""
<schema xmlns="http://www.w3.org/2001/XMLSchema">
  <import namespace="{OAI}" schemaLocation="OAI-PMH.xsd"/>
  <import namespace="{DUBLIN_CORE}" schemaLocation="oai_dc.xsd"/>
</schema>
"""


class Here(etree.Resolver):
    """Finds schemas beside each other that name each other by addresses elsewhere."""

    def resolve(self, url, public_id, context):
        """The schema of that name. Raises FileNotFoundError where it is not here."""
        name = url.rpartition("/")[2]
        if name == "xml.xsd":
            return self.resolve_string(XML, context)
        # Metadata must be of a schema; of those of the other formats it is enough that they are well-formed.
        told = (SCHEMAS / name).read_text().replace('processContents="strict"', 'processContents="lax"')
        return self.resolve_string(told, context)


def schema(told: str) -> etree.XMLSchema:
    """A schema, with those that it imports."""
    parser = etree.XMLParser()
    parser.resolvers.add(Here())
    return etree.XMLSchema(etree.fromstring(told, parser))


GRAMMAR = schema(BOTH)


def check(document: bytes) -> None:
    """Fail with what is wrong where the document is no answer of the protocol."""
    tree = etree.fromstring(document)
    GRAMMAR.assertValid(tree)
    for name in ("responseDate", "datestamp", "earliestDatestamp"):
        assert all(MOMENT.fullmatch(one.text) for one in tree.iter(f"{{{OAI}}}{name}"))
