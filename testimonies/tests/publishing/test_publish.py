"""Publishing: editions, digests and the numbers of passages."""

import hashlib
from datetime import timedelta

import pytest
import rfc8785
from django.utils import timezone

from testimonies.models.editorial import QuoteSegment, StaleTestimony, Testimony, Translation
from testimonies.models.public import Edition, Event, Identifier, Passage, Publication, PublicationEvent, Tag
from testimonies.publishing import empty_edition, publish
from testimonies.tests import making
from testimonies.tests.making import a_place, a_source, a_tag, a_testimony, a_wave, corrected, published

pytestmark = pytest.mark.django_db


def log() -> list[tuple[str, int | None]]:
    return list(PublicationEvent.objects.values_list("kind", "edition"))


def passages(publication: Publication, edition: int | None = None) -> list[tuple[str, str]]:
    """Identifier and words of an edition, the last one unless it is named."""
    number = edition or publication.editions.count()
    rows = Passage.objects.filter(edition__publication=publication, edition__number=number)
    return [(passage.identifier, passage.text) for passage in rows]


def rewrite(publication: Publication, *words: str) -> Publication:
    """Publish with these passages."""
    return corrected(publication, "\n\n".join(words))


def test_a_first_publication():
    testimony = a_testimony(
        "We left.\n\nNobody asked.", places=[a_place()], tags=[a_tag()], review_on=making.yesterday() + timedelta(9)
    )
    before = timezone.now()
    outcome = publish(testimony, by=None, note="First.")
    publication, edition = outcome.publication, outcome.edition
    held = Testimony.objects.get()
    assert (held.status, held.publication, held.version) == ("published", publication, testimony.version + 1)
    assert (publication.state, publication.current_edition, publication.review_on) == (
        "listed",
        edition,
        testimony.review_on,
    )
    assert (edition.number, edition.change_note, edition.protects) == (1, "First.", False)
    assert before <= publication.first_published_at <= edition.published_at <= publication.changed_at <= timezone.now()
    assert passages(publication) == [("p1", "We left."), ("p2", "Nobody asked.")]
    assert log() == [("published", 1)]
    assert Identifier.objects.find("testimony", publication.identifier)


def test_lists_are_given_what_they_need_from_the_record():
    country = a_place("Berkland", kind="country")
    town, field = a_place("Aksay", parent=country), a_place("Green field", parent=country)
    atlas = a_source("Atlas")
    testimony = a_testimony(
        "We left.\n\nNobody asked.",
        places=[town, ("speaks_of", field), ("speaks_of", country)],
        tags=[a_tag()],
        waves=[a_wave()],
        spoken="2021-09",
        spoken_basis="elsewhere",
        spoken_basis_source=atlas,
        language_printed="kk",
        may_be_featured=True,
        read_whole=True,
    )
    publication = publish(testimony, by=None).publication
    publication.refresh_from_db()
    assert publication.title == "Words of Aibek, as printed by The Steppe Courier"
    assert publication.excerpt == "We left. Nobody asked."
    assert (publication.language, publication.featured) == ("kk", True)
    assert (publication.year_spoken, publication.year_printed) == (2021, 2021)
    assert (str(publication.spoken_earliest), str(publication.printed_earliest)) == ("2021-09-01", "2021-10-02")
    assert (publication.witness, publication.source) == (testimony.witness, testimony.source)
    assert list(publication.cited_sources.all()) == [atlas]
    assert sorted(publication.placements.values_list("place__name", "relation", "is_direct")) == [
        ("Aksay", "described_as_from", True),
        ("Berkland", "described_as_from", False),
        ("Berkland", "speaks_of", True),
        ("Green field", "speaks_of", True),
    ]
    assert [str(one) for one in (*publication.tags.all(), *publication.waves.all())] == [
        "Bread",
        "Departures of the dry spring",
    ]


def test_an_open_interval_lends_lists_no_date():
    publication = published(spoken="[..2022-09-29]", source=a_source(date="2022-23"))
    assert (publication.year_spoken, publication.spoken_earliest) == (None, None)
    assert (publication.year_printed, str(publication.printed_earliest)) == (2022, "2022-09-01")


@pytest.mark.parametrize("words", ["We left.", "Мы ушли — «все».", '𝄞 ﬁ e\u0301 \u2028 "quoted" \\ back'])
def test_the_digest_is_that_of_the_canonical_json_as_it_is_kept(words):
    publication = published(words)
    edition = Edition.objects.get()
    assert edition.digest == hashlib.sha256(rfc8785.dumps(edition.record)).hexdigest()
    assert edition.record["segments"][0]["passages"][0]["text"] == passages(publication)[0][1]


