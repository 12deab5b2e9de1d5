"""Batches: many testimonies changed together, seen first in a table, done to all or to none."""

from datetime import date
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from testimonies.models.editorial import Request, Review, Testimony, TestimonyTag, TestimonyWave
from testimonies.models.public import Publication, PublicationEvent
from testimonies.publishing import WrongState, review
from testimonies.tests import making
from testimonies.tests.admin.conftest import said
from testimonies.tests.making import a_tag, a_testimony, a_wave, a_witness

LIST = "/admin/testimonies/testimony/"


def address(kind: str) -> str:
    return f"{LIST}batch/{kind}/"


def choose(client, kind: str, testimonies, **more: Any) -> Any:
    """The page to which the list leads."""
    keys = [one.pk for one in testimonies]
    return client.post(LIST, {"action": f"batch_{kind}", "_selected_action": keys, **more})


def shown(client, kind: str, testimonies, **words: Any) -> Any:
    """The page that shows what would change."""
    hidden = choose(client, kind, testimonies).context["hidden"]
    return client.post(address(kind), {**hidden, **words, "_preview": "yes"})


def do(client, kind: str, page: Any, **words: Any) -> Any:
    return client.post(address(kind), {**page.context["hidden"], **words, "_do": "yes"}, follow=True)


def table(page: Any) -> list[tuple[str, str, str]]:
    return [(line.stands, line.would, line.why) for line in page.context["lines"]]


@pytest.fixture
def three(db) -> list[Testimony]:
    """One with the tag, one with another, one that was withdrawn."""
    with_it = a_testimony("With it.", tags=[a_tag("Bread")])
    without = a_testimony("Without it.", tags=[a_tag("Roads")])
    gone = making.testimony_of(making.withdrawn("Gone."))
    return [with_it, without, gone]


def test_a_tag_is_added_after_what_it_changes_was_shown(editor, three):
    with_it, without, _gone = three
    tag = with_it.tags.get()
    page = shown(editor, "add_tag", three, tag=tag.pk, why="For the exhibition.")
    assert table(page) == [
        ("Roads", "Bread, Roads", ""),
        ("Bread", "", "It has this tag."),
        ("", "", "It was withdrawn."),
    ]
    assert "1 testimony would change, 2 are left as they are" in " ".join(page.content.decode().split())
    assert TestimonyTag.objects.filter(tag=tag).count() == 1  # nothing yet
    versions = [one.version for one in three]
    answer = do(editor, "add_tag", page, tag=tag.pk, why="For the exhibition.")
    assert "1 testimony was changed." in said(answer)
    for one in three:
        one.refresh_from_db()
    assert sorted(without.tags.names()) == ["Bread", "Roads"]
    assert [one.version for one in three] == [versions[0], versions[1] + 1, versions[2]]
    line = without.history.first()
    assert (line.tags_then, line.history_user, line.history_type) == ("Bread, Roads", editor.user, "~")
    assert line.history_change_reason == "Tag added: Bread, in a batch of 1. For the exhibition."
    assert [entry.object_id for entry in LogEntry.objects.all()] == [str(without.pk)]


def test_a_tag_is_removed(editor, three):
    tag = three[0].tags.get()
    page = shown(editor, "remove_tag", three, tag=tag.pk)
    assert table(page)[0] == ("Bread", "", "")
    assert [why for _stands, _would, why in table(page)] == ["", "It does not have this tag.", "It was withdrawn."]
    do(editor, "remove_tag", page, tag=tag.pk)
    assert list(three[0].tags.all()) == []
    assert three[0].history.first().tags_then == ""
    assert sorted(three[1].tags.names()) == ["Roads"]


def test_a_wave_is_set_beside_others_or_in_their_place(editor, db):
    first, second = a_wave("First", order=1), a_wave("Second", order=2)
    speaks, silent = a_testimony(waves=[first]), a_testimony()
    words = {"wave": second.pk, "basis": "inferred", "basis_reason": "They tell of the year."}
    page = shown(editor, "set_wave", [speaks, silent], **words)
    inferred = "Second (inferred: They tell of the year.)"
    assert table(page) == [
        ("First (stated in the source)", f"First (stated in the source); {inferred}", ""),
        ("", inferred, ""),
    ]
    do(editor, "set_wave", page, **words)
    assert TestimonyWave.objects.filter(wave=second, basis="inferred", basis_reason=words["basis_reason"]).count() == 2
    page = shown(editor, "set_wave", [speaks, silent], **words, instead="on")
    assert [why for _stands, _would, why in table(page)] == ["", "It says just that already."]
    do(editor, "set_wave", page, **words, instead="on")
    assert list(TestimonyWave.objects.values_list("wave__name", flat=True)) == ["Second", "Second"]
    stated = {"wave": second.pk, "basis": "stated"}
    do(editor, "set_wave", shown(editor, "set_wave", [silent], **stated), **stated)
    mention = TestimonyWave.objects.get(testimony=silent)
    assert (mention.basis, mention.basis_reason) == ("stated", "")


