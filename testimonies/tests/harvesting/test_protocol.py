"""OAI-PMH 2.0, rule by rule, as openarchives.org's validator and the harvesters want it."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.utils import timezone

from testimonies.harvesting import answers, harvest, tokens
from testimonies.harvesting.verbs import VERBS
from testimonies.models.public import LogHead, PublicationEvent
from testimonies.tests import making
from testimonies.tests.harvesting.asking import BASE, Said
from testimonies.tests.harvesting.asking import harvest as harvested

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(monkeypatch):
    """Two records in a part, and three there are."""
    monkeypatch.setattr(harvest, "PER_PAGE", 2)
    return [making.published(f"Word {number}.") for number in range(3)]


def test_identify_says_who_it_is(client):
    """The validator wants the very address that it asked, and a mail address that could be one."""
    publication = making.published()
    said = Said(client, verb="Identify")
    assert said.text("Identify/baseURL") == BASE
    assert said.text("Identify/protocolVersion") == "2.0"
    assert said.text("Identify/adminEmail") == "archive@example.org"
    assert said.text("Identify/deletedRecord") == "persistent"
    assert said.text("Identify/granularity") == "YYYY-MM-DDThh:mm:ssZ"
    first = PublicationEvent.objects.get(publication=publication)
    assert said.text("Identify/earliestDatestamp") == f"{first.at:%Y-%m-%dT%H:%M:%SZ}"


def test_identifiers_are_described_where_the_host_has_a_domain_name(client, settings):
    """The validator wants a domain name in the description of identifiers; a machine may have none."""
    assert Said(client, verb="Identify").text("Identify/description") is None
    settings.ARCHIVE = settings.ARCHIVE | {"url": "https://archive.example.org"}
    assert (
        b"<repositoryIdentifier>archive.example.org</repositoryIdentifier>" in client.get("/oai?verb=Identify").content
    )


def test_question_may_be_a_form(client):
    """The validator asks everything by GET and by POST, and wants the same."""
    publication = making.published()
    for question in ({"verb": "Identify"}, {"verb": "ListRecords", "metadataPrefix": "oai_dc"}):
        read, sent = (Said(client, method, **question) for method in ("get", "post"))
        assert read.request.attrib == sent.request.attrib == question
        assert [one.identifier for one in read.records] == [one.identifier for one in sent.records]
    assert [one.identifier for one in sent.records] == [publication.identifier]


def test_answer_is_kept_nowhere_and_asked_for_anew(client):
    response = client.get("/oai?verb=Identify")
    assert response["Cache-Control"] == "no-cache"
    assert "ETag" not in response


WRONG = (
    ("", "badVerb"),
    ("verb=", "badVerb"),
    ("verb=identify", "badVerb"),
    ("verb=GetMetadata", "badVerb"),
    ("verb=Identify&verb=Identify", "badVerb"),
    ("metadataPrefix=oai_dc", "badVerb"),
    ("verb=Identify&extra=1", "badArgument"),
    ("verb=Identify&verb", "badVerb"),
    ("verb=ListRecords", "badArgument"),
    ("verb=ListRecords&metadataPrefix=", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&identifier=x", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=junk", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2022-13-01", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2022-02-30", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=0000-01-01", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=٢٠٢٢-٠١-٠١", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&until=2022-01-01T24:00:00Z", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&until=2022-01-01T10:00:00", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&until=2022-01-01T10:00:00.5Z", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2022-01-01&until=2022-01-01T10:00:00Z", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2022-01-02&until=2022-01-01", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&set=really_wrong_set", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&set=wave.", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&set=wave.a b", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&set=wave.none", "noRecordsMatch"),
    ("verb=ListRecords&metadataPrefix=oai_dc&set=language.zzzz1", "noRecordsMatch"),
    ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch"),
    ("verb=ListRecords&metadataPrefix=oai_dc&until=0001-01-01", "noRecordsMatch"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=9999-12-31", "noRecordsMatch"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=9999-12-31T23:59:59Z", "noRecordsMatch"),
    ("verb=ListRecords&metadataPrefix=really_wrong", "cannotDisseminateFormat"),
    ("verb=GetRecord&metadataPrefix=really_wrong&identifier=x", "cannotDisseminateFormat"),
    ("verb=ListRecords&metadataPrefix=%22%3E", "badArgument"),
    ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
    ("verb=GetRecord&identifier=x", "badArgument"),
    ("verb=GetRecord&metadataPrefix=oai_dc&identifier=invalid%22id", "idDoesNotExist"),
    ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%3Cx%3E%26", "idDoesNotExist"),
    ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:b0000009", "idDoesNotExist"),
    ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:elsewhere.example:b0000009", "idDoesNotExist"),
    ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%01", "badArgument"),
    ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%EF%BF%BE", "badArgument"),
    ("verb=GetRecord&metadataPrefix=oai_dc&identifier=" + "x" * 2000, "badArgument"),
    ("verb=ListMetadataFormats&identifier=x", "idDoesNotExist"),
    ("verb=ListSets&resumptionToken=junk", "badResumptionToken"),
    ("verb=ListRecords&resumptionToken=junk", "badResumptionToken"),
    ("verb=ListRecords&resumptionToken=", "badArgument"),
    ("verb=ListRecords&resumptionToken=junk&metadataPrefix=oai_dc", "badArgument"),
    ("verb=ListIdentifiers&resumptionToken=junk&resumptionToken=junk", "badArgument"),
)  # fmt: skip


def test_what_is_wrong_with_a_question_is_said(client):
    """The validator tries these and more; each has one code, a sentence, and a question that is repeated or not."""
    making.published()
    for query, code in WRONG:
        said = Said(client, query=query)
        assert said.error == code, query
        assert bool(said.request.attrib) == (code not in ("badVerb", "badArgument")), query
        assert said.request.text == BASE, query


def test_question_is_repeated_as_it_was_asked(client):
    making.published()
    question = {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020-01-01", "until": "2100-01-01"}
    assert Said(client, **question).request.attrib == question
    odd = Said(client, verb="GetRecord", metadataPrefix="oai_dc", identifier='invalid"id')
    assert odd.request.get("identifier") == 'invalid"id'


def test_arguments_may_not_come_both_ways(client):
    response = client.post("/oai?verb=Identify", {"verb": "Identify"})
    assert b'code="badVerb"' in response.content


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x", "junk"])
def test_body_that_is_no_form_asks_nothing(client, content_type):
    response = client.post("/oai", b'{"verb": "Identify"}', content_type=content_type)
    assert response.status_code in (200, 400)


def test_every_verb_is_answered(client):
    assert set(answers.ANSWERS) == set(VERBS)


def test_empty_archive_says_so(client):
    assert Said(client, verb="ListRecords", metadataPrefix="oai_dc").error == "noRecordsMatch"
    assert Said(client, verb="ListSets").error == "noSetHierarchy"
    assert Said(client, verb="Identify").error is None


def test_list_comes_in_parts(client, two):
    """The validator wants no token that is empty in a first answer, one that is empty in the last, and no cursor that
    begins elsewhere than at 0."""
    first = Said(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    assert (len(first.records), first.token.get("cursor")) == (2, "0")
    assert first.token.text
    last = Said(client, verb="ListIdentifiers", resumptionToken=first.token.text)
    assert (len(last.records), last.token.get("cursor"), last.token.text) == (1, "2", None)
    given = [one.identifier for one in first.records + last.records]
    assert given == [one.identifier for one in two]
    again = Said(client, verb="ListIdentifiers", resumptionToken=first.token.text)
    assert [one.identifier for one in again.records] == given[2:]


def test_list_that_fits_into_one_part_has_no_token(client):
    making.published()
    assert Said(client, verb="ListRecords", metadataPrefix="oai_dc").token is None


def test_list_of_just_one_part_ends_there(client, two):
    assert len(list(harvested(client))) == 3
    making.published("A fourth.")
    assert len(list(harvested(client))) == 4


def test_token_says_until_when_it_holds(client, two, monkeypatch):
    token = Said(client, verb="ListRecords", metadataPrefix="oai_dc").token
    assert token.get("expirationDate") > f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}"
    monkeypatch.setattr(tokens, "HOLDS", timedelta(seconds=-1))
    assert Said(client, verb="ListRecords", resumptionToken=token.text).error == "badResumptionToken"


def test_token_of_another_list_is_refused(client, two):
    token = Said(client, verb="ListRecords", metadataPrefix="oai_dc").token.text
    for verb in ("ListIdentifiers", "ListSets"):
        assert Said(client, verb=verb, resumptionToken=token).error == "badResumptionToken"


def test_token_of_a_former_life_of_the_archive_is_refused(client, two):
    token = Said(client, verb="ListRecords", metadataPrefix="oai_dc").token.text
    LogHead.objects.update(epoch="00ff00ff00ff00ff")
    assert Said(client, verb="ListRecords", resumptionToken=token).error == "badResumptionToken"


def test_token_that_was_changed_or_forged_is_refused(client, two):
    token = Said(client, verb="ListRecords", metadataPrefix="oai_dc").token.text
    forged = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        f"x{token}",
        signing.dumps(["ListRecords"], salt=tokens.SALT),
        signing.dumps({"verb": "ListRecords"}, salt=tokens.SALT),
        signing.dumps(signing.loads(token, salt=tokens.SALT), salt="another"),
    ]
    for one in forged:
        assert Said(client, verb="ListRecords", resumptionToken=one).error == "badResumptionToken"


def test_sets_come_in_parts_too(client, monkeypatch):
    monkeypatch.setattr(answers, "SETS_PER_PAGE", 2)
    for number in range(3):
        making.published(waves=[making.a_wave(f"Wave {number}")], source=making.a_source(f"Source {number}"))
    said, found = Said(client, verb="ListSets"), []
    while True:
        found += [one.text for one in said.tree.iter() if one.tag.endswith("}setSpec")]
        if not said.token.text:
            break
        said = Said(client, verb="ListSets", resumptionToken=said.token.text)
    assert found[:3] == ["wave.wave-0", "wave.wave-1", "wave.wave-2"]
    assert (len(found), len(set(found)), found[-1]) == (7, 7, "language.en")


def test_formats_of_one_record_are_all_formats(client):
    publication = making.withdrawn()
    whole, single = (
        Said(client, verb="ListMetadataFormats", **more)
        for more in ({}, {"identifier": f"oai:testserver:{publication.identifier}"})
    )
    names = [[one.text for one in said.tree.iter() if one.tag.endswith("}metadataPrefix")] for said in (whole, single)]
    assert names == [["oai_dc", "datacite", "mods", "testimony"]] * 2


def test_long_question_is_refused_and_harms_nothing(client):
    assert client.get("/oai?" + urlencode({"verb": "x" * 200_000})).status_code == 400