def test_a_correction_makes_the_next_edition_and_leaves_the_first_as_it_was():
    publication = published("We left.")
    first = Edition.objects.values().get()
    corrected(publication, "We left at dawn.", note="The hour was missing.")
    assert Edition.objects.filter(number=1).values().get() == first
    second = Edition.objects.get(number=2)
    publication.refresh_from_db()
    assert (publication.current_edition, second.change_note) == (second, "The hour was missing.")
    assert publication.excerpt == "We left at dawn."
    assert log() == [("published", 1), ("published", 2)]


def test_a_change_that_protects_says_only_that():
    publication = published()
    testimony = making.testimony_of(publication)
    testimony.context_note = "Less is said here."
    testimony.save()
    edition = publish(testimony, by=None, note="The street was named.", protects=True).edition
    assert (edition.change_note, edition.protects) == ("", True)


def test_publishing_without_a_change_makes_no_edition_and_no_event():
    publication = published(tags=[a_tag()], places=[a_place()])
    testimony = making.testimony_of(publication)
    before = (testimony.version, Edition.objects.values().get(), log())
    outcome = publish(testimony, by=None)
    testimony.refresh_from_db()
    assert (outcome.publication, outcome.edition) == (publication, None)
    assert (testimony.version, Edition.objects.values().get(), log()) == before


def test_a_review_that_changed_nothing_ends_as_published():
    publication = published()
    testimony = making.testimony_of(publication)
    testimony.status = Testimony.Status.IN_REVIEW
    testimony.save()
    assert publish(testimony, by=None).edition is None
    assert Testimony.objects.get().status == Testimony.Status.PUBLISHED
    assert log() == [("published", 1)]


@pytest.mark.parametrize(
    "change", [{"review_on": making.yesterday() + timedelta(99)}, {"may_be_featured": True, "read_whole": True}]
)
def test_what_only_lists_show_makes_an_event_but_no_edition(change):
    publication = published()
    testimony = making.testimony_of(publication)
    for name, value in change.items():
        setattr(testimony, name, value)
    testimony.save()
    assert publish(testimony, by=None).edition is None
    publication.refresh_from_db()
    assert (publication.review_on, publication.featured) == (testimony.review_on, testimony.may_be_featured)
    assert log() == [("published", 1), ("renewed", 1)]


def test_an_unlisted_testimony_is_shown_again_by_publishing_it():
    publication = making.unlisted()
    assert publish(making.testimony_of(publication), by=None).edition is None
    publication.refresh_from_db()
    assert publication.is_listed
    assert log() == [("published", 1), ("unlisted", None), ("renewed", 1)]


def test_an_old_version_is_not_published():
    testimony = a_testimony()
    other = Testimony.objects.get()
    other.locator = "page 3"
    other.save()
    with pytest.raises(StaleTestimony):
        publish(testimony, by=None)
    assert not Publication.objects.exists()


def test_the_same_version_is_published_once():
    testimony = a_testimony()
    publish(testimony, by=None)
    with pytest.raises(StaleTestimony):
        publish(testimony, by=None)
    assert Edition.objects.count() == 1


def test_passages_keep_their_identifiers_wherever_they_move():
    publication = published("One.\n\nTwo.\n\nThree.")
    rewrite(publication, "Three.", "One.", "Two.")
    assert passages(publication) == [("p3", "Three."), ("p1", "One."), ("p2", "Two.")]


def test_passages_keep_their_identifiers_from_one_segment_to_another():
    publication = published("One.\n\nTwo.")
    testimony = making.testimony_of(publication)
    first = testimony.segments.get()
    first.text = "Two."
    first.save()
    QuoteSegment.objects.create(testimony=testimony, order=9, joined_by="omission", text="One.")
    publish(testimony, by=None)
    assert passages(publication) == [("p2", "Two."), ("p1", "One.")]


def test_changed_words_get_an_identifier_that_nothing_had():
    publication = published("One.\n\nTwo.")
    rewrite(publication, "One.", "Two!")
    rewrite(publication, "Zero.", "One.", "Two!")
    assert passages(publication) == [("p4", "Zero."), ("p1", "One."), ("p3", "Two!")]


def test_words_that_come_back_get_their_identifier_back():
    publication = published("One.\n\nTwo.")
    rewrite(publication, "One.")
    rewrite(publication, "One.", "Three.")
    rewrite(publication, "One.", "Two.", "Three.")
    assert passages(publication) == [("p1", "One."), ("p2", "Two."), ("p3", "Three.")]