def test_an_inference_without_its_reason_is_refused(editor, db):
    testimony = a_testimony()
    page = shown(editor, "set_wave", [testimony], wave=a_wave().pk, basis="inferred")
    assert "basis_reason" in page.context["adminform"].form.errors
    assert page.context["lines"] is None
    page = shown(editor, "set_wave", [testimony], wave="nonsense", basis="elsewhere", basis_source="x")
    assert {"wave", "basis_source"} <= set(page.context["adminform"].form.errors)


def test_many_are_sent_to_review_with_one_note(contributor, db):
    draft, returned, waiting = a_testimony("1."), a_testimony("2."), a_testimony("3.", status="in_review")
    Review.objects.create(testimony=returned, state=Review.State.RETURNED, remark="Look again.")
    Review.objects.create(testimony=waiting)
    chosen = [draft, returned, waiting, making.testimony_of(making.withdrawn("4."))]
    page = shown(contributor, "review", chosen)
    assert sorted(table(page)) == [
        ("draft", "in review", ""),
        ("draft", "in review", ""),
        ("in review", "", "It is in review already."),
        ("withdrawn", "", "It was withdrawn."),
    ]
    do(contributor, "review", page, why="Before the holidays.")
    assert Testimony.objects.filter(status="in_review").count() == 3
    assert sorted(Review.objects.values_list("testimony", "state")) == sorted(
        [(draft.pk, "waiting"), (returned.pk, "mended"), (returned.pk, "waiting"), (waiting.pk, "waiting")]
    )
    assert set(Review.objects.filter(testimony__in=[draft, returned], state="waiting").values_list("asked_by")) == {
        (contributor.user.pk,)
    }
    notes = {one.history.first().history_change_reason for one in (draft, returned)}
    assert notes == {"Sent to review, in a batch of 2. Before the holidays."}


def test_published_ones_are_renewed_and_the_log_tells(editor, db):
    listed, hidden, draft = making.published("1."), making.unlisted("2."), a_testimony("3.")
    without_basis = making.testimony_of(making.unlisted("4."))
    without_basis.basis.ended_on = date(2020, 1, 1)
    without_basis.basis.save()
    weighed = making.testimony_of(making.unlisted("5."))
    Request.objects.create(testimony=weighed, asks="withdrawal", received_on="2021-01-01", due_on="2021-02-01")
    chosen = [making.testimony_of(listed), making.testimony_of(hidden), draft, without_basis, weighed]
    page = shown(editor, "renew", chosen, review_on="2999-05-03")
    assert sorted(table(page)) == [
        ("draft", "", "It was never published."),
        ("listed, no review", "listed, review on 3 May 2999", ""),
        ("under review, no review", "", "A request about it is not decided yet: renew it on its own page."),
        ("under review, no review", "", "The basis for publication has ended."),
        ("under review, no review", "listed, review on 3 May 2999", ""),
    ]
    do(editor, "renew", page, review_on="2999-05-03", why="Looked at in May.")
    assert Publication.objects.listed().filter(review_on="2999-05-03").count() == 2
    assert PublicationEvent.objects.filter(kind="renewed").count() == 2
    line = making.testimony_of(hidden).history.first()
    assert line.history_change_reason == "Renewed, in a batch of 2. Looked at in May."
    assert line.history_user == editor.user
    past = shown(editor, "renew", chosen, review_on="2020-01-01")
    assert "review_on" in past.context["adminform"].form.errors


def test_all_or_nothing_when_somebody_saved_one_meanwhile(editor, three):
    tag = a_tag("Kin")
    page = shown(editor, "add_tag", three, tag=tag.pk)
    three[1].locator = "page 3"
    three[1].save()
    answer = do(editor, "add_tag", page, tag=tag.pk)
    assert f"Nothing was done: somebody saved {three[1]} meanwhile." in said(answer)
    assert not TestimonyTag.objects.filter(tag=tag).exists()
    assert "Change 2 testimonies" in answer.content.decode()
    assert "2 testimonies were changed." in said(do(editor, "add_tag", answer, tag=tag.pk))


