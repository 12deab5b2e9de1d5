"""The pages of witnesses, places, waves, sources and tags: open as long as a listed testimony refers to them."""

import re
from http import HTTPStatus

import pytest
from django.urls import reverse

from testimonies import publishing
from testimonies.models.public import Event, Place, PlaceRelation, Publication, Source, Witness
from testimonies.tests import making

pytestmark = pytest.mark.django_db

KINDS = ("witness", "place", "wave", "source", "tag")


@pytest.fixture
def publication() -> Publication:
    country = making.a_place("Saryland", kind="country")
    return making.published(
        "We sold the piano.",
        places=[making.a_place("Aksay", parent=country)],
        waves=[making.a_wave()],
        tags=[making.a_tag("Roads")],
    )


def records(publication: Publication) -> dict:
    """The record of each kind to which a publication refers."""
    return {
        "witness": publication.witness,
        "place": publication.places.get(name="Aksay"),
        "wave": publication.waves.get(),
        "source": publication.source,
        "tag": publication.tags.get(),
    }


def addresses(publication: Publication) -> dict[str, str]:
    return {kind: reverse(kind, args=[record.address]) for kind, record in records(publication).items()}


@pytest.mark.parametrize("kind", KINDS)
def test_listed_record_is_read_with_its_testimonies(client, publication, kind):
    response = client.get(addresses(publication)[kind])
    assert response.status_code == HTTPStatus.OK
    page = response.content.decode()
    record = records(publication)[kind]
    assert (record.title if kind == "source" else record.name) in page
    assert "We sold the piano." in page


@pytest.mark.parametrize("kind", KINDS)
def test_record_to_which_nothing_listed_refers_any_more_is_gone(client, publication, kind):
    address, name = addresses(publication)[kind], str(records(publication)[kind])
    publishing.withdraw(making.testimony_of(publication), reason="on_request")
    response = client.get(address)
    assert (response.status_code, response["X-Robots-Tag"]) == (HTTPStatus.GONE, "noindex")
    assert name not in response.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_merged_record_leads_to_the_other(client, publication, kind):
    other = making.published(
        witness=making.a_witness("Umit"),
        source=making.a_source("Other news"),
        places=[making.a_place("Karasu")],
        waves=[making.a_wave("Another wave")],
        tags=[making.a_tag("Trains")],
    )
    old = addresses(publication)[kind]
    given_up, into = records(publication)[kind], record_of(other, kind)
    publishing.merge(given_up, into=into)
    response = client.get(old)
    target = reverse(kind, args=[into.address])
    assert (response.status_code, response["Location"]) == (HTTPStatus.MOVED_PERMANENTLY, target)
    assert client.get(target).status_code == HTTPStatus.OK


def record_of(publication: Publication, kind: str):
    """The record of a kind to which a publication refers."""
    many = {"place": publication.places, "wave": publication.waves, "tag": publication.tags}
    return many[kind].get() if kind in many else getattr(publication, kind)


@pytest.mark.parametrize("kind", ["wave", "tag"])
def test_record_that_was_never_public_cannot_be_told_from_one_that_never_was(client, publication, kind):
    hidden = {"wave": making.a_wave, "tag": making.a_tag}[kind]("Hidden roads")
    making.a_testimony(**{f"{kind}s": [hidden]})
    answers = [client.get(reverse(kind, args=[slug])) for slug in (hidden.slug, "never-was")]
    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 2
    assert answers[0].content == answers[1].content
    assert answers[0].headers == answers[1].headers


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("typed", ["b0000009", "no such", "%E2%80%AEgnp", "%F0%9F%99%82", "x" * 1500])
def test_address_that_was_never_given_is_missing(client, publication, kind, typed):
    assert client.get(f"/{kind.replace('witness', 'witnesse')}s/{typed}/").status_code == HTTPStatus.NOT_FOUND


def test_place_keeps_its_relations_apart_and_counts_what_lies_in_it(client):
    country = making.a_place("Saryland", kind="country")
    town = making.a_place("Aksay", parent=country)
    making.published("From there.", places=[town])
    making.published("Of it.", places=[(PlaceRelation.SPEAKS_OF, country)])
    page = client.get(reverse("place", args=[Place.objects.get(pk=country.pk).address])).content.decode()
    assert page.index("Described as from Saryland") < page.index("From there.") < page.index("Speaking of Saryland")
    assert page.index("Speaking of Saryland") < page.index("Of it.")
    assert "Spoken at Saryland" not in page
    assert reverse("place", args=[Place.objects.get(pk=town.pk).address]) in page


