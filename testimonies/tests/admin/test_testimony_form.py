"""Entering and saving a testimony: authors, versions, what is refused, and forms sent twice."""

import re

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.utils.html import escape

from testimonies.models.editorial import Disclosure, Testimony
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled, said

ADD = "/admin/testimonies/testimony/add/"


def page_of(testimony: Testimony) -> str:
    return f"/admin/testimonies/testimony/{testimony.pk}/change/"


def enter_words(client, words=making.WORDS, **more):
    return client.post(ADD, filled(client.get(ADD), segments__0__text=words, _save="", **more), follow=True)


def test_a_draft_belongs_to_who_entered_it(contributor):
    answer = enter_words(contributor)
    testimony = Testimony.objects.get()
    assert answer.redirect_chain == [(page_of(testimony), 302)]
    assert (testimony.author, testimony.status, testimony.version) == (contributor.user, "draft", 1)
    assert [segment.text for segment in testimony.segments.all()] == [making.WORDS]


def test_the_sections_stand_in_the_order_of_an_editors_work(contributor):
    sections = contributor.get(ADD).context["sections"]
    names = [str(one["fieldset"].name) if "fieldset" in one else one["part"].formset.prefix for one in sections]
    voice = ["Voice", "placements", "wave_mentions", "Tags and basis"]
    assert names[:7] == ["Source", "segments", *voice, "translations"]
    assert names[-1] == "contributions"


def test_the_manual_has_the_sections_of_the_page_in_their_order(contributor):
    context = contributor.get(ADD).context
    titles = [
        str(one["fieldset"].name if "fieldset" in one else one["part"].opts.verbose_name_plural).capitalize()
        for one in context["sections"]
    ]
    manual = (settings.BASE_DIR / "docs" / "editors.md").read_text()
    chapter = manual.partition("## Enter a testimony")[2].partition("\n## ")[0]
    lines = re.findall(r"^(\d\.|-) (.*)$", chapter, re.MULTILINE)
    assert [title for _mark, line in lines for title in re.findall(r"\*\*(.+?)\.\*\*", line)] == titles
    assert [mark for mark, _line in lines if mark != "-"] == [f"{one + 1}." for one in range(context["shortcuts"])]


def test_words_are_found_as_soon_as_they_are_entered(contributor):
    enter_words(contributor, "Қалада нан пісірдік.")
    answer = contributor.get("/admin/testimonies/testimony/", {"q": "НАН"})
    assert [one.pk for one in answer.context["cl"].result_list] == [Testimony.objects.get().pk]
    assert contributor.get("/admin/testimonies/testimony/", {"q": "сүт"}).context["cl"].result_count == 0


def test_the_language_is_that_of_the_source_where_nobody_says_another(contributor):
    assert not contributor.get(ADD).context["adminform"].form["language_printed"].value()
    enter_words(contributor)
    testimony = Testimony.objects.get()
    assert testimony.language_printed == ""
    page, source = page_of(testimony), making.a_source(language="ru")
    contributor.post(page, filled(contributor.get(page), source=source.pk, _save=""))
    assert Testimony.objects.get().language_printed == "ru"
    contributor.post(page, filled(contributor.get(page), language_printed="kk", _save=""))
    assert Testimony.objects.get().language_printed == "kk"
    contributor.post(page, filled(contributor.get(page), source=making.a_source().pk, _save=""))
    assert Testimony.objects.get().language_printed == "kk"


def test_the_form_of_a_new_testimony_sent_twice_enters_it_once(contributor):
    sent = filled(contributor.get(ADD), segments__0__text=making.WORDS, _save="")
    contributor.post(ADD, sent)
    answer = contributor.post(ADD, sent, follow=True)
    assert Testimony.objects.count() == 1
    assert said(answer) == "It is entered as a draft. This form was sent twice. It was entered once."


def test_a_form_that_is_refused_can_be_sent_again(contributor):
    sent = filled(contributor.get(ADD), segments__0__text=making.WORDS, spoken="in the bad times", _save="")
    refused = contributor.post(ADD, sent)
    assert "spoken" in refused.context["adminform"].form.errors
    contributor.post(ADD, sent | {"spoken": "autumn 2022", "spoken_basis": "stated"})
    assert Testimony.objects.get().spoken == "2022-23"


def test_a_partial_date_is_shown_as_it_was_typed(contributor):
    testimony = making.a_testimony(spoken="2021-23")
    assert contributor.get(page_of(testimony)).context["adminform"].form["spoken"].value() == "autumn 2021"
    sent = filled(contributor.get(page_of(testimony)), _save="")
    assert said(contributor.post(page_of(testimony), sent, follow=True)) == "Nothing was different from what is saved."