def test_nothing_is_done_but_what_was_shown(editor, three):
    page = shown(editor, "add_tag", three, tag=three[0].tags.get().pk)
    other = a_tag("Kin")
    assert "Nothing was done" in said(do(editor, "add_tag", page, tag=other.pk))
    assert not TestimonyTag.objects.filter(tag=other).exists()
    three[1].delete()
    assert "Nothing was done" in said(do(editor, "add_tag", page, tag=three[0].tags.get().pk))


def test_the_same_batch_sent_twice_is_done_once(editor, three):
    tag = a_tag("Kin")
    page = shown(editor, "add_tag", three, tag=tag.pk)
    do(editor, "add_tag", page, tag=tag.pk)
    assert "It was done once." in said(do(editor, "add_tag", page, tag=tag.pk))


def test_one_that_fails_takes_all_back(editor, monkeypatch, db):
    chosen = [making.testimony_of(making.unlisted(f"{number}.")) for number in range(2)]
    page = shown(editor, "renew", chosen)

    def fail(kind: str, **said: Any) -> None:
        raise WrongState("Somebody was faster.")

    monkeypatch.setattr(review, "tell_of_all", fail)
    assert "Nothing was done" in said(do(editor, "renew", page))
    assert not Publication.objects.listed().exists()
    assert not PublicationEvent.objects.filter(kind="renewed").exists()
    assert {making.testimony_of(one).status for one in Publication.objects.all()} == {"unlisted"}


def test_who_may_not_renew_is_not_offered_it(contributor, three):
    actions = contributor.get(LIST).content.decode()
    assert 'value="batch_add_tag"' in actions
    assert 'value="batch_renew"' not in actions
    assert contributor.post(address("renew"), {"chosen": "1:1"}).status_code == 403


def test_without_a_choice_the_list_is_shown(editor, db):
    for sent in ({}, {"chosen": "1:1:1"}, {"chosen": "x:y"}, {"chosen": f"{10**30}:1"}):
        assert "Choose the testimonies" in said(editor.post(address("review"), sent, follow=True))
    assert "Choose the testimonies" in said(editor.get(address("review"), follow=True))


def test_whoever_changes_what_waits_for_review_is_told_that_they_cannot_approve_it(editor, settings, db):
    settings.EDITORS_MAY_PUBLISH_OWN_WORK = False
    testimony = a_testimony(status="in_review")
    page = shown(editor, "add_tag", [testimony], tag=a_tag().pk)
    assert "whoever changes it now cannot approve it" in page.content.decode()


QUERIES = {"add_tag": (10, 24), "remove_tag": (10, 23), "set_wave": (11, 25), "review": (7, 24)}


@pytest.mark.parametrize("kind", QUERIES)
def test_many_take_no_more_queries_than_few(kind, editor, django_assert_num_queries, db):
    witness, source, basis, tag = a_witness(), making.a_source(), making.a_basis(), a_tag()
    tags = [tag] if kind == "remove_tag" else []
    words = {"set_wave": {"wave": a_wave().pk, "basis": "stated"}, "review": {}}.get(kind, {"tag": tag.pk})
    for number in (1, 3):
        chosen = [a_testimony(witness=witness, source=source, basis=basis, tags=tags) for _number in range(number)]
        hidden = choose(editor, kind, chosen).context["hidden"]
        look, change = QUERIES[kind]
        with django_assert_num_queries(look):
            page = editor.post(address(kind), {**hidden, **words, "_preview": "yes"})
        with django_assert_num_queries(change):
            editor.post(address(kind), {**page.context["hidden"], **words, "_do": "yes"})


# Of each: its tags in the order of its record, and the snapshot of its source.
OF_EACH = 2
RENEWING = {"look": 19, "change": 39}


def test_renewing_takes_two_queries_more_for_each(editor, django_assert_num_queries, db):
    for number in (1, 4):
        chosen = [
            making.testimony_of(making.unlisted(places=[making.a_place()], waves=[a_wave(f"Wave {number} {one}")]))
            for one in range(number)
        ]
        hidden = choose(editor, "renew", chosen).context["hidden"]
        with django_assert_num_queries(RENEWING["look"] + OF_EACH * number):
            page = editor.post(address("renew"), {**hidden, "review_on": "2999-05-03", "_preview": "yes"})
        with django_assert_num_queries(RENEWING["change"] + OF_EACH * number):
            editor.post(address("renew"), {**page.context["hidden"], "review_on": "2999-05-03", "_do": "yes"})
    assert PublicationEvent.objects.filter(kind="renewed").count() == 5
    assert Testimony.history.filter(review_on="2999-05-03").count() == 5
