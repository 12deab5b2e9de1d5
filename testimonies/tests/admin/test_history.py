"""The history on the desk: why something was saved, and a former state brought back."""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.db.models import F
from django.utils.translation import gettext, override

from testimonies import publishing
from testimonies.admin.history import in_readers_language
from testimonies.models.editorial import QuoteSegment, Testimony, Translation
from testimonies.models.public import today
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled, said
from testimonies.tests.admin.test_testimony_form import page_of


def test_why_it_was_saved_stands_in_the_history(editor):
    testimony = making.a_testimony()
    page = page_of(testimony)
    editor.post(page, filled(editor.get(page), locator="page 3", why="Read \x00again.", _save=""))
    assert testimony.history.first().history_change_reason == "Read again."
    assert "Read again." in editor.get(f"/admin/testimonies/testimony/{testimony.pk}/history/").content.decode()


def test_a_former_state_is_chosen_and_brought_back(contributor):
    testimony = making.a_testimony("We shared the bread.")
    page = page_of(testimony)
    contributor.post(page, filled(contributor.get(page), segments__0__text="We shared the salt.", _save=""))
    address = f"/admin/testimonies/testimony/{testimony.pk}/restore/"
    assert address in contributor.get(page).content.decode()
    sent = filled(contributor.get(address), line=testimony.history.last().history_id)
    answer = contributor.post(address, sent, follow=True)
    assert "as it was saved then" in said(answer)
    now = Testimony.objects.get()
    assert now.segments.get().text == "We shared the bread."
    assert now.history.first().history_change_reason.startswith("Brought back: ")
    assert now.history.first().history_user == contributor.user


def test_only_a_line_of_its_own_history_is_brought_back(contributor):
    other, testimony = making.a_testimony("Hers."), making.a_testimony("Mine.")
    testimony.save()
    address = f"/admin/testimonies/testimony/{testimony.pk}/restore/"
    answer = contributor.post(address, filled(contributor.get(address), line=other.history.last().history_id))
    assert "line" in answer.context["adminform"].form.errors


def test_a_state_that_readers_could_not_be_shown_is_refused_in_words(editor):
    testimony = making.a_testimony("We shared the bread.", basis=None)
    testimony.basis = making.a_basis()
    testimony.save()
    publishing.publish(testimony, by=None)
    before = Testimony.objects.values().get()
    address = f"/admin/testimonies/testimony/{testimony.pk}/restore/"
    sent = filled(editor.get(address), line=testimony.history.last().history_id)
    answer = editor.post(address, sent, follow=True)
    assert said(answer) == "Nothing was done. It has no basis for publication."
    assert Testimony.objects.values().get() == before


def test_a_long_reason_is_kept_whole(editor):
    publication = making.published()
    testimony = making.testimony_of(publication)
    reason = "Her brother called, and then wrote; see the request of 3 May. " * 7
    address = f"/admin/testimonies/testimony/{testimony.pk}/unlist/"
    editor.post(address, filled(editor.get(address), note=reason))
    assert testimony.history.first().history_change_reason == reason.strip()
    page = f"/admin/testimonies/testimony/{testimony.pk}/change/"
    editor.post(page, filled(editor.get(page), locator="page 3", why=reason, _save=""))
    assert testimony.history.first().history_change_reason == reason.strip()


def test_what_would_change_is_shown_by_words_first(contributor):
    bread, salt = making.a_tag("Bread"), making.a_tag("Salt")
    testimony = making.a_testimony("We shared the bread.", tags=[bread], witness=making.a_witness("A"))
    testimony.spoken = "2021-09"
    testimony.save()
    Translation.objects.create(testimony=testimony, language="ru", text="Мы делили хлеб.", by_machine=True)
    first = testimony.history.first()
    testimony.spoken, testimony.read_whole, testimony.witness = "2021-10", True, making.a_witness("B")
    testimony.save()
    segment = testimony.segments.get()
    segment.text = "We shared the salt."
    segment.save()
    Translation.objects.get().delete()
    testimony.tags.set([salt])
    version = testimony.version
    address = f"/admin/testimonies/testimony/{testimony.pk}/restore/"
    answer = contributor.get(address, {"line": first.history_id})
    told = {
        change.label: [(span.kind, span.text.strip()) for span in change.spans if span.kind != "same"]
        for change in answer.context["changes"]
    }
    assert told == {
        "Witness": [("gone", "B"), ("new", "A")],
        "Spoken": [("gone", "October"), ("new", "September")],
        "Read whole": [("gone", "yes"), ("new", "no")],
        "Run of words: quoted words": [("gone", "salt"), ("new", "bread")],
        "Translation: text": [("new", "Мы делили хлеб.")],
        "Tags": [("gone", "Salt"), ("new", "Bread")],
    }
    page = answer.content.decode()
    assert "<del>salt</del>" in page
    assert "<ins>bread</ins>" in page
    assert Testimony.objects.get().version == version
    contributor.post(address, filled(answer, line=first.history_id))
    assert Testimony.objects.get().segments.get().text == "We shared the bread."
    again = contributor.get(address, {"line": testimony.history.all()[1].history_id})
    assert [change.label for change in again.context["changes"]]