def test_saving_what_did_not_change_leaves_no_trace(contributor):
    testimony = making.a_testimony()
    before = (testimony.version, testimony.history.count())
    contributor.post(page_of(testimony), filled(contributor.get(page_of(testimony)), _save=""))
    testimony.refresh_from_db()
    assert (testimony.version, testimony.history.count()) == before
    assert not LogEntry.objects.exists()


def test_a_change_of_the_words_alone_makes_another_version(contributor):
    testimony = making.a_testimony()
    page = contributor.get(page_of(testimony))
    contributor.post(page_of(testimony), filled(page, segments__0__text="We shared the bread.", _save=""))
    changed = Testimony.objects.get()
    assert changed.version == testimony.version + 1
    assert [segment.text for segment in changed.segments.all()] == ["We shared the bread."]
    assert changed.history.first().history_user == contributor.user


def test_who_was_slower_is_told_and_keeps_what_was_typed(contributor, enter):
    testimony, other = making.a_testimony(), enter("Editor", "Gulnara")
    sent = filled(contributor.get(page_of(testimony)), segments__0__text="Mine.", locator="page 3", _save="")
    other.post(page_of(testimony), filled(other.get(page_of(testimony)), segments__0__text="Hers.", _save=""))
    answer = contributor.post(page_of(testimony), sent)
    assert "Gulnara saved this testimony on" in answer.context["adminform"].form.non_field_errors()[0]
    shown = {(one.saved, one.typed) for one in answer.context["overtaken"]}
    assert shown == {("Hers.", "Mine."), ("", "page 3")}
    assert testimony.segments.get().text == "Hers."
    assert Testimony.objects.get().locator == ""
    # Sent again as it is, it is refused again: nothing is overwritten by a second press of the button.
    assert contributor.post(page_of(testimony), filled(answer, _save="")).status_code == 200
    assert testimony.segments.get().text == "Hers."


def test_a_change_sent_twice_is_made_once_and_said_so(contributor):
    testimony = making.a_testimony()
    sent = filled(contributor.get(page_of(testimony)), locator="page 3", _save="")
    contributor.post(page_of(testimony), sent)
    version = Testimony.objects.get().version
    answer = contributor.post(page_of(testimony), sent, follow=True)
    assert Testimony.objects.get().version == version
    assert "Nothing was done twice." in said(answer)


@pytest.mark.parametrize("name", ["source", "witness", "basis"])
def test_a_published_testimony_keeps_what_it_needs(editor, name):
    testimony = making.testimony_of(making.published())
    answer = editor.post(page_of(testimony), filled(editor.get(page_of(testimony)), _save="", **{name: ""}))
    assert list(answer.context["adminform"].form.errors) == [name]


def test_an_inference_without_its_reason_is_refused_at_the_field(contributor):
    place, wave = making.a_place(), making.a_wave()
    sent = {
        "segments-0-text": making.WORDS,
        "placements-0-place": place.pk,
        "placements-0-basis": "inferred",
        "wave_mentions-0-wave": wave.pk,
        "wave_mentions-0-basis": "elsewhere",
        "happened": "2021",
        "happened_basis": "inferred",
        "placements-0-disclosure": "coarser",
    }
    answer = contributor.post(ADD, filled(contributor.get(ADD), _save="") | sent)
    parts = {part.formset.prefix: part.formset.forms[0].errors for part in answer.context["inline_admin_formsets"][:3]}
    assert set(answer.context["adminform"].form.errors) == {"happened_basis_reason"}
    assert set(parts["placements"]) == {"basis_reason", "public_place"}
    assert set(parts["wave_mentions"]) == {"basis_source"}


def test_nobody_has_chosen_that_the_source_states_it(contributor):
    page = contributor.get(ADD)
    asked = [page.context["adminform"].form[f"{kind}_basis"] for kind in ("spoken", "happened")]
    asked += [part.formset.forms[0]["basis"] for part in page.context["inline_admin_formsets"][1:3]]
    asked += [part.formset.empty_form["basis"] for part in page.context["inline_admin_formsets"][1:3]]
    assert [one.value() for one in asked] == [""] * 6
    sent = filled(page, segments__0__text=making.WORDS, spoken="2021", _save="")
    sent |= {"placements-0-place": making.a_place().pk, "wave_mentions-0-wave": making.a_wave().pk}
    answer = contributor.post(ADD, sent)
    parts = {part.formset.prefix: part.formset.forms[0].errors for part in answer.context["inline_admin_formsets"][:3]}
    wanted = {"basis": ["Choose how it is known."]}
    assert answer.context["adminform"].form.errors == {"spoken_basis": ["Choose how it is known."]}
    assert (parts["placements"], parts["wave_mentions"]) == (wanted, wanted)
    chosen = {f"{name}-0-basis": "stated" for name in ("placements", "wave_mentions")} | {"spoken_basis": "inferred"}
    contributor.post(ADD, filled(answer, _save="") | chosen | {"spoken_basis_reason": "from the headline"})
    testimony = Testimony.objects.get()
    assert (testimony.spoken_basis, testimony.placements.get().basis) == ("inferred", "stated")


