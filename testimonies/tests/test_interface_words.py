"""The words of the interface on pages in another language: none is English, and what is content says so."""

import re
from html.parser import HTMLParser
from http import HTTPStatus

import pytest

from testimonies.models.public import PlaceRelation
from testimonies.tests import making
from testimonies.tests.test_translations import LANGUAGES_COMPLETE

# Names of formats, of services and of kinds of identifiers, which are the same in every language.
SAME_EVERYWHERE = {
    "API", "APA", "ARK", "Atom", "BibTeX", "Chicago", "CC", "BY", "CSL", "CSV", "Dublin", "Core", "EDTF", "GeoNames",
    "Harvard", "ISO", "JSON", "JSONL", "LD", "MLA", "MODS", "OAI", "OpenAPI", "PMH", "RDF", "RIS", "RO", "Crate", "SHA",
    "SQLite", "TEI", "URL", "UTC", "Vancouver", "Wikidata", "XML", "Zotero", "Retry", "After", "HTML", "BibLaTeX",
    "DataCite", "Escape", "cookie",
}  # fmt: skip
NAMES_EVERYWHERE = re.compile(r"Archival Resource Key|Creative Commons Attribution|Natural Earth")
# Without an end tag (HTML, 13.1.2).
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
READ_OUT = ("aria-label", "title", "alt", "placeholder")
# What machines read, and what is an address, an example of code or a key wherever it stands.
NO_WORDS = {"script", "style", "code", "kbd", "title"}


class Interface(HTMLParser):
    """The text of a page in the page's own language: what has no nearer language of its own."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.open: list[tuple[str, str]] = [("", "")]
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note the language that holds from here on, and attributes that are read out."""
        held = dict(attributes)
        within = self.open[-1][1]
        spoken = "none" if tag in NO_WORDS or within == "none" else held.get("lang") or within
        if tag not in VOID:
            self.open.append((tag, spoken))
        if spoken == self.language and tag != "link":
            self.said += [held[name] or "" for name in READ_OUT if name in held]

    def handle_endtag(self, tag: str) -> None:
        """Go back to the language around."""
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note text in the language of the page."""
        if self.open[-1][1] == self.language:
            self.said.append(data)


def interface(page: str, language: str) -> list[str]:
    """The interface's own texts on a page."""
    reader = Interface(language)
    reader.feed(page)
    reader.close()
    return [text.strip() for text in reader.said if text.strip()]


def english(texts: list[str]) -> set[str]:
    """The Latin words in texts; addresses and identifiers are none."""
    words: set[str] = set()
    for text in texts:
        plain = re.sub(r"\S*(?:[/@#\d]|\.\w)\S*", " ", NAMES_EVERYWHERE.sub(" ", text))
        words |= {word for word in re.findall(r"[A-Za-z]{2,}", plain) if word not in SAME_EVERYWHERE}
    return words


@pytest.fixture
def archive(settings):
    """An archive of which every record is in Cyrillic letters, so that whatever is in others is the interface's."""
    settings.ARCHIVE = settings.ARCHIVE | {"name": "Үндөр архиви", "tagline": "Үндөр", "licence_name": "CC BY 4.0"}
    country = making.a_place("Сарыжер", kind="country")
    town = making.a_place("Аксай", parent=country, latitude=43, longitude=77, coordinates_source="Карта")
    calendar = making.a_source("Жылнаама", publisher="Талаа", selection_note="Калганы алынган жок.")
    for number in range(2):
        making.published(
            f"Нан бөлүштүк, {number}.\n\nЭч ким эч нерсе сурабады.",
            witness=making.a_witness(f"Айбек{'' if number else 'а'}", described_as="наабайчы", note="Эскертүү."),
            source=making.a_source("Нан жана чек аралар", publisher="Чабарман", dateline="Аксай"),
            places=[town, (PlaceRelation.SPEAKS_OF, country)],
            waves=[making.a_wave(f"Кургак жаз {number}", slug=f"w{number}", begins="2019", begins_source=calendar)],
            tags=[making.a_tag(f"Нан {number}", slug=f"t{number}", definition="Нан жөнүндө.")],
            basis=making.a_basis(label="Басылган", statement="Басылып чыккан."),
            spoken="2021~",
        )


def pages(client, language: str) -> dict[str, str]:
    """Every page in a language that leads from the first page on, by its address; some questions and errors too."""
    found: dict[str, str] = {}
    asked = ("", "verify/", "about/request/", "nothing/", "testimonies/?q=нан", "testimonies/?q=жок&year=1", "data/")
    waiting = [f"/{language}/{one}" for one in asked]
    while waiting:
        address = waiting.pop().split("#")[0]
        if address in found:
            continue
        response = client.get(address)
        found[address] = response.content.decode() if response["Content-Type"].startswith("text/html") else ""
        assert response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE), address
        waiting += [link for link in re.findall(rf'href="(/{language}/[^"?]*)"', found[address]) if link not in found]
    return found


def test_text_in_another_language_is_not_the_interfaces():
    page = """<html lang="ky"><p>бир <i lang="en">one <b>two</b></i> эки<br>үч <a title="four" href="/x">x1</a></p>
    <code>five</code><img alt="six"></html>"""
    assert interface(page, "ky") == ["бир", "эки", "үч", "four", "x1", "six"]
    assert english(interface(page, "ky")) == {"four", "six"}


@pytest.mark.django_db
def test_what_editors_wrote_says_its_language_on_pages_in_another(client, archive):
    said = {address: " ".join(interface(page, "ky")) for address, page in pages(client, "ky").items()}
    assert [address for address, words in said.items() if "Words of" in words] == []


@pytest.mark.skipif(not LANGUAGES_COMPLETE, reason="not every string is translated yet")
@pytest.mark.django_db
def test_page_in_kyrgyz_has_no_english_word(client, archive):
    left = {address: english(interface(page, "ky")) for address, page in pages(client, "ky").items()}
    assert {address: words for address, words in left.items() if words} == {}
