"""A harvester for tests: it asks, looks whether the answer is one of the protocol, and hands over what is in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from xml.etree import ElementTree

from django.test import Client

from testimonies.tests.harvesting import grammar

OAI = "{http://www.openarchives.org/OAI/2.0/}"
BASE = "http://testserver/oai"


@dataclass(frozen=True)
class Record:
    """A header, and what stands beside it."""

    identifier: str
    datestamp: str
    is_deleted: bool
    sets: tuple[str, ...]
    metadata: ElementTree.Element | None


class Said:
    """One answer."""

    def __init__(self, client: Client, method: str = "get", *, query: str = "", **question: str) -> None:
        asked = {name.rstrip("_"): value for name, value in question.items()}
        self.response = getattr(client, method)(f"/oai?{query}" if query else "/oai", asked)
        assert self.response.status_code == HTTPStatus.OK
        assert self.response["Content-Type"] == "text/xml; charset=utf-8"
        grammar.check(self.response.content)
        self.tree = ElementTree.fromstring(self.response.content)

    def text(self, path: str) -> str | None:
        """The text of the first such element."""
        return self.tree.findtext("/".join(f"{OAI}{step}" for step in path.split("/")))

    @property
    def request(self) -> ElementTree.Element:
        """The question, as it is repeated."""
        return next(self.tree.iter(f"{OAI}request"))

    @property
    def error(self) -> str | None:
        """The code of what was wrong with the question, which always comes with a sentence."""
        errors = self.tree.findall(f"{OAI}error")
        assert len(errors) <= 1
        assert all(one.text.strip() for one in errors)
        return errors[0].get("code") if errors else None

    @property
    def token(self) -> ElementTree.Element | None:
        """What is said of the rest of the list."""
        return next(self.tree.iter(f"{OAI}resumptionToken"), None)

    @property
    def records(self) -> list[Record]:
        """The records, or the headers alone."""
        bodies = {id(one.find(f"{OAI}header")): one.find(f"{OAI}metadata") for one in self.tree.iter(f"{OAI}record")}
        return [
            Record(
                header.findtext(f"{OAI}identifier", "").removeprefix("oai:testserver:"),
                header.findtext(f"{OAI}datestamp", ""),
                header.get("status") == "deleted",
                tuple(one.text or "" for one in header.findall(f"{OAI}setSpec")),
                None if (body := bodies.get(id(header))) is None else body[0],
            )
            for header in self.tree.iter(f"{OAI}header")
        ]


def harvest(client: Client, verb: str = "ListRecords", prefix: str = "oai_dc", **selected: str) -> Iterator[Record]:
    """All records of a list, part by part."""
    said = Said(client, verb=verb, metadataPrefix=prefix, **selected)
    yield from said.records
    while said.token is not None and said.token.text:
        said = Said(client, verb=verb, resumptionToken=said.token.text)
        yield from said.records
