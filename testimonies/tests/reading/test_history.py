"""The history of a testimony: what changed from edition to edition, and what may not be told."""

from datetime import UTC, datetime

from testimonies.models.public import Edition
from testimonies.reading.history import Run, history_page, since
from testimonies.reading.pieces import Day
from testimonies.tests.invented import record, segment

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
FIRST, SECOND = record(), record(segments=[segment("We shared the warm bread.")])


def edition(number, held, **changes):
    return Edition(number=number, published_at=NOON, record=held, **changes)


def history(*editions):
    return history_page(editions, identifier="t1bek", current_number=max(one.number for one in editions))


def test_the_newest_edition_comes_first():
    page = history(edition(1, FIRST), edition(2, SECOND))
    assert [(one.number, one.is_current, one.compared_with) for one in page.entries] == [
        (2, True, 1),
        (1, False, None),
    ]
    assert page.title == "Words of Aibek, as printed by The Steppe Courier"


def test_words_that_changed_are_shown_word_by_word():
    (difference,) = history(edition(1, FIRST), edition(2, SECOND)).entries[0].differences
    assert (difference.label, difference.tag) == ("The words", "en")
    assert [run for run in difference.runs if run.kind != "same"] == [Run("new", "warm ")]
    assert "".join(run.text for run in difference.runs if run.kind != "gone") == "We shared the warm bread."


def test_other_parts_that_changed_are_named():
    entry = history(edition(1, FIRST), edition(2, record(tags=[], context_note="A note."))).entries[0]
    assert (entry.differences, entry.changed) == ((), ("tags", "notes"))


def test_a_page_number_in_the_source_is_no_other_source():
    entry = history(edition(1, FIRST), edition(2, record(locator="p. 3"))).entries[0]
    assert entry.changed == ("where in the source",)


def test_a_new_translation_is_shown_as_new():
    translated = {
        "language": "ru",
        "translator": "",
        "by_machine": False,
        "translated_from": "en",
        "note": "",
        "passages": [{"id": "p2", "of": "p1", "text": "Мы делили хлеб.", "ours": []}],
    }
    (difference,) = history(edition(1, FIRST), edition(2, record(translations=[translated]))).entries[0].differences
    assert (difference.label, difference.tag, difference.runs) == (
        "Translation: Russian",
        "ru",
        (Run("new", "Мы делили хлеб."),),
    )


def test_an_emptied_edition_says_when_and_nothing_is_compared_with_it():
    page = history(edition(1, None, emptied_at=NOON), edition(2, SECOND))
    assert page.entries[1].emptied == Day("4 March 2026", "2026-03-04")
    assert (page.entries[0].compared_with, page.entries[0].differences, page.entries[0].changed) == (None, (), ())


def test_an_edition_that_protects_somebody_tells_nothing_of_what_changed():
    entry = history(edition(1, FIRST), edition(2, SECOND, protects=True)).entries[0]
    assert (entry.protects, entry.compared_with, entry.differences, entry.changed) == (True, None, (), ())


def test_what_changed_since_an_edition_is_told_step_by_step():
    third = record(segments=[segment("We shared the warm bread.")], tags=[])
    steps = since([edition(1, FIRST), edition(2, SECOND, change_note="A slip."), edition(3, third)], current_number=3)
    assert [(one.number, one.compared_with, one.change_note, one.is_current) for one in steps] == [
        (3, 2, "", True),
        (2, 1, "A slip.", False),
    ]
    assert (steps[0].changed, len(steps[1].differences)) == (("tags",), 1)
    assert since([edition(2, SECOND)], current_number=2) == ()


def test_of_what_protected_somebody_only_that_and_when_is_told_since():
    third, fourth = record(segments=[segment("We shared.")]), record(segments=[segment("We all shared.")])
    editions = [edition(1, FIRST), edition(2, SECOND), edition(3, third, protects=True), edition(4, fourth)]
    for steps in (since(editions, current_number=4), history(*editions).entries[:3]):
        assert [(one.protects, one.is_silent, one.on.iso, bool(one.differences), one.changed) for one in steps] == [
            (False, False, "2026-03-04", True, ()),
            (True, False, "2026-03-04", False, ()),
            # The words before it, beside those after it, would tell what was taken out.
            (False, True, "2026-03-04", False, ()),
        ]
