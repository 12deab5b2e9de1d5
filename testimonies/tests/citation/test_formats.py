"""Every format of the table, written from invented records."""

import json
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import bibtexparser
import jsonschema
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from pyld import jsonld

from testimonies.citation.formats import FORMATS, ROWS, UNAPI
from testimonies.citation.item import UnknownSchemaError
from testimonies.tests.citation.citeproc import an_interview
from testimonies.tests.invented import an_item, record, segment

XML = [form for form in FORMATS.values() if form.media_type.endswith("xml")]
NASTY = "Кто “здесь” & <b>{where}</b> \\ $5 % #1_2 ~^ 😀 \x0b\x00 end"


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.key)
def test_every_format_names_voice_archive_and_address(form):
    told = form.write(an_item()).decode()
    assert "Aibek" in told
    assert "Archive of Testimonies" in told
    assert "http://testserver/testimonies/t1bek/" in told


@pytest.mark.parametrize("form", XML, ids=lambda form: form.key)
def test_xml_can_be_read_whatever_is_in_the_record(form):
    made = record(title=NASTY, context_note=NASTY, witness={"name": NASTY}, source={"title": NASTY})
    assert ElementTree.fromstring(form.write(an_item(made))) is not None


def test_schema_without_a_reader_is_refused():
    with pytest.raises(UnknownSchemaError):
        an_item(record(schema=99))


def test_each_key_and_unapi_name_is_its_own():
    assert list(FORMATS) == [form.key for form in ROWS]
    assert next(iter(UNAPI)) == "rdf_zotero"


# BibTeX and RIS, as other programs read them


def bibtex_of(item, key="bibtex"):
    library = bibtexparser.parse_string(FORMATS[key].write(item).decode())
    assert library.failed_blocks == []
    (entry,) = library.entries
    return entry


def test_bibtexparser_reads_who_what_and_where():
    entry = bibtex_of(an_interview(interviewers=("Samir Haddad", "Ann-Mary Roe")))
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("misc", "t1bek-2")
    assert (fields["author"], fields["interviewer"]) == ("{Umay}", "Haddad, Samir and Roe, Ann-Mary")
    assert (fields["year"], fields["month"]) == ("1998", "4")
    assert fields["url"] == "http://testserver/testimonies/t1bek/"


@pytest.mark.parametrize("key", ["bibtex", "biblatex"])
def test_bibtexparser_reads_whatever_is_in_the_record(key):
    middleware = [LatexDecodingMiddleware()]
    made = an_item(record(title=NASTY, witness={"name": NASTY}, source={"title": NASTY}))
    library = bibtexparser.parse_string(FORMATS[key].write(made).decode(), append_middleware=middleware)
    assert library.failed_blocks == []
    assert "Кто “здесь” & <b>where</b> \\" in library.entries[0]["title"].replace("{", "").replace("}", "")


def test_press_quotation_has_no_year_in_bibtex_and_its_printing_as_origin_in_biblatex():
    assert "year" not in bibtex_of(an_item())
    entry = bibtex_of(an_item(), "biblatex")
    assert "date" not in entry
    assert entry["origdate"] == "2021-10-02"
    assert "Quoted in: Ann Onymous" in entry["howpublished"]


def test_rispy_reads_who_what_and_where():
    (entry,) = rispy.loads(FORMATS["ris"].write(an_interview()).decode())
    assert (entry["type_of_reference"], entry["year"]) == ("SOUND", "1998")
    assert (entry["authors"], entry["secondary_authors"]) == (["Umay,"], ["Haddad, Samir"])
    assert entry["urls"] == ["http://testserver/testimonies/t1bek/"]


def test_rispy_reads_whatever_is_in_the_record():
    made = record(title=f"{NASTY}\nER  - \r\nTY  - BOOK", context_note="One.\n\nTY  - BOOK\nTwo.")
    (entry,) = rispy.loads(FORMATS["ris"].write(an_item(made)).decode())
    assert entry["type_of_reference"] == "SOUND"
    assert "year" not in entry


# DataCite: its own schema of 4.5 (tests/data, from the datacite package)


