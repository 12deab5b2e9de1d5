"""What narrows a map or a timeline: the filters in force, and a form that sets others."""

from dataclasses import dataclass

from testimonies.reading.results import Chip, Message


@dataclass(frozen=True, slots=True)
class Option:
    """One value that may be chosen, with what it would find."""

    key: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A list of values of which one may be chosen: `name` as in the address, `label` in words."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """The question that a drawing answers. `here` is its address without a query, `kept` what the form sends along.

    `all` is the list of testimonies that answers the same question, `clear` the address without filters (empty where
    there are none), `table` that of the same numbers as CSV.
    """

    here: str
    total: int
    all: str
    table: str
    choices: tuple[Choice, ...]
    chips: tuple[Chip, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    clear: str = ""
    messages: tuple[Message, ...] = ()