@pytest.fixture
def inferred() -> Publication:
    """A testimony of which the editors inferred place and wave."""
    testimony = making.a_testimony(places=[making.a_place("Naryn", kind="")], waves=[making.a_wave()])
    known = {"basis": "inferred", "basis_reason": "the words name none"}
    testimony.placements.update(**known)
    testimony.wave_mentions.update(**known)
    return publishing.publish(testimony, by=None).publication


@pytest.mark.parametrize("address", ["home", "waves", "wave", "place", "testimonies"])
def test_what_editors_inferred_is_nowhere_said_by_the_voice_or_the_source(client, inferred, address):
    key = {"wave": inferred.waves.get().slug, "place": inferred.places.get().identifier}.get(address)
    page = client.get(reverse(address, args=[key] if key else [])).content.decode()
    for claim in ("speaks of it", "speak of", "The source describes", "Described as from <a"):
        assert claim not in page
    assert ("Placed by the editors in" in page) is (address != "waves")


def test_of_a_place_no_kind_is_said_that_nobody_entered(client, inferred):
    page = client.get(reverse("place", args=[inferred.places.get().identifier])).content.decode()
    assert "Town" not in page


def test_voices_of_one_name_are_told_apart(client):
    one, other = making.published(), making.published()
    hidden = making.unlisted().witness
    page = client.get(reverse("witness", args=[one.witness.address])).content.decode()
    assert "Others of this name" in page
    assert reverse("witness", args=[other.witness.address]) in page
    assert Witness.objects.get(pk=hidden.pk).address not in page


def test_wave_is_shown_with_its_time_and_the_source_of_it(client):
    told = making.a_source("A calendar", publisher="The Almanac")
    wave = making.a_wave(begins="2019-04", begins_source=told)
    Event.objects.create(name="The wells ran dry", date="2019-04-02", source=told, wave=wave)
    making.published(waves=[wave])
    page = client.get(reverse("wave", args=[wave.slug])).content.decode()
    assert "April 2019" in page
    assert "The wells ran dry" in page
    assert "The Almanac: A calendar" in page


def test_wave_begins_with_voices_that_differ_from_each_other(client):
    """No voice twice, no place twice, no collective, at most three; what stands above is not in the list again."""
    wave, town, fit = making.a_wave(), making.a_place("Aksay"), {"may_be_featured": True, "read_whole": True}
    one = making.a_witness("Umit")

    def tell(words, place, year, **changes):
        places = [place] if place else []
        testimony = {"places": places, "waves": [wave], "spoken": str(year), "spoken_basis": "stated", **changes}
        making.published(words, **testimony)

    tell("Not fit.", making.a_place("Osh"), 2000)
    tell("Umit in Aksay.", town, 2001, witness=one, **fit)
    tell("Umit elsewhere.", making.a_place("Karasu"), 2002, witness=one, **fit)
    tell("Another in Aksay.", town, 2003, **fit)
    tell("From nowhere.", None, 2004, **fit)
    tell("From nowhere too.", None, 2005, **fit)
    tell("From Naryn.", making.a_place("Naryn"), 2006, **fit)
    tell("From Talas.", making.a_place("Talas"), 2007, **fit)
    page = client.get(reverse("wave", args=[wave.slug])).content.decode()
    above, beneath = page.split("The others, in the order of telling")
    said = re.compile(r"<blockquote[^>]*><p>(.*?)</p>")
    assert said.findall(above) == ["Umit in Aksay.", "From nowhere.", "From Naryn."]
    others = ["Not fit.", "Umit elsewhere.", "Another in Aksay.", "From nowhere too.", "From Talas."]
    assert said.findall(beneath) == others


def test_wave_with_one_voice_fit_to_stand_alone_is_a_plain_list(client):
    wave = making.a_wave()
    making.published("Fit.", waves=[wave], may_be_featured=True, read_whole=True)
    making.published("Not fit.", waves=[wave])
    page = client.get(reverse("wave", args=[wave.slug])).content.decode()
    assert "differ from each other" not in page
    assert page.count("Fit.") == 1


def test_source_says_how_much_rests_on_it(client):
    source = making.a_source()
    for _ in range(3):
        making.published(source=source)
    making.published(source=making.a_source("Other news"))
    assert (
        "75 % of the archive"
        in client.get(reverse("source", args=[Source.objects.get(pk=source.pk).address])).content.decode()
    )
