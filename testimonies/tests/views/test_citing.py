"""What the tools of researchers find at a testimony: each rule is named for the tool that wants it."""

import json
import re
from html.parser import HTMLParser
from http import HTTPStatus
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from testimonies.citation.formats import FORMATS, UNAPI
from testimonies.citation.negotiation import negotiated
from testimonies.citation.styles import STYLES
from testimonies.models.public import Agent, Publication
from testimonies.tests import making

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
SECRET = "Nobody may learn of the zhambyl bridge."


class Head(HTMLParser):
    """The elements of a page that tools read."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.scripts: list[dict[str, str]] = []
        self.abbreviations: list[dict[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "meta" and "content" in told:
            self.meta.append((told.get("name") or told.get("property"), told["content"]))
        for name, kept in (("link", self.links), ("script", self.scripts), ("abbr", self.abbreviations)):
            if tag == name:
                kept.append(told)

    def contents(self, name):
        return [content for key, content in self.meta if key == name]


@pytest.fixture
def publication() -> Publication:
    return making.published("We sold the piano.\n\nThen we left.", tags=[making.a_tag("Music")])


@pytest.fixture
def interview() -> Publication:
    """A recorded interview with everything that Zotero has a field for."""
    source = making.a_source("A long talk", kind="interview", publisher="Riverside Radio")
    for name, kind, role in (
        ("Samir Haddad", "person", "interviewer"),
        ("Oral History Team", "organisation", "interviewer"),
        ("Ann Lee", "person", "translator"),
        ("Sam Roe", "person", "editor"),
    ):
        agent = Agent.objects.create(name=name, kind=kind)
        source.contributions.create(agent=agent, role=role)
    basis = making.a_basis(kind="written_consent", asked=True, date="2020-01-01")
    return making.published(source=source, basis=basis, spoken="1998-04-17", context_note="Two\nlines & <more>.")


def permalink(publication):
    return reverse("testimony", args=[publication.identifier])


def head(client, address):
    return Head(client.get(address).content.decode())


# Zotero: embedded metadata


def test_zotero_gets_an_interview_with_everything_in_its_field(client, interview, settings):
    settings.ARCHIVE = settings.ARCHIVE | {"naan": "12345"}
    told = head(client, permalink(interview))
    whole = f"{HOST}{permalink(interview)}"
    assert told.contents("z.itemType") == ["interview"]
    assert told.contents("DC.title") == ["Words of Aibek, as recorded by Riverside Radio"]
    assert told.contents("z.interviewees") == ["Aibek,"]
    assert told.contents("z.interviewers") == ["Haddad, Samir", "Oral History Team,"]
    assert told.contents("z.translators") == ["Lee, Ann"]
    assert told.contents("bib.contributors") == ["Roe, Sam"]
    assert told.contents("DC.date") == ["1998-04-17"]
    assert told.contents("DCTERMS.abstract") == ["Two\nlines & <more>."]
    assert told.contents("DC.language") == ["en"]
    assert told.contents("z.callNumber") == [interview.identifier]
    assert told.contents("z.extra") == [f"Version: 1\nARK: ark:/12345/{interview.identifier}"]
    assert told.contents("og:url") == [whole]
    assert {"rel": "schema.DC", "href": "http://purl.org/dc/elements/1.1/"} in told.links
    assert {"rel": "schema.DCTERMS", "href": "http://purl.org/dc/terms/"} in told.links
    assert {"rel": "canonical", "href": whole} in told.links


def test_zotero_separates_lines_of_extra_by_a_reference(client, publication, settings):
    settings.ARCHIVE = settings.ARCHIVE | {"naan": "12345"}
    page = client.get(permalink(publication)).content.decode()
    assert "&#10;Version: 1&#10;ARK: ark:/12345/" in page


def test_zotero_gets_no_date_of_printing_and_no_newsroom_as_interviewer(client):
    source = making.a_source()
    source.derivations.create(relation="collected_by", agent=Agent.objects.create(name="Radio Steppe"))
    told = head(client, permalink(making.published(source=source, spoken="[..2021-10-02]")))
    assert told.contents("DC.date") == []
    assert told.contents("z.interviewers") == []
    assert "Genre: Press quotation" in told.contents("z.extra")[0].split("\n")
    assert "Quoted in: “Bread and borders”, The Steppe Courier, 2 October 2021" in told.contents("z.extra")[0]


# Each of these would make Zotero throw away roles, take another date, or save something else. `og:type` would too,
# if `z.itemType` were not there, which wins over it.
SPOILERS = re.compile(
    r"citation_|DC\.creator|DC\.contributor|DC\.description|DC\.coverage|DC\.type|article:|DCTERMS\.issued|"
    r"DC\.date\.issued|z\.contributors",
    re.IGNORECASE,
)


@pytest.mark.parametrize("kind", ["publication", "interview"])
def test_zotero_meets_nothing_that_would_spoil_the_interview(client, kind, request):
    page = client.get(permalink(request.getfixturevalue(kind))).content.decode()
    assert [name for name, _content in Head(page).meta if SPOILERS.match(name)] == []
    assert "Z3988" not in page
    assert "unapi-id" not in page


def test_zotero_saves_the_address_of_an_edition_from_its_page(client, publication):
    address = reverse("edition", args=[publication.identifier, 1])
    assert head(client, address).contents("og:url") == [f"{HOST}{address}"]


@pytest.mark.parametrize("accept", ["*/*", "", "text/html", "text/html, */*", "text/*"])
def test_zotero_and_fuji_get_html_when_they_ask_for_anything(client, publication, accept):
    response = client.get(permalink(publication), headers={"Accept": accept})
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Vary"] == "Accept, Accept-Encoding"


# Zotero: unAPI on lists


def test_zotero_can_tick_several_testimonies_of_a_list(client, publication):
    tag = reverse("tag", args=["music"])
    for address in (reverse("testimonies"), tag):
        told = head(client, address)
        assert [one["title"] for one in told.abbreviations] == [f"{HOST}{permalink(publication)}"]
        (server,) = (link for link in told.links if link["rel"] == "unapi-server")
        assert (server["type"], server["href"]) == ("application/xml", "/unapi")


def test_unapi_lists_formats_and_hands_out_zotero_rdf(client, publication):
    whole = f"{HOST}{permalink(publication)}"
    listed = client.get("/unapi")
    several = client.get("/unapi", {"id": whole})
    assert (listed.status_code, several.status_code) == (HTTPStatus.OK, HTTPStatus.MULTIPLE_CHOICES)
    for response in (listed, several):
        names = [one.get("name") for one in ElementTree.fromstring(response.content)]
        assert (names[0], names) == ("rdf_zotero", list(UNAPI))
    assert ElementTree.fromstring(several.content).get("id") == whole
    rdf = client.get("/unapi", {"id": whole, "format": "rdf_zotero"})
    assert rdf["Content-Type"] == "application/rdf+xml"
    assert "Music" in rdf.content.decode()


@pytest.mark.parametrize(
    "asked", ["{0}", "ark:/99999/{0}", "http://testserver/ark:99999/{0}", "HTTP://TESTSERVER/{0}/"]
)
def test_unapi_understands_every_name_of_a_testimony(client, publication, asked):
    response = client.get("/unapi", {"id": asked.format(publication.identifier), "format": "ris"})
    assert response["Content-Type"] == "application/x-research-info-systems"


@pytest.mark.parametrize("asked", ["nothing", "/", "http://testserver/", "t" * 500, "\N{BLACK HEART SUIT}"])
def test_unapi_knows_nothing_of_what_is_not_held(client, publication, asked):
    assert client.get("/unapi", {"id": asked, "format": "ris"}).status_code == HTTPStatus.NOT_FOUND


def test_nobody_is_offered_a_key_under_the_test_number_to_cite_by(client, publication):
    key = publication.identifier
    for way in (permalink(publication), "/cite/", *(f"{permalink(publication)}cite/{form}/" for form in FORMATS)):
        answer = client.get(way)
        assert answer.status_code == HTTPStatus.OK
        assert b"ark:/99999" not in answer.content, way
        assert "ark:/99999" not in answer.get("Link", ""), way
    assert client.get(f"/ark:/99999/{key}")["Location"] == permalink(publication)
    told = client.get(permalink(publication))["Link"]
    assert f'<{HOST}{permalink(publication)}>; rel="cite-as"' in told


# F-UJI: JSON-LD in the page


def test_fuji_finds_all_that_it_counts_in_the_embedded_json_ld(client, publication, settings):
    settings.ARCHIVE = settings.ARCHIVE | {"naan": "12345"}
    making.corrected(publication, "We sold the new piano.")
    page = client.get(permalink(publication)).content.decode()
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert told["identifier"][0] == f"{HOST}/ark:/12345/{publication.identifier}"
    assert told["@id"] == told["url"] == f"{HOST}{permalink(publication)}"
    assert {"creator", "publisher", "datePublished", "name", "abstract", "description", "keywords"} <= told.keys()
    assert told["license"].startswith("http")
    assert (told["conditionsOfAccess"], told["isAccessibleForFree"]) == ("open access", True)
    assert told["isPartOf"]["@id"] == f"{HOST}/"
    assert told["prov:wasRevisionOf"] == {"@id": f"{HOST}{permalink(publication)}editions/1/"}
    assert "distribution" not in told
    assert "includedInDataCatalog" not in told


def test_fuji_can_fetch_the_file_and_finds_it_as_large_as_was_said(client, publication):
    page = client.get(permalink(publication)).content.decode()
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    (media,) = (part for part in told["hasPart"] if part["@type"] == "MediaObject")
    response = client.get(media["contentUrl"].removeprefix(HOST))
    assert media["contentSize"] == str(len(response.content))
    assert response["Content-Type"].split(";")[0] == media["encodingFormat"]


def test_nothing_in_a_record_ends_the_block_of_json_ld(client):
    bad = "</script><script>alert(1)</script> & <!--"
    page = client.get(permalink(making.published(context_note=bad))).content.decode()
    assert "<script>alert" not in page
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert told["abstract"] == bad


# Signposting


def links(response):
    """The links of a header: (relation, address, media type)."""
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', response["Link"])
    return [(relation, address, kind) for address, relation, kind in found]


@pytest.mark.parametrize("name", ["testimony", "edition"])
def test_signposting_leads_from_the_page_to_its_files_and_back(client, publication, name):
    address = reverse(name, args=[publication.identifier, *([1] if name == "edition" else [])])
    told = links(client.get(address))
    relations = [relation for relation, _address, _kind in told]
    assert relations.count("type") == 2
    assert {"cite-as", "license", "author", "describedby", "item", "linkset"} <= set(relations)
    assert ("type", "https://schema.org/AboutPage", "") in told
    (cited,) = (href for relation, href, _kind in told if relation == "cite-as")
    landed = client.get(cited.removeprefix(HOST), follow=True)
    assert landed.request["PATH_INFO"] == address
    for relation, href, kind in told:
        if relation in ("describedby", "item", "linkset"):
            served = client.get(href.removeprefix(HOST))
            assert (served.status_code, served["Content-Type"].split(";")[0]) == (HTTPStatus.OK, kind), href
            if relation == "item":
                assert ("collection", f"{HOST}{address}", "text/html") in links(served)


def test_signposting_says_the_same_in_the_linkset(client, publication):
    told = links(client.get(permalink(publication)))
    (where,) = (href for relation, href, _kind in told if relation == "linkset")
    contexts = json.loads(client.get(where.removeprefix(HOST)).content)["linkset"]
    page = contexts[0]
    assert page["anchor"] == f"{HOST}{permalink(publication)}"
    said = [
        (relation, one["href"], one.get("type", ""))
        for relation, targets in page.items()
        if relation != "anchor"
        for one in targets
    ]
    others = ("linkset", "original", "timegate", "timemap")  # the last three are Memento's (RFC 7089)
    assert sorted(said) == sorted(one for one in told if one[0] not in others)
    items = {one["href"] for one in page["item"]}
    back = {one["anchor"] for one in contexts[1:] if one.get("collection", [{}])[0].get("href") == page["anchor"]}
    assert items == back


# Content negotiation


NEGOTIATED = {
    "application/ld+json": "jsonld",
    "application/vnd.citationstyles.csl+json": "csl",
    "application/x-bibtex": "bibtex",
    "application/x-research-info-systems": "ris",
    "application/vnd.datacite.datacite+json": "datacite",
    "application/xml": "dc",
    "application/rdf+xml": "zotero",
    "application/tei+xml": "tei",
    "text/plain": "text",
}


@pytest.mark.parametrize(("accept", "key"), NEGOTIATED.items())
def test_permalink_answers_in_the_format_that_is_asked_for(client, publication, accept, key):
    response = client.get(permalink(publication), headers={"Accept": accept})
    assert response["Content-Type"].split(";")[0] == accept
    assert response["Vary"].split(", ")[0] == "Accept"
    assert response["Content-Location"] == f"{HOST}{permalink(publication)}cite/{key}/"
    assert response.content == client.get(f"{permalink(publication)}cite/{key}/").content


ACCEPTED = [
    ("", ""),
    ("*/*", ""),
    ("application/ld+json", "jsonld"),
    ("application/ld+json, */*", "jsonld"),
    ("application/ld+json, */*;q=0.1", "jsonld"),
    ("*/*, application/ld+json;q=0.5", ""),
    ("text/html, application/ld+json", ""),
    ("text/html;q=0.5, application/ld+json", "jsonld"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ""),
    ("application/xml, text/html;q=0.9", "dc"),
    ("APPLICATION/LD+JSON", "jsonld"),
    ("application/ld+json;profile=\"http://www.w3.org/ns/json-ld#compacted\"", "jsonld"),
    ("application/x-bibtex;q=0.4, application/x-research-info-systems;q=0.5", "ris"),
    ("application/ld+json;q=0", ""),
    ("application/ld+json;q=nan", ""),
    ("application/ld+json;q=2", ""),
    ("application/ld+json;q=", ""),
    ("application/*", ""),
    ("application/json", ""),
    ("text/turtle", ""),
    ("image/png", ""),
    ("a/b; q*=nothing'en'1", ""),
    (",;=,/,;q,\x00", ""),
    ("\u20ac", ""),
    ("application/ld+json," * 500, ""),
]  # fmt: skip


@pytest.mark.parametrize(("accept", "key"), ACCEPTED)
def test_html_is_the_answer_unless_a_format_is_plainly_wanted(accept, key):
    assert negotiated(accept) == key


@pytest.mark.parametrize("accept", ["text/turtle", "image/png", "\x7f", "application/json;q=1, text/csv", ";;;"])
def test_nobody_is_refused_for_what_they_accept(client, publication, accept):
    response = client.get(permalink(publication), headers={"Accept": accept})
    assert (response.status_code, response["Content-Type"]) == (HTTPStatus.OK, "text/html; charset=utf-8")


def test_copy_of_one_format_does_not_confirm_another(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        publication = making.published()
    page = client.get(permalink(publication))
    for headers, status in (
        ({"Accept": "application/ld+json"}, HTTPStatus.OK),
        ({"Accept": "text/html"}, HTTPStatus.NOT_MODIFIED),
    ):
        response = client.get(permalink(publication), headers={"If-None-Match": page["ETag"], **headers})
        assert response.status_code == status


# Files, and what becomes of them


@pytest.mark.parametrize("key", FORMATS)
def test_every_file_of_testimony_edition_and_passage_is_announced_and_served(client, publication, key):
    form = FORMATS[key]
    whole = f"{HOST}{permalink(publication)}cite/{key}/"
    links_of_page = head(client, permalink(publication)).links
    told = [(one["type"], one["href"]) for one in links_of_page if one["rel"] == "alternate" and "type" in one]
    assert (form.media_type, whole) in told
    for query, name in (("", "1"), ("?edition=1", "1"), ("?edition=1&passage=p2", "1-p2"), ("?passage=p2", "1-p2")):
        response = client.get(f"{permalink(publication)}cite/{key}/{query}")
        assert (response.status_code, response["Content-Type"]) == (HTTPStatus.OK, form.content_type)
        disposition = f'inline; filename="{publication.identifier}-{name}.{form.extension}"'
        assert response["Content-Disposition"] == disposition
        assert response["X-Robots-Tag"] == "noindex"
        assert ("editions/1/" in response.content.decode()) or not query


def test_file_of_an_edition_keeps_to_its_words(client, publication):
    making.corrected(publication, "We sold the new piano.")
    old = client.get(f"{permalink(publication)}cite/text/?edition=1").content.decode()
    new = client.get(f"{permalink(publication)}cite/text/").content.decode()
    assert ("We sold the piano." in old, "new piano" in old) == (True, False)
    assert "new piano" in new


def test_unknown_format_is_missing_and_the_others_are_listed(client, publication):
    for address in (f"{permalink(publication)}cite/marc/", f"/unapi?id={publication.identifier}&format=marc"):
        response = client.get(address)
        assert response.status_code == HTTPStatus.NOT_FOUND
        page = response.content.decode()
        assert "It is held in these formats:" in page
        assert f'href="{HOST}{permalink(publication)}cite/ris/"' in page


@pytest.mark.parametrize("query", ["edition=2", "edition=0", "edition=x", "passage=p9", "passage=3", "passage=p1%0A"])
def test_file_of_what_never_was_is_missing(client, publication, query):
    assert client.get(f"{permalink(publication)}cite/csl/?{query}").status_code == HTTPStatus.NOT_FOUND


def every_way(publication):
    """Every address at which a tool may ask for the testimony, with the header that it sends."""
    key = publication.identifier
    for form in FORMATS.values():
        yield f"{permalink(publication)}cite/{form.key}/", "*/*"
        yield f"{permalink(publication)}cite/{form.key}/?edition=1", "*/*"
        yield permalink(publication), form.media_type
        yield f"{permalink(publication)}editions/1/", form.media_type
    for name in UNAPI:
        yield f"/unapi?id={key}&format={name}", "*/*"
    yield f"/unapi?id={key}", "*/*"
    yield f"{permalink(publication)}linkset/", "*/*"
    yield f"{permalink(publication)}cite/no-format/", "*/*"


def test_withdrawn_testimony_is_a_bare_tombstone_in_every_format(client):
    publication = making.withdrawn(SECRET, witness=making.a_witness("Zhambylbek"))
    answers = [client.get(address, headers={"Accept": accept}) for address, accept in every_way(publication)]
    assert {answer.status_code for answer in answers} == {HTTPStatus.GONE}
    assert len({answer.content for answer in answers}) == 1
    assert b"zhambyl" not in answers[0].content.lower()
    assert not any(answer.has_header("Link") or answer.has_header("ETag") for answer in answers)


@pytest.mark.parametrize("make", [making.unlisted, making.overdue])
def test_testimony_under_review_shows_nothing_in_any_format(client, make):
    publication = make(SECRET, witness=making.a_witness("Zhambylbek"))
    answers = [client.get(address, headers={"Accept": accept}) for address, accept in every_way(publication)]
    assert len({answer.content for answer in answers}) == 1
    assert b"zhambyl" not in answers[0].content.lower()
    assert not any(answer.has_header("Link") for answer in answers)


def test_emptied_edition_is_gone_in_every_format(client):
    publication = making.corrected(making.published(SECRET), "We left.")
    making.emptied(publication)
    for key in FORMATS:
        for address in (f"{permalink(publication)}cite/{key}/?edition=1", f"{permalink(publication)}editions/1/"):
            response = client.get(address, headers={"Accept": FORMATS[key].media_type})
            assert response.status_code == HTTPStatus.GONE
            assert b"zhambyl" not in response.content.lower()
        assert client.get(f"{permalink(publication)}cite/{key}/").status_code == HTTPStatus.OK


def test_merged_testimony_leads_every_tool_to_the_other(client):
    kept = making.published("We kept the goat.")
    given_up = making.merged(into=kept)
    for address, accept in every_way(given_up):
        response = client.get(address, headers={"Accept": accept})
        assert (response.status_code, response["Location"]) == (HTTPStatus.MOVED_PERMANENTLY, permalink(kept))


def test_file_asks_twice(client, publication, django_assert_num_queries):
    for key in FORMATS:
        with django_assert_num_queries(2):
            client.get(f"{permalink(publication)}cite/{key}/")


# The box


def shown(page):
    """The citation that is seen without script."""
    return re.findall(r'<p class="citation" data-style="([^"]*)">(.*?)</p>', page)


def test_box_shows_one_style_and_holds_the_others(client, publication):
    page = client.get(permalink(publication)).content.decode()
    ((style, citation),) = shown(page)
    assert style == "chicago"
    assert citation.startswith("Aibek. Quoted in “Bread and borders,” <i>The Steppe Courier</i>, October 2, 2021.")
    assert page.count('<p class="citation"') == len(STYLES)


@pytest.mark.parametrize("style", STYLES)
def test_style_is_remembered_in_the_address(client, publication, style):
    for address in (permalink(publication), reverse("edition", args=[publication.identifier, 1])):
        page = client.get(address, {"style": style}).content.decode()
        assert [key for key, _citation in shown(page)] == [style]
        assert f'href="{address}?style={style}#cite"' in page


def test_passage_is_cited_with_its_words_and_the_address_of_its_edition(client, publication):
    response = client.get(permalink(publication), {"passage": "p2", "style": "mla"})
    ((style, citation),) = shown(response.content.decode())
    assert style == "mla"
    assert f"{permalink(publication)}editions/1/#p2" in citation
    assert "Passage p2" in citation
    assert '<blockquote class="cited quoted" lang="en">Then we left.</blockquote>' in response.content.decode()


@pytest.mark.parametrize("passage", ["p9", "third", "<b>", "p1\x1b"])
def test_passage_that_is_not_there_is_said_not_to_be(client, publication, passage):
    page = client.get(permalink(publication), {"passage": passage, "style": "apa"}).content.decode()
    assert "has no passage" in page
    assert [style for style, _citation in shown(page)] == ["apa"]
    assert "<b>" not in page


def test_unknown_style_is_the_usual_one(client, publication):
    page = client.get(permalink(publication), {"style": "vancouver"}).content.decode()
    assert [style for style, _citation in shown(page)] == ["chicago"]


def test_page_on_citing_has_the_example_in_every_style(client, publication):
    page = client.get(reverse("cite")).content.decode()
    for style in STYLES.values():
        assert page.count(f"<dt>{style.name}</dt>") == 2
