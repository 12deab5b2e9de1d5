"""Publications that cite a testimony: shown by the log, taken off, and forgotten with what they name."""

import pytest

from testimonies import publishing
from testimonies.models.public import CitingLetter, CitingWork, Publication, PublicationEvent, Witness
from testimonies.publishing import WrongState
from testimonies.tests import making

pytestmark = pytest.mark.django_db


def a_letter(publication: Publication, **said) -> CitingLetter:
    return CitingLetter.objects.drop(publication, edition=1, passage=None, **{**making.A_WORK, **said})


def accepted(publication: Publication, **said) -> CitingWork:
    letter = a_letter(publication, **said)
    return publishing.accept_citing(letter, edition=1, passage=None, **{**making.A_WORK, **said})


def test_accepting_and_taking_off_are_told_by_the_log():
    publication = making.published()
    work = accepted(publication)
    publication.refresh_from_db()
    assert (publication.times_cited, CitingLetter.objects.count()) == (1, 0)
    publishing.take_off_citing(work)
    publication.refresh_from_db()
    assert publication.times_cited == 0
    kinds = PublicationEvent.objects.filter(publication=publication).values_list("kind", flat=True)
    assert list(kinds) == ["published", "cited", "cited"]


@pytest.mark.parametrize("make", [making.withdrawn, making.unlisted, making.overdue])
def test_nothing_is_shown_on_what_readers_do_not_see(make):
    letter = a_letter(make())
    with pytest.raises(WrongState):
        publishing.accept_citing(letter, edition=1, passage=None, **making.A_WORK)
    assert CitingLetter.objects.exists()
    assert not CitingWork.objects.exists()


def test_an_erasure_forgets_who_cites():
    publication, other = making.published(), making.published()
    accepted(publication), a_letter(publication)
    kept = accepted(other)
    publishing.erase(making.testimony_of(publication), reason="on_request")
    assert list(CitingWork.objects.all()) == [kept]
    assert not CitingLetter.objects.exists()


def test_hiding_a_name_forgets_what_carries_it(settings):
    witness = making.a_witness("Zhibek")
    consent = making.a_basis(kind="spoken_consent", asked=True, date="2020-01-01")
    recording = making.a_source("Recording 4", kind="interview", publisher="")
    publication = making.published(witness=witness, basis=consent, source=recording)
    naming = {"reference": "A. Onymous, “The words of Zhibek”"}
    accepted(publication, **naming), a_letter(publication, **naming)
    kept, kept_letter = accepted(publication), a_letter(publication)
    publishing.hide_name(witness, name="A voice", naming=Witness.Naming.PSEUDONYM)
    assert list(CitingWork.objects.all()) == [kept]
    assert list(CitingLetter.objects.all()) == [kept_letter]
    publication.refresh_from_db()
    assert publication.times_cited == 1


def test_a_letter_that_cannot_be_opened_goes_with_the_name(settings):
    witness = making.a_witness("Zhibek")
    publication = making.published(witness=witness)
    a_letter(publication)
    settings.FIELD_ENCRYPTION_KEYS = ["b" * 43 + "="]
    publishing.hide_name(witness, name="A voice", naming=Witness.Naming.PSEUDONYM)
    assert not CitingLetter.objects.exists()
