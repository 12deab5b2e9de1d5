"""The first page of the desk opens on work: what is mine, what waits, what falls due, what is missing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from testimonies.models.editorial import Review, SourceSnapshot, Testimony, Translation
from testimonies.models.public import today
from testimonies.publishing import return_from_review, send_to_review
from testimonies.tests import making


def work(client):
    return client.get("/admin/").context["work"]


def sent(testimony: Testimony, by) -> Testimony:
    send_to_review(testimony, by=by)
    return testimony


def test_my_drafts_say_what_is_missing(editor, enter):
    mine = making.a_testimony(author=editor.user, basis=None, witness=None)
    whole = making.a_testimony(author=editor.user)
    making.a_testimony(author=enter("Editor", "other").user)
    assert [(one.testimony, one.missing) for one in work(editor).drafts] == [
        (whole, []),
        (mine, ["It has no witness: say whose words they are.", "It has no basis for publication."]),
    ]
    assert "It has no basis for publication." in editor.get("/admin/").content.decode()


def test_what_waits_is_offered_to_those_who_may_approve_it(editor, contributor, enter, settings):
    settings.EDITORS_MAY_PUBLISH_OWN_WORK = False
    hers = sent(making.a_testimony(author=contributor.user), contributor.user)
    sent(making.a_testimony(author=editor.user), contributor.user)
    sent(making.a_testimony(author=contributor.user), editor.user)
    nobodys = sent(making.a_testimony(), None)
    assert [one.testimony for one in work(editor).waiting] == [hers, nobodys]
    assert work(contributor).waiting == []
    settings.EDITORS_MAY_PUBLISH_OWN_WORK = True
    assert len(work(editor).waiting) == 4


def test_what_came_back_is_shown_to_who_wrote_it_until_it_is_sent_again(editor, contributor):
    testimony = sent(making.a_testimony(author=contributor.user), contributor.user)
    return_from_review(testimony, by=editor.user, remark="Misread.", passage=None, words="")
    assert [one.remark for one in work(contributor).returned] == ["Misread."]
    assert work(editor).returned == work(contributor).drafts == []
    sent(Testimony.objects.get(), contributor.user)
    assert work(contributor).returned == []


def test_reviews_fall_due(editor):
    for days in (40, 10, 20):
        making.published(review_on=today() + timedelta(days=days))
    days = [(one.review_on - today()).days for one in work(editor).due]
    assert days == [10, 20]
    page = editor.get("/admin/").content.decode()
    assert "Reviews that fall due" in page


def test_gaps_lead_to_their_lists(editor):
    with_all = making.a_testimony(places=[making.a_place()])
    Translation.objects.create(testimony=with_all, language="ru", text="Мы ушли.", by_machine=True)
    SourceSnapshot.objects.create(source=with_all.source, text="We left.")
    bare = making.a_testimony()
    making.withdrawn(source=with_all.source)
    gaps = {gap.sentence: gap.address for gap in work(editor).gaps}
    assert set(gaps) == {
        "1 testimonies without a place",
        "1 testimonies without a translation",
        "1 sources of which no text is held",
    }
    lists = [list(editor.get(address).context["cl"].result_list) for address in gaps.values()]
    assert lists == [[bare], [bare], [bare.source]]


def test_many_gaps_are_not_counted_to_the_end(editor, monkeypatch):
    monkeypatch.setattr("testimonies.admin.work.MANY", 2)
    for _one in range(4):
        making.a_testimony(source=None)
    assert "more than 2 testimonies without a place" in [gap.sentence for gap in work(editor).gaps]


def test_last_weeks_changes_are_one_line_a_testimony(editor):
    old, new = making.a_testimony(), making.a_testimony()
    Testimony.history.filter(id=old.pk).update(history_date=timezone.now() - timedelta(days=8))
    new._history_user, new._change_reason = editor.user, "Misread."
    new.save()
    assert [(one.testimony, one.by, one.why) for one in work(editor).changes] == [(new, editor.user, "Misread.")]


@pytest.mark.parametrize("group", ["Contributor", "Editor", "Archivist"])
def test_the_first_page_asks_the_database_as_often_for_many_as_for_one(
    group, enter, django_assert_num_queries, django_assert_max_num_queries
):
    client, other = enter(group), enter("Editor", "other").user

    def some_of_everything() -> None:
        making.a_testimony(author=client.user)
        sent(making.a_testimony(), other)
        returned = sent(making.a_testimony(author=client.user), client.user)
        return_from_review(returned, by=other, remark="Misread.", passage=None, words="")
        making.published(review_on=today())

    some_of_everything()
    with django_assert_max_num_queries(24) as asked:
        client.get("/admin/")
    for _more in range(3):
        some_of_everything()
    with django_assert_num_queries(len(asked)):
        client.get("/admin/")
    assert Review.objects.count() == 8
