"""The check of a quotation as editors read it."""

import pytest

from testimonies.checking.quotations import Piece, report
from testimonies.models.editorial import QuoteSegment, SourceSnapshot, Testimony
from testimonies.publishing import publish
from testimonies.tests import making

pytestmark = pytest.mark.django_db

BEFORE = "At the station the baker waited for the train. "
PRINTED = "We shared the bread – and asked nobody for papers"
SOURCE = f"{BEFORE}“{PRINTED}; that was all,” she said. The square was empty."


def quoted(words=PRINTED, *, text=SOURCE, taken="2022-10-03", **changes):
    testimony = making.a_testimony(words, **changes)
    if text:
        SourceSnapshot.objects.create(source=testimony.source, text=text, taken=taken)
    return testimony


def test_words_that_stand_there_are_shown_in_their_place():
    said = report(quoted())
    assert (said.state, said.sentence) == (
        "found",
        "Found word for word in the source as it was read on 3 October 2022.",
    )
    (one,) = said.findings
    assert one.sentence == "Word for word, 48 characters from the beginning."
    assert (one.before, one.after) == (f"{BEFORE}“", "; that was all,” she said. The square was empty.")
    assert (one.pieces, one.differences, one.typography) == ((Piece("same", PRINTED),), (), "")


def test_differing_words_are_marked_and_said():
    (one,) = report(quoted("We shared the loaf – and asked nobody for any papers")).findings
    assert one.pieces == (
        Piece("same", "We shared the "),
        Piece("differs", "bread", "loaf"),
        Piece("same", " – and asked nobody for "),
        Piece("differs", "", "any"),
        Piece("same", "papers"),
    )
    assert one.differences == ("The quotation has “loaf”, the source “bread”.", "Not in the source: “any”.")
    assert report(quoted("We shared the loaf – and asked nobody for papers")).sentence == (
        "The words differ from the source as it was read on 3 October 2022."
    )


def test_what_was_left_out_without_a_mark_is_said():
    (one,) = report(quoted("We shared the bread – and asked for papers")).findings
    assert one.differences == ("Left out without a mark: “nobody”.",)


def test_our_own_marks_are_no_differences():
    (one,) = report(quoted("We shared [[with them]] the bread [[…]] for papers")).findings
    assert (one.state, one.differences) == ("found", ())


def test_print_is_told_apart_from_words():
    (one,) = report(quoted("we shared the bread - and asked nobody\nfor papers")).findings
    assert (one.state, one.differences) == ("found", ())
    assert one.typography == (
        "Only in print, and no fault: small and capital letters (1), dashes and hyphens (1), spaces and line ends (1)."
    )


def test_punctuation_is_a_difference():
    (one,) = report(quoted("We shared the bread – and asked nobody, for papers")).findings
    assert one.differences == ("Punctuation: the quotation has ,, the source nothing.",)


def test_words_that_stand_nowhere():
    said = report(quoted("Nothing of this was ever printed there by anybody."))
    assert (said.state, said.findings[0].state, said.findings[0].pieces) == ("differs", "absent", ())
    assert said.findings[0].sentence == "The words do not stand there: not even most of them, in their order."


def test_every_run_is_found_by_itself():
    testimony = quoted()
    QuoteSegment.objects.create(testimony=testimony, order=1, joined_by="reporter", text="that was everything")
    assert [(one.number, one.state) for one in report(testimony).findings] == [(1, "found"), (2, "absent")]


def test_without_a_text_there_is_nothing_to_compare_with():
    said = report(quoted(text=""))
    assert (said.state, said.sentence, said.findings) == (
        "no_snapshot",
        "Nothing to compare with: no text of the source is held.",
        (),
    )


def test_a_day_that_is_not_known_is_not_made_up():
    assert "the day on which it was read is not known" in report(quoted(taken="")).sentence


def test_a_paraphrase_is_not_expected_there():
    said = report(quoted(wording=Testimony.Wording.PARAPHRASE))
    assert said.sentence == "The archive paraphrases: its words are not expected to stand in the source."


def test_a_long_run_is_cut_in_the_middle():
    words = " ".join(f"word{number}" for number in range(400))
    (one,) = report(quoted(words, text=f"He said: {words}. End.")).findings
    assert [piece.kind for piece in one.pieces] == ["same", "cut", "same"]
    assert one.pieces[0].printed.startswith("word0 word1")
    assert one.pieces[2].printed.endswith("word399")
    shown = len(one.pieces[0].printed) + len(one.pieces[2].printed)
    assert one.pieces[1].printed == f"{len(words) - shown:,} characters"


def test_what_readers_were_told_grows_stale_with_the_snapshot_and_is_said():
    publication = making.published(PRINTED)
    testimony = making.testimony_of(publication)
    assert report(testimony).readers == ""
    SourceSnapshot.objects.create(source=testimony.source, text=SOURCE, taken="2022-10-03")
    assert report(testimony).readers == (
        "Readers are still told: No text of the source is held. Words or snapshot were changed since; publish the "
        "next edition."
    )
    publish(testimony, by=None)
    testimony.refresh_from_db()
    assert report(testimony).readers == ""
    assert testimony.publication.current_edition.record["quotation_check"] == {"state": "found", "on": "2022-10-03"}


def test_what_readers_were_told_grows_stale_with_the_words_and_is_said():
    testimony = quoted()
    publish(testimony, by=None)
    testimony.refresh_from_db()
    segment = testimony.segments.get()
    segment.text = "We shared the loaf – and asked nobody for papers"
    segment.save()
    assert report(testimony).state == "differs"
    assert report(testimony).readers.startswith("Readers are still told: Found word for word")


def test_a_snapshot_put_right_by_hand_is_compared_anew():
    testimony = quoted("We shared the loaf – and asked nobody for papers")
    assert report(testimony).state == "differs"
    snapshot = SourceSnapshot.objects.get()
    snapshot.text = SOURCE.replace("bread", "loaf")
    snapshot.save()
    assert report(testimony).state == "found"


def test_the_newest_text_counts():
    testimony = quoted(text="Something else.")
    SourceSnapshot.objects.create(source=testimony.source, text=SOURCE)
    assert report(testimony).state == "found"