@pytest.mark.parametrize("item", [an_item, an_interview, partial(an_item, is_edition=True)])
def test_datacite_json_is_valid(item):
    schema = json.loads((Path(__file__).parent.parent / "data" / "datacite-v4.5.json").read_text())
    jsonschema.validate(json.loads(FORMATS["datacite"].write(item())), schema)


def test_datacite_tells_collector_and_day_of_speaking():
    told = json.loads(FORMATS["datacite"].write(an_interview()))
    assert {"date": "1998-04-17", "dateType": "Collected"} in told["dates"]
    assert [(one["name"], one["contributorType"]) for one in told["contributors"]] == [
        ("Haddad, Samir", "DataCollector")
    ]
    assert told["publicationYear"] == "2026"
    assert "identifiers" not in told


def test_datacite_of_a_press_quotation_has_no_day_of_speaking():
    told = json.loads(FORMATS["datacite"].write(an_item()))
    assert "Collected" not in {one["dateType"] for one in told["dates"]}
    assert "2021" not in json.dumps(told["dates"])


# CSL-JSON, MODS and Zotero RDF: what Zotero takes back as an interview


def test_csl_json_has_what_zotero_reads():
    (told,) = json.loads(FORMATS["csl"].write(an_interview()))
    assert (told["type"], told["author"]) == ("interview", [{"literal": "Umay"}])
    assert told["interviewer"] == [{"family": "Haddad", "given": "Samir"}]
    assert told["issued"] == {"date-parts": [[1998, 4, 17]]}
    assert told["version"] == "2"
    assert "genre" not in told


def test_csl_json_of_a_press_quotation_says_what_it_is():
    (told,) = json.loads(FORMATS["csl"].write(an_item()))
    assert told["genre"] == "Press quotation"
    assert {"issued", "interviewer"}.isdisjoint(told)


def test_place_of_speaking_goes_into_the_note_of_csl_json():
    place = record()["places"][0] | {"relation": "spoken_at"}
    (told,) = json.loads(FORMATS["csl"].write(an_item(record(places=[place]))))
    assert "Place: Aksay" in told["note"].split("\n")


def test_mods_gives_roles_in_words_for_zotero():
    tree = ElementTree.fromstring(FORMATS["mods"].write(an_interview()))
    mods = {"m": "http://www.loc.gov/mods/v3"}
    assert [role.text for role in tree.findall("m:name/m:role/m:roleTerm[@type='text']", mods)] == [
        "interviewee",
        "interviewer",
    ]
    assert tree.findtext("m:genre[@authority='marcgt']", namespaces=mods) == "interview"
    assert tree.findtext("m:originInfo/m:dateCreated", namespaces=mods) == "1998-04-17"


def test_mods_calls_no_whole_name_personal_because_zotero_would_take_it_apart():
    tree = ElementTree.fromstring(FORMATS["mods"].write(an_interview(name="Unnamed voice (a driver)")))
    names = tree.findall("{http://www.loc.gov/mods/v3}name")
    assert [name.get("type") for name in names] == [None, "personal"]


def test_zotero_rdf_keeps_a_whole_name_whole():
    tree = ElementTree.fromstring(FORMATS["zotero"].write(an_interview(name="Unnamed voice (a driver)")))
    foaf = "{http://xmlns.com/foaf/0.1/}"
    assert [one.text for one in tree.iter(f"{foaf}surname")] == ["Unnamed voice (a driver)", "Haddad"]
    assert [one.text for one in tree.iter(f"{foaf}givenName")] == ["Samir"]


# JSON-LD, expanded by a processor with schema.org's terms kept here

SCHEMA_ORG = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "license": {"@type": "@id"}}
TERMS = set(
    """
    abstract about additionalType author conditionsOfAccess contentSize contentUrl contributor copyrightNotice creator
    dateCreated dateModified datePublished description encodingFormat familyName genre givenName hasPart identifier
    inLanguage isAccessibleForFree isBasedOn isPartOf keywords license locationCreated name propertyID publisher
    roleName spatialCoverage url value version
    """.split()  # noqa: SIM905
)
TYPES = {"CreativeWork", "Quotation", "PropertyValue", "Person", "Organization", "Role", "Place", "Collection",
         "NewsArticle", "Thing", "MediaObject"}  # fmt: skip


