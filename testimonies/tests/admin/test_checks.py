"""The checks on the desk: texts pasted and uploaded, places and dates made coarser, and no hidden name shown."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from testimonies.models.editorial import Disclosure, Identity, SourceSnapshot, Testimony
from testimonies.models.public import Source, Witness
from testimonies.publishing import publish
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled, said
from testimonies.tests.paper import a_docx, a_pdf

SOURCE = f"At the station: “{making.WORDS}” she said."


def address(testimony: Testimony, page: str) -> str:
    return reverse(f"admin:testimonies_testimony_{page}", args=(testimony.pk,))


def send(client, testimony, page, **fields):
    sent = filled(client.get(address(testimony, page))) | fields
    return client.post(address(testimony, page), sent, follow=True)


def upload(content: bytes, name: str = "article.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_pasted_text_is_held_and_compared(contributor):
    testimony = making.a_testimony(source=making.a_source(accessed_on=date(2022, 10, 3)))
    answer = send(contributor, testimony, "snapshot", text=SOURCE)
    assert answer.redirect_chain == [(address(testimony, "change"), 302)]
    assert said(answer) == (
        "A text of 76 characters is held. Found word for word in the source as it was read on 3 October 2022."
    )
    snapshot = SourceSnapshot.objects.get()
    assert (snapshot.source, snapshot.text, snapshot.taken) == (testimony.source, SOURCE, "2022-10-03")
    assert answer.context["checks"].quotation.state == "found"
    assert "Word for word, 17 characters from the beginning." in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SOURCE.encode(), "article.txt"),
        (SOURCE.encode("utf-16"), "article.txt"),
        (f"<html><body><nav>Home</nav><p>{SOURCE}</p></body></html>".encode(), "article.html"),
        (a_pdf(making.WORDS), "article.pdf"),
        (a_docx(SOURCE), "article.docx"),
    ],
)
def test_an_uploaded_file_is_read_and_not_kept(contributor, content, name):
    testimony = making.a_testimony()
    answer = send(contributor, testimony, "snapshot", file=upload(content, name))
    assert "Found word for word" in said(answer)
    assert making.WORDS in SourceSnapshot.objects.get().text


def test_letters_of_an_older_encoding_are_read_and_said(contributor):
    words = "Мы делили хлеб и ни у кого не спрашивали документов."
    testimony = making.a_testimony(words)
    answer = send(contributor, testimony, "snapshot", file=upload(f"Она сказала: {words}".encode("cp1251")))
    assert "Read as: Cyrillic, Windows-1251. Found word for word" in said(answer)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (a_pdf("We shared.")[:-60], "This file breaks off before its end."),
        (a_pdf("We shared.", password="secret"), "This file is locked with a password."),
        (a_pdf(""), "This PDF holds pictures of pages and no text."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (b'<!DOCTYPE html [<!ENTITY a "b">]><html>&a;</html>', "DOCTYPE with entities"),
        (a_docx("&a;", before='<!DOCTYPE w [<!ENTITY a "b">]>'), "DOCTYPE with entities"),
        (b"x" * 21_000_000, "larger than 20 MB"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_nothing_typed_is_lost(contributor, content, sentence):
    testimony = making.a_testimony()
    answer = send(
        contributor, testimony, "snapshot", file=upload(content), taken="autumn 2021", taken_basis="Noted by hand"
    )
    form = answer.context["adminform"].form
    assert sentence in form.errors["file"][0]
    assert (form["taken"].value(), form["taken_basis"].value()) == ("autumn 2021", "Noted by hand")
    assert not SourceSnapshot.objects.exists()


def test_a_text_and_a_file_are_one_too_many_and_the_text_stays(contributor):
    answer = send(contributor, making.a_testimony(), "snapshot", text=SOURCE, file=upload(b"Other."))
    form = answer.context["adminform"].form
    assert form.errors == {"file": ["There is pasted text as well: clear it, or leave the file out."]}
    assert form["text"].value() == SOURCE


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"text": " \n "}, {"text": ["Paste the text of the source, or upload a file."]}),
        ({"text": SOURCE, "taken": "in the bad times"}, {"taken"}),
    ],
)
def test_what_is_missing_is_said_at_its_field(contributor, fields, errors):
    form = send(contributor, making.a_testimony(), "snapshot", **fields).context["adminform"].form
    assert form.errors == errors if isinstance(errors, dict) else set(form.errors) == errors
    assert form["text"].value() == fields["text"]


def test_a_snapshot_of_its_own_may_be_uploaded_too(contributor):
    source = making.a_source()
    add = reverse("admin:testimonies_sourcesnapshot_add")
    sent = filled(contributor.get(add), source=source.pk, _save="") | {"file": upload("Хлеб и люди".encode("cp1251"))}
    answer = contributor.post(add, sent, follow=True)
    assert "Read as: Cyrillic, Windows-1251." in said(answer)
    assert SourceSnapshot.objects.get().text == "Хлеб и люди"
    change = reverse("admin:testimonies_sourcesnapshot_change", args=(SourceSnapshot.objects.get().pk,))
    contributor.post(change, filled(contributor.get(change), text="Хлеб и мы", _save=""))
    assert SourceSnapshot.objects.get().text == "Хлеб и мы"


def test_without_a_source_or_after_a_withdrawal_no_check_is_offered(editor):
    draft = Testimony.objects.create()
    offered = [act["label"] for act in editor.get(address(draft, "change")).context["acts"]]
    assert [str(label) for label in offered] == ["What readers will see"]
    gone = making.testimony_of(making.withdrawn())
    assert editor.get(address(gone, "change")).context["checks"] is None


def test_differing_words_are_marked_in_words_as_well(contributor):
    testimony = making.a_testimony()
    SourceSnapshot.objects.create(source=testimony.source, text=SOURCE.replace("bread", "<loaf>"))
    page = contributor.get(address(testimony, "change")).content.decode()
    assert '<del><span class="visually-hidden">in the quotation: </span>bread</del>' in page
    assert '<ins><span class="visually-hidden">in the source: </span>&lt;loaf&gt;</ins>' in page
    assert "The quotation has “bread”, the source “&lt;loaf&gt;”." in page
    assert "The words differ from the source: see where." in page
    assert "<loaf>" not in page


@pytest.fixture
def placed() -> Testimony:
    """A testimony from a town, told on a day."""
    country = making.a_place("Berkland", kind="country")
    region = making.a_place("Northern Region", kind="region", parent=country)
    city = making.a_place("Aksay", parent=region)
    return making.a_testimony(places=[city], spoken="2021-09-29")


def test_places_and_dates_are_made_coarser_beside_the_table(contributor, placed):
    page = contributor.get(address(placed, "disclose"))
    placement = placed.placements.get()
    form = page.context["adminform"].form
    offered = {name: [label for _value, label in form.fields[name].choices] for name in form.spoken()[:-1]}
    assert offered == {
        f"place_{placement.pk}": [
            "as it is: Aksay",
            "only the region: Northern Region",
            "only the country: Berkland",
            "nothing",
        ],
        "spoken": [
            "as it is: 29 September 2021",
            "only: September 2021",
            "only: autumn 2021",
            "only: 2021",
            "nothing",
        ],
    }
    country = placement.place.ancestors()[1]
    chosen = {f"place_{placement.pk}": f"coarser:{country.pk}", "spoken": "coarser:2021-23"}
    answer = send(contributor, placed, "disclose", note="Asked for.", **chosen)
    assert said(answer) == "It is kept."
    placement.refresh_from_db()
    changed = Testimony.objects.get()
    assert (placement.disclosure, placement.public_place) == (Disclosure.COARSER, country)
    assert (changed.spoken, changed.spoken_disclosure, changed.spoken_public) == ("2021-09-29", "coarser", "2021-23")
    assert (changed.version, changed.history.first().history_change_reason) == (placed.version + 1, "Asked for.")
    told = {str(row.label): (row.state, row.shown) for row in answer.context["checks"].matrix}
    assert told["Place: described as from"] == ("coarser", "Berkland")
    assert told["Date of speaking"] == ("coarser", "autumn 2021")
    record = publish(changed, by=None).edition.record
    assert [place["name"] for place in record["places"]] == ["Berkland"]
    assert record["dates"]["spoken"]["edtf"] == "2021-23"


def test_nothing_and_back_again(contributor, placed):
    name = f"place_{placed.placements.get().pk}"
    send(contributor, placed, "disclose", spoken="withheld:", **{name: "withheld:"})
    assert placed.placements.get().shown is None
    send(contributor, placed, "disclose", spoken="exact:", **{name: "exact:"})
    assert placed.placements.get().shown == placed.placements.get().place
    assert Testimony.objects.get().spoken_disclosure == "exact"


def test_choosing_what_is_chosen_leaves_no_trace(contributor, placed):
    before = placed.history.count()
    assert said(send(contributor, placed, "disclose")) == "Nothing was different from what is saved."
    assert Testimony.objects.get().history.count() == before


def test_a_choice_that_is_not_offered_is_refused(contributor, placed):
    other = making.a_place("Elsewhere", kind="country")
    name = f"place_{placed.placements.get().pk}"
    answer = send(contributor, placed, "disclose", **{name: f"coarser:{other.pk}"})
    assert set(answer.context["adminform"].form.errors) == {name}
    assert placed.placements.get().disclosure == Disclosure.EXACT


def test_a_value_of_their_own_stays_among_the_choices(contributor, placed):
    placed.spoken_disclosure, placed.spoken_public = "coarser", "2021-09/2021-10"
    placed.save()
    form = contributor.get(address(placed, "disclose")).context["adminform"].form
    assert form["spoken"].value() == "coarser:2021-09/2021-10"
    assert ("coarser:2021-09/2021-10", "only: from September 2021 to October 2021") in form.fields["spoken"].choices


def test_a_page_that_was_overtaken_changes_nothing(contributor, placed):
    sent = filled(contributor.get(address(placed, "disclose"))) | {"spoken": "withheld:"}
    Testimony.objects.get().save()
    answer = contributor.post(address(placed, "disclose"), sent, follow=True)
    assert "Nothing was done." in said(answer)
    assert Testimony.objects.get().spoken_disclosure == "exact"


def test_of_what_is_published_it_is_said_that_readers_still_see_it(editor, placed):
    publish(placed, by=None)
    testimony = Testimony.objects.get()
    answer = send(editor, testimony, "disclose", spoken="withheld:")
    assert said(answer) == "It is kept. Readers see it once the next edition is published."
    page = editor.get(address(testimony, "disclose")).content.decode()
    assert "Edition 1 still tells readers what is hidden now" in page


def test_what_may_be_held_already_is_a_link_and_no_obstacle(editor):
    source = making.a_source(url="https://news.example/bread")
    again = making.a_source("Bread again", url="http://www.news.example/bread/")
    one = making.a_testimony(source=source, witness=making.a_witness("Maržan"))
    voice = making.a_witness("Маржан")
    other = making.a_testimony(source=again, witness=making.a_witness("Botagoz"))
    answer = editor.get(address(one, "change"))
    assert [like.address for like in answer.context["checks"].likenesses] == [
        address(other, "change"),
        reverse("admin:testimonies_source_change", args=(again.pk,)),
        reverse("admin:testimonies_witness_change", args=(voice.pk,)),
    ]
    assert answer.context["standing"].missing == []
    assert "also found as Маржан, Marzhan, Marzan" in answer.content.decode()


def test_a_hidden_name_is_found_and_shown_to_nobody(contributor, editor, archivist):
    witness = making.a_witness("Botagoz", described_as="a baker", naming=Witness.Naming.PSEUDONYM)
    Identity.objects.create(witness=witness, true_name="Aigul Serikova", reason="Zqreason", contact="Zqcontact")
    source = making.a_source("Letter", kind=Source.Kind.LETTER, publisher="")
    basis = making.a_basis(kind="spoken_consent", asked=True, date=date(2020, 1, 1))
    testimony = making.a_testimony("Then А. Серикова left.", source=source, witness=witness, basis=basis)
    for client in (contributor, editor, archivist):
        for page in ("change", "disclose", "snapshot"):
            answer = client.get(address(testimony, page)).content.decode()
            assert not any(word in answer for word in ("Aigul", "Serikova", "Zqreason", "Zqcontact"))
        missing = client.get(address(testimony, "change")).context["standing"].missing
        assert [(one.sentence, one.anchor) for one in missing if one.anchor != ""] == [
            ("The hidden name, or a form of it, stands in the quoted words.", "segments-group")
        ]


def test_a_hidden_name_that_is_not_held_is_asked_for(editor):
    witness = making.a_witness("Botagoz", naming=Witness.Naming.PSEUDONYM)
    notes = editor.get(address(making.a_testimony(witness=witness), "change")).context["standing"].notes
    assert notes == ["The hidden name is not held, so it could not be looked for in what is to be published."]


@pytest.mark.parametrize("others", [1, 3])
def test_the_number_of_queries_does_not_grow(editor, others):
    source = making.a_source(url="https://news.example/bread")
    one = making.a_testimony(source=source, places=[making.a_place()], tags=[making.a_tag()])
    SourceSnapshot.objects.create(source=source, text=SOURCE)
    for _ in range(others):
        making.a_source("Again", url="https://news.example/bread")
        making.a_testimony(source=source)
    editor.get(address(one, "change"))
    with CaptureQueriesContext(connection) as asked:
        editor.get(address(one, "change"))
    assert len(asked) == 80