def test_a_state_that_is_none_shows_the_newest(contributor):
    testimony = making.a_testimony("We shared the bread.")
    testimony.save()
    for asked in ("x", "0", "9" * 40):
        answer = contributor.get(f"/admin/testimonies/testimony/{testimony.pk}/restore/", {"line": asked})
        assert answer.context["chosen"] == testimony.history.last()
        assert "it stands now as it was saved then" in answer.content.decode()


def lines_of(client, record: str) -> list[list[str]]:
    """What each line of the history says it changed, the newest first."""
    lines = client.get(f"/admin/testimonies/{record}/history/").context["page_obj"]
    fields = [[f"{one['field']}: {one['old']} → {one['new']}" for one in line.history_delta_changes] for line in lines]
    return [[*changed, *line.told] for changed, line in zip(fields, lines, strict=True)]


def test_each_line_says_what_it_changed_without_a_note(editor):
    testimony = making.a_testimony("We shared the bread.", tags=[making.a_tag("Bread")])
    place, page = making.a_place(), page_of(testimony)
    typed = {"segments__0__introduction": "The baker says", "locator": "page 3"}
    editor.post(page, filled(editor.get(page), **typed, _save=""))
    Testimony.history.update(history_date=F("history_date") - timedelta(minutes=1))
    QuoteSegment.history.update(history_date=F("history_date") - timedelta(minutes=1))
    LogEntry.objects.update(action_time=F("action_time") - timedelta(minutes=1))
    added = {"placements__TOTAL_FORMS": 1, "placements__0__place": place.pk, "placements__0__basis": "stated"}
    added["placements__0__relation"] = "described_as_from"
    editor.post(page, filled(editor.get(page), **added, _save=""))
    newest, before, first = lines_of(editor, f"testimony/{testimony.pk}")
    assert newest == ["Places of a testimony"]
    assert before == ["Where in the source: – → page 3", "Run of words: the reporter's phrase"]
    assert "Tags: – → Bread" in first


def test_a_new_form_of_a_name_is_named_and_a_saving_without_change_says_so(editor):
    tag = making.a_tag("Bread")
    tag.save()
    address = f"/admin/testimonies/tag/{tag.pk}/history/"
    assert "nothing that is kept here differs" in editor.get(address).content.decode()
    page = f"/admin/testimonies/tag/{tag.pk}/change/"
    sent = {"forms__TOTAL_FORMS": 1, "forms__0__text": "Nan", "forms__0__tag": "kk", "forms__0__status": "current"}
    sent["forms__0__attested_in"] = "general knowledge"
    editor.post(page, filled(editor.get(page), **sent, _save=""))
    assert lines_of(editor, f"tag/{tag.pk}")[0] == ["Name forms"]


def test_an_empty_value_is_no_deleted_record(editor):
    source, lost = making.a_source("The Steppe Courier"), making.a_source("Lost")
    testimony = making.a_testimony(basis=None, source=lost)
    testimony.basis, testimony.source, testimony.review_on = making.a_basis(label="Press"), source, today()
    testimony.save()
    testimony.basis = None
    testimony.save()
    key = lost.pk
    lost.delete()
    newest, before, _first = lines_of(editor, f"testimony/{testimony.pk}")
    assert newest == ["Basis for publication: Press → –"]
    assert before[0] == "Basis for publication: – → Press"
    assert before[1].startswith("Review on: – → ")
    assert before[2] == f"Source: source no. {key}, deleted since → {source}"


def test_what_the_archive_noted_is_told_in_the_language_of_its_reader(editor):
    testimony = making.a_testimony()
    page = page_of(testimony)
    editor.post(page, filled(editor.get(page), _publish=""), headers={"accept-language": "ru"})
    assert testimony.history.first().history_change_reason == "Edition 1 is published."
    told = editor.get(f"{page.removesuffix('change/')}history/", headers={"accept-language": "ru"})
    with override("ru"):
        assert in_readers_language("Edition 1 is published.") in told.content.decode()
        assert in_readers_language("Edition 1 is published.") != "Edition 1 is published."
        assert in_readers_language("Brought back: a\nb").endswith(": a\nb")
        for typed in ("Edition one is published.", "100 % sure", ""):
            assert in_readers_language(typed) == typed


def test_an_act_is_told_in_the_language_of_its_reader(editor):
    testimony = making.a_testimony(status="in_review")
    address = f"/admin/testimonies/testimony/{testimony.pk}/return/"
    editor.post(address, filled(editor.get(address), remark="Read it again."), headers={"accept-language": "ru"})
    assert LogEntry.objects.get().change_message == "Return with a remark"
    with override("ru"):
        label = gettext("Return with a remark")
    told = editor.get(f"/admin/testimonies/testimony/{testimony.pk}/history/", headers={"accept-language": "ru"})
    assert label != "Return with a remark"
    assert label in told.content.decode()
