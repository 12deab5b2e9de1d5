"""The name check: a hidden name is found wherever readers would meet it, in any script, and is never printed."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image, PngImagePlugin

from testimonies import encryption, pictures
from testimonies.models.editorial import Identity, SourceSnapshot, TestimonyContribution, TestimonyPlace, Translation
from testimonies.models.public import (
    Agent,
    Collection,
    Contribution,
    Picture,
    Source,
    TagNameForm,
    Witness,
    WitnessNameForm,
)
from testimonies.publishing import NotPublishable, publish, reasons_against
from testimonies.publishing.hidden_names import HiddenName, true_name
from testimonies.tests import making

pytestmark = pytest.mark.django_db

NAME = "Айгүл Серікова"
FOUND = "The hidden name, or a form of it, stands in %s."


def a_hidden_testimony(words=making.WORDS, *, name=NAME, source=None, witness=None, **changes):
    """Words of a voice under a pseudonym, from a letter that nobody can look up."""
    source = source or making.a_source("Letter 7", kind=Source.Kind.LETTER, publisher="", language="ru")
    witness = witness or making.a_witness("Botagoz", described_as="a baker", naming=Witness.Naming.PSEUDONYM)
    Identity.objects.create(witness=witness, true_name=name)
    basis = making.a_basis(kind="spoken_consent", asked=True, date=date(2020, 1, 1))
    return making.a_testimony(words, source=source, witness=witness, basis=basis, **changes)


def found(testimony) -> list[tuple[str, str]]:
    return [(one.field, one.sentence) for one in true_name(testimony)]


def test_nothing_is_said_where_the_name_stands_nowhere():
    assert reasons_against(a_hidden_testimony()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Айгүл Серікова", "And then Aigul said: go."),
        ("Айгүл Серікова", "И тогда Айгуль сказала: иди."),
        ("Айгүл Серікова", "Ask Aigül about it."),
        ("Айгүл Серікова", "They wrote to Serikova."),
        ("Айгүл Серікова", "Они написали Сериковой."),
        ("Aigul Serikova", "Айгүлге жаздық."),
        ("Maržan", "They called Marzhan."),
        ("Maržan", "Маржан вышла."),
        ("Марат", "Мы ушли с Маратом."),
        ("Marat", "Маратқа жаздық."),
        ("Tamerlan", "Темирлан ушёл."),
        ("Ибрагим", "Ibrahim left with us."),
        ("Serikova, Aigul", "Our aigul."),
        ("Gulnara\nAyperi (former name)", "Айпери знает."),
        ("Li Bo", "We met Li Bo there."),
        ("李波", "我叫李波今年"),
        ("მარიამი", "და მარიამი წავიდა."),
        ("Aigul Serikova", "Write to @aigulserikova now."),
        ("O'Brien-Aliyeva", "Ms Alieva spoke."),
    ],
)
def test_a_name_is_found_in_any_script_and_with_any_ending(name, words):
    assert HiddenName(name).stands_in(words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Айгүл Серікова", making.WORDS),
        ("Marat", "They saw merit in it, and went to the market."),
        ("Aliya née Omarova, daughter of a teacher", "A teacher and a daughter stayed."),
        ("Li Bo", "We bought li and then something bo."),
        ("Aida", "We needed aid."),
    ],
)
def test_other_words_are_left_in_peace(name, words):
    assert not HiddenName(name).stands_in(words)


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/2021/10/aigul-serikova-speaks",
        "https://news.example/2021/aigulserikova",
        "https://news.example/%D0%90%D0%B9%D0%B3%D2%AF%D0%BB",
        "https://news.example/story?who=serikova",
        "https://aigul.example/",
        f"https://{'айгуль'.encode('idna').decode()}.example/",
        "https://news.example/Айгуль_интервью.jpg",
        "IMG_aygul_2021.jpeg",
    ],
)
def test_a_name_is_found_in_an_address(address):
    assert HiddenName("Айгүл Серікова\nАйгуль").stands_in_address(address)
    assert not HiddenName("Gulnara").stands_in_address(address)


def test_what_only_looks_like_the_name_can_be_let_through():
    assert HiddenName("Marat").stands_in("Merit decided.")
    assert not HiddenName("Marat", "merit").stands_in("Merit decided.")
    assert HiddenName("Marat", "merit").stands_in("Merit decided, said Marat.")
    assert HiddenName("Alma").stands_in("He was in Almaty.")
    assert not HiddenName("Alma", "Almaty").stands_in("Он был в Алматы.")
    assert not HiddenName("Alma", "Almaty").stands_in_address("https://news.example/Almaty")


def test_in_a_long_text_it_is_found_as_well():
    filler = "We shared the bread with them. " * 3_000
    assert HiddenName("Li Bo").stands_in(f"{filler} Here Li Bo came. {filler}")
    assert HiddenName("Aigul").stands_in(f"{filler} Айгуль, {filler}")
    assert not HiddenName("Li Bo\nAigul").stands_in(filler)


def picture_with_inscription(**inscriptions: str) -> Picture:
    picture = making.a_picture()
    name = next(one["name"] for one in picture.renditions if one["media_type"] == "image/jpeg")
    path = Path(default_storage.path(name))
    info = PngImagePlugin.PngInfo()
    for key, text in inscriptions.items():
        info.add_text(key, text)
    Image.new("RGB", (8, 8)).save(path, "PNG", pnginfo=info)
    return picture


def in_the_quote(one):
    one.segments.update_or_create(defaults={"text": "Aigul left."})


def in_the_introduction(one):
    one.segments.update_or_create(defaults={"introduction": "According to A. Serikova"})


def in_a_translation(one):
    Translation.objects.create(testimony=one, language="ru", text="Айгуль ушла.", by_machine=True)


def in_a_field(name):
    def put(one):
        setattr(one, name, "Told by Aigul.")
        one.save()

    return put


def in_a_tag(one):
    tag = making.a_tag("Bakers")
    TagNameForm.objects.create(record=tag, text="Айгүл", tag="kk", attested_in="the source")
    one.tags.set([tag])


def in_a_reason(one):
    TestimonyPlace.objects.create(
        testimony=one, place=making.a_place(), basis="inferred", basis_reason="Aigul lives there"
    )


def in_the_pseudonym(one):
    one.witness.name = "Aigul S."
    one.witness.save()


def in_a_form_of_the_pseudonym(one):
    WitnessNameForm.objects.create(record=one.witness, text="Айгуль", tag="ru", attested_in="the source")


def in_the_description(one):
    one.witness.described_as = "the sister of Serikova"
    one.witness.save()


def in_the_collection(one):
    one.collection = Collection.objects.create(name="Letters to Aigul")
    one.save()


def in_the_basis(one):
    one.basis.statement = "Aigul agreed."
    one.basis.save()


def in_the_source(**changes):
    def put(one):
        for name, value in changes.items():
            setattr(one.source, name, value)
        one.source.save()

    return put


def in_the_snapshot(one):
    SourceSnapshot.objects.create(source=one.source, text="Пишет вам Айгуль.")


def in_the_byline(one):
    Contribution.objects.create(source=one.source, agent=Agent.objects.create(name="Aigul Serikova"))


def in_the_name_of_the_interviewer(one):
    agent = Agent.objects.create(name="Айгуль Серикова")
    TestimonyContribution.objects.create(testimony=one, agent=agent)


def in_a_description_of_the_scan(one):
    one.source.scan = making.a_picture(alternative_text="The letter of Aigul")
    one.source.save()


def in_the_file_of_the_scan(one):
    one.source.scan = picture_with_inscription(Author="Айгүл")
    one.source.save()


def in_the_name_of_a_file(one):
    one.source.scan = picture = making.a_picture()
    picture.renditions = [{**picture.renditions[0], "name": "aigulserikova-320.jpg"}]
    picture.save()
    one.source.save()


HELD = "the text that is held of the source, and so on the page that its address leads to"


@pytest.mark.parametrize(
    ("put", "field", "where"),
    [
        (in_the_quote, "segments", "the quoted words"),
        (in_the_introduction, "segments", "the reporter's phrase, or the note on the attribution"),
        (in_a_translation, "translations", "a translation, or the note on it"),
        (in_a_field("context_note"), "context_note", "the field “context note”"),
        (in_a_field("content_note"), "content_note", "the field “content note”"),
        (in_a_field("lineage"), "lineage", "the field “path of the words”"),
        (in_a_field("peculiarities"), "peculiarities", "the field “printed peculiarities”"),
        (in_a_field("rights_note"), "rights_note", "the field “note on rights”"),
        (in_a_field("rights_holder"), "rights_holder", "the field “rights holder”"),
        (in_a_field("locator"), "locator", "the field “where in the source”"),
        (in_a_field("editors_note"), "editors_note", "the field “editors' note”"),
        (in_a_field("spoken_basis_reason"), "spoken_basis_reason", "the field “reason”"),
        (in_a_tag, "tags", "a tag"),
        (in_a_reason, "placements", "the reason of a place"),
        (in_the_pseudonym, "witness", "the name or the description that readers are given"),
        (in_a_form_of_the_pseudonym, "witness", "the name or the description that readers are given"),
        (in_the_description, "witness", "the name or the description that readers are given"),
        (in_the_collection, "collection", "the collection"),
        (in_the_basis, "basis", "the basis for publication"),
        (in_the_source(title="A letter of Aigul"), "source", "the title of the source"),
        (in_the_source(selection_note="Serikova wrote more"), "source", "what is said about the source"),
        (in_the_source(url="https://news.example/aigul"), "source", "the address of the source"),
        (in_the_source(archived_url="https://news.example/aigul"), "source", "the address of the source"),
        (in_the_name_of_the_interviewer, "contributions", "the name of somebody who contributed"),
        (in_the_byline, "source", "what is said about the source"),
        (in_the_snapshot, "source_withheld", HELD),
        (in_a_description_of_the_scan, "source", "the description of a picture"),
        (in_the_file_of_the_scan, "source", "a picture's file, beside the pixels"),
        (in_the_name_of_a_file, "source", "the name of a picture's file"),
    ],
)
def test_a_name_in_any_field_is_a_reason_that_names_the_field_and_not_the_name(put, field, where):
    testimony = a_hidden_testimony()
    put(testimony)
    testimony.refresh_from_db()
    assert found(testimony) == [(field, FOUND % where)]
    refusals = reasons_against(testimony)
    assert refusals
    said = " ".join(str(one) for one in refusals).casefold()
    assert not any(word in said for word in ("aigul", "serikova", "айгүл", "айгуль", "серікова"))
    with pytest.raises(NotPublishable) as refused:
        publish(testimony, by=None)
    assert "aigul" not in str(refused.value).casefold()


def test_a_byline_that_shares_a_first_name_is_no_leak():
    testimony = a_hidden_testimony()
    Contribution.objects.create(source=testimony.source, agent=Agent.objects.create(name="Aigul Omarova"))
    assert reasons_against(testimony) == []


def test_of_a_source_that_is_withheld_readers_learn_nothing():
    testimony = a_hidden_testimony(source_withheld=True)
    in_the_source(title="A letter of Aigul", url="https://news.example/aigul")(testimony)
    in_the_snapshot(testimony)
    assert found(testimony) == []


def test_a_name_that_is_not_hidden_is_not_looked_for():
    witness = making.a_witness("Aigul", naming=Witness.Naming.NAMED_IN_SOURCE)
    testimony = a_hidden_testimony("Aigul left.", witness=witness)
    assert found(testimony) == []


def test_an_anonymous_witness_is_protected_like_a_pseudonym():
    witness = making.a_witness("A voice", described_as="", naming=Witness.Naming.ANONYMOUS_BY_REQUEST)
    assert found(a_hidden_testimony("Aigul left.", witness=witness)) == [("segments", FOUND % "the quoted words")]


def test_a_name_that_cannot_be_decrypted_closes_the_gate(settings):
    testimony = a_hidden_testimony()
    settings.FIELD_ENCRYPTION_KEYS = ["oTq1dk2oOTyNOrLyhLQV8ZeaqzV3P3d9EHVgHLDL0jM="]
    encryption._ready.cache_clear()
    assert [one.sentence for one in reasons_against(testimony)] == [
        "The hidden name cannot be read, so it was not looked for. Ask the operator."
    ]


def test_what_no_place_thought_of_is_found_in_the_record_at_last(monkeypatch):
    testimony = a_hidden_testimony(places=[making.a_place("Serikova")])
    assert found(testimony) == []
    assert [one.sentence for one in reasons_against(testimony)] == [
        "The hidden name, or a form of it, would be published (places)."
    ]


def test_the_name_itself_is_shown_by_nothing():
    assert "igul" not in repr(HiddenName("Aigul"))
    assert bool(HiddenName("Aigul"))
    assert not HiddenName(" \n, -")


def test_a_photographs_author_does_not_survive_the_upload():
    file = BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Aigul Serikova"
    Image.new("RGB", (40, 30)).save(file, "JPEG", exif=exif, comment=b"Aigul")
    picture = Picture.from_upload(file.getvalue(), alternative_text="A field.")
    assert HiddenName(NAME).stands_in(" ".join(inscribed(file)))
    assert not HiddenName(NAME).stands_in(" ".join(picture.inscriptions()))


def inscribed(file: BytesIO) -> list[str]:
    file.seek(0)
    return list(pictures.inscriptions(file))