def expanded(item):
    def load(address, options):
        assert address == "https://schema.org"
        return {"contextUrl": None, "documentUrl": address, "document": {"@context": SCHEMA_ORG}}

    (told,) = jsonld.expand(json.loads(FORMATS["jsonld"].write(item)), {"documentLoader": load})
    return told


def terms_and_types(node):
    """Every property and type in an expanded document."""
    if isinstance(node, list):
        return {term for part in node for term in terms_and_types(part)}
    if not isinstance(node, dict):
        return set()
    own = {("term", key) for key in node if not key.startswith("@")} | {("type", one) for one in node.get("@type", ())}
    return own | {term for value in node.values() for term in terms_and_types(value)}


@pytest.mark.parametrize("item", [an_item, an_interview])
def test_every_term_of_json_ld_is_one_of_schema_org(item):
    told = terms_and_types(expanded(item()))
    schema = "https://schema.org/"
    assert {key.removeprefix(schema) for kind, key in told if kind == "term" and key.startswith(schema)} <= TERMS
    assert {key.removeprefix(schema) for kind, key in told if kind == "type" and key.startswith(schema)} <= TYPES
    others = {key for _kind, key in told if not key.startswith(schema)}
    assert all(
        key.startswith(("http://www.w3.org/ns/prov#", "http://id.loc.gov/vocabulary/relators/")) for key in others
    )


def test_json_ld_says_what_the_thing_is():
    assert expanded(an_item())["@type"] == ["https://schema.org/Quotation"]
    interview = expanded(an_interview())
    assert interview["@type"] == ["https://schema.org/CreativeWork"]
    assert interview["https://schema.org/dateCreated"] == [{"@value": "1998-04-17"}]


def test_day_of_printing_stands_with_the_source_in_json_ld():
    told = json.loads(FORMATS["jsonld"].write(an_item()))
    assert "dateCreated" not in told
    assert told["isBasedOn"]["datePublished"] == "2021-10-02"
    assert told["datePublished"] == "2026-11-01"


def test_rights_of_the_words_are_not_those_of_the_description():
    rights = [
        {"part": "quotation", "uri": "http://rightsstatements.org/vocab/InC/1.0/", "holder": "", "note": ""},
        {"part": "description", "uri": "https://creativecommons.org/licenses/by/4.0/", "holder": "", "note": ""},
    ]
    told = json.loads(FORMATS["jsonld"].write(an_item(record(rights=rights))))
    assert told["license"] == rights[0]["uri"]
    assert [part["license"] for part in told["hasPart"] if "license" in part] == [rights[1]["uri"]]


def test_several_voices_are_neither_a_person_nor_an_organisation():
    told = json.loads(FORMATS["jsonld"].write(an_item(record(witness={"kind": "reported_collective"}))))
    assert "@type" not in told["creator"][0]


# The words themselves


def test_plain_text_and_tei_hold_the_words_and_their_rights():
    for key in ("text", "tei"):
        told = FORMATS[key].write(an_item()).decode()
        assert "We shared the bread." in told
        assert "http://rightsstatements.org/vocab/CNE/1.0/" in told
        assert FORMATS[key].holds_words


def test_plain_text_of_a_passage_holds_no_other():
    made = record(segments=[segment("One.", "Two.")])
    told = FORMATS["text"].write(an_item(made, passage="p2")).decode()
    assert "Two." in told
    assert "One." not in told


def test_tei_marks_what_the_archive_put_in():
    made = record(segments=[segment("They [the guards] left.")])
    made["segments"][0]["passages"][0]["ours"] = [[5, 17]]
    tree = ElementTree.fromstring(FORMATS["tei"].write(an_item(made)))
    tei = "{http://www.tei-c.org/ns/1.0}"
    (supplied,) = tree.iter(f"{tei}supplied")
    assert (supplied.text, supplied.tail) == ("[the guards]", " left.")
    (paragraph,) = (one for one in tree.iter(f"{tei}p") if one.get("{http://www.w3.org/XML/1998/namespace}id") == "p1")
    assert "".join(paragraph.itertext()) == "They [the guards] left."