@pytest.mark.parametrize(
    ("spoken", "is_refused"),
    [("October 2021", False), ("3 October 2021", True), ("autumn 2021", False), ("2022", True), ("about 2020", False)],
)
def test_words_spoken_after_they_were_printed_are_refused_at_the_field(contributor, spoken, is_refused):
    sent = filled(contributor.get(ADD), segments__0__text=making.WORDS, spoken=spoken, spoken_basis="stated", _save="")
    answer = contributor.post(ADD, sent | {"source": making.a_source(date="2021-10-02").pk}, follow=True)
    errors = answer.context["adminform"].form.errors if is_refused else {}
    assert Testimony.objects.exists() is not is_refused
    assert (list(errors), "2 October 2021" in str(errors)) == (["spoken"] * is_refused, is_refused)


def test_tags_come_from_the_vocabulary_and_stand_in_the_history(contributor):
    tag = making.a_tag("Bread")
    enter_words(contributor, tags=[str(tag.pk)])
    testimony = Testimony.objects.get()
    assert [one.name for one in testimony.tags.all()] == ["Bread"]
    assert testimony.history.first().tags_then == "Bread"


def test_the_next_voice_of_a_source_begins_with_what_is_known(contributor):
    source, basis = making.a_source(), making.a_basis()
    answer = enter_words(contributor, source=source.pk, basis=basis.pk)
    link = said(answer).partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    form = contributor.get(link).context["adminform"].form
    assert (form["source"].value(), form["basis"].value()) == (str(source.pk), str(basis.pk))


def test_a_published_testimony_is_not_deleted(editor, admin_client):
    testimony = making.testimony_of(making.published())
    delete = f"/admin/testimonies/testimony/{testimony.pk}/delete/"
    assert [client.post(delete, {"post": "yes"}).status_code for client in (editor, admin_client)] == [403, 403]
    draft = making.a_testimony()
    editor.post(f"/admin/testimonies/testimony/{draft.pk}/delete/", {"post": "yes"})
    assert list(Testimony.objects.all()) == [testimony]


def test_five_megabytes_and_nul_are_answered_with_a_page(contributor):
    sent = filled(contributor.get(ADD), segments__0__text="We\x00 baked.", locator="\x00", _save="")
    answer = contributor.post(ADD, sent)
    assert answer.status_code == 200
    assert "locator" in answer.context["adminform"].form.errors
    assert contributor.post(ADD, sent | {"segments-0-text": "x" * 5_000_000}).status_code == 413
    assert not Testimony.objects.exists()


def test_a_refused_form_names_each_field_and_leads_to_it(contributor):
    place = making.a_place("Aksay")
    answer = enter_words(contributor, spoken="in the bad times", placements__0__place=place.pk)
    assert [(one.label, one.id) for one in answer.context["faults"]] == [
        ("Spoken", "id_spoken"),
        ("Place 1: Basis", "id_placements-0-basis"),
    ]
    page = answer.content.decode()
    for one in answer.context["faults"]:
        assert f'<a href="#{one.id}">{one.label}</a>: {escape(" ".join(one.sentences))}' in page
        assert page.count(f'id="{one.id}"') == 1


def test_a_row_that_does_not_go_together_is_named_too(contributor):
    place, rows = making.a_place("Aksay"), {"placements-TOTAL_FORMS": "2"}
    for number in (0, 1):
        said = {"relation": "spoken_at", "place": place.pk, "basis": "stated", "disclosure": Disclosure.EXACT}
        rows |= {f"placements-{number}-{name}": value for name, value in said.items()}
    answer = enter_words(contributor, **rows)
    assert [(one.label, one.id) for one in answer.context["faults"]][-1] == ("Place 2", "placements-1")
    assert 'id="placements-1"' in answer.content.decode()


def test_every_form_of_the_desk_names_its_faults(contributor):
    add = "/admin/testimonies/witness/add/"
    answer = contributor.post(add, filled(contributor.get(add), name="", _save=""))
    assert [one.id for one in answer.context["faults"]] == ["id_name"]
    assert '<a href="#id_name">' in answer.content.decode()
    assert contributor.get(add).context["faults"] == []