def test_words_that_stand_twice_have_two_identifiers():
    publication = published("Yes.\n\nNo.\n\nYes.")
    assert passages(publication) == [("p1", "Yes."), ("p2", "No."), ("p3", "Yes.")]
    rewrite(publication, "No.", "Yes.")
    assert passages(publication) == [("p2", "No."), ("p1", "Yes.")]
    rewrite(publication, "Yes.", "Yes.", "Yes.")
    assert passages(publication) == [("p1", "Yes."), ("p3", "Yes."), ("p4", "Yes.")]


def test_correcting_the_name_of_the_language_changes_no_identifier():
    publication = published("Бір.\n\nЕкі.", language_printed="ru")
    testimony = making.testimony_of(publication)
    testimony.language_printed = "kk-Cyrl"
    testimony.save()
    publish(testimony, by=None)
    assert passages(publication) == [("p1", "Бір."), ("p2", "Екі.")]


def translated(words: str, **translations: str) -> Publication:
    testimony = a_testimony(words)
    for language, text in translations.items():
        Translation.objects.create(testimony=testimony, language=language, text=text, by_machine=True)
    return publish(testimony, by=None).publication


def lines_of(publication: Publication) -> list[tuple[str, str, str, int | None]]:
    rows = Passage.objects.filter(edition=publication.editions.last())
    return [(row.identifier, row.language, row.text, row.translates) for row in rows]


def test_translations_have_passages_that_point_at_what_they_translate():
    publication = translated("No.\n\nYes.", it="No.\n\nSì.", ru="Нет.\n\nДа.")
    assert lines_of(publication) == [
        ("p1", "en", "No.", None),
        ("p2", "en", "Yes.", None),
        ("p3", "it", "No.", 1),
        ("p4", "it", "Sì.", 2),
        ("p5", "ru", "Нет.", 1),
        ("p6", "ru", "Да.", 2),
    ]


def test_a_translation_keeps_its_identifiers_when_the_words_are_corrected():
    publication = translated("No.\n\nYes.", it="No.\n\nSì.")
    rewrite(publication, "No.", "Yes!")
    assert lines_of(publication) == [
        ("p1", "en", "No.", None),
        ("p5", "en", "Yes!", None),
        ("p3", "it", "No.", 1),
        ("p4", "it", "Sì.", 5),
    ]


def test_a_translation_of_moved_words_moves_with_them():
    publication = translated("Aye.\n\nYes.", it="Sì.\n\nSì.")
    rewrite(publication, "Yes.", "Aye.")
    assert lines_of(publication) == [
        ("p2", "en", "Yes.", None),
        ("p1", "en", "Aye.", None),
        ("p4", "it", "Sì.", 2),
        ("p3", "it", "Sì.", 1),
    ]


def test_identifiers_of_an_emptied_edition_are_never_given_again():
    publication = published("One.\n\nTwo.")
    empty_edition(publication.editions.get())
    rewrite(publication, "One.", "Three.")
    assert passages(publication) == [("p3", "One."), ("p4", "Three.")]
    assert [edition.number for edition in publication.editions.all()] == [1, 2]


def test_a_record_is_led_to_only_where_it_is_shown():
    event_source, withheld = a_source("Diary"), a_source("Letter")
    event = Event.objects.create(name="The flood", date="2019", source=event_source)
    publish(
        a_testimony(source=withheld, source_withheld=True, happened_event=event, happened_disclosure="withheld"),
        by=None,
    )
    for source in (event_source, withheld):
        source.refresh_from_db()
        assert source.address is None


def test_the_words_to_search_hold_no_withheld_source():
    publication = published(source=a_source("Secret headline"), source_withheld=True)
    assert publication.source is None
    assert "secret" not in publication.words


def test_renaming_a_tag_makes_an_edition_only_when_somebody_publishes():
    publication = published(tags=[a_tag()])
    tag = Tag.objects.get()
    tag.name = "Loaves"
    tag.save()
    assert log() == [("published", 1), ("vocabulary", None)]
    assert publish(making.testimony_of(publication), by=None).edition.record["tags"] == [
        {"slug": "bread", "name": "Loaves"}
    ]


def test_the_excerpt_marks_what_stands_between_segments_and_what_is_cut_off():
    testimony = a_testimony("We left.")
    QuoteSegment.objects.create(testimony=testimony, order=2, joined_by="reporter", text="Nobody asked. " * 60)
    excerpt = publish(testimony, by=None).publication.excerpt
    assert excerpt.startswith("We left. […] Nobody asked. Nobody asked.")
    assert excerpt.endswith((" Nobody […]", " asked. […]"))
    assert len(excerpt) <= 604
