"""Finding records on the desk: in any script and letter case, told apart where they share a name."""

import pytest

from testimonies.tests import making


def choices(client, field: str, term: str, model: str = "testimony") -> list[str]:
    """The records that are offered; making a new one is offered beside them."""
    asked = {"app_label": "testimonies", "model_name": model, "field_name": field, "term": term}
    offered = [one["text"] for one in client.get("/admin/autocomplete/", asked).json()["results"]]
    return [text for text in offered if not text.startswith("New: ")]


def test_a_name_is_found_in_other_letters_and_cases(contributor):
    place = making.a_place("Қарағанды")
    place.forms.create(text="Karaganda", tag="en", attested_in="general knowledge")
    assert [choices(contributor, "place", term, "testimonyplace") for term in ("ҚАРАҒАНДЫ", "KARAGANDA", "karag")] == [
        ["Қарағанды · city"]
    ] * 3


def test_records_of_one_name_are_told_apart(contributor):
    making.a_witness("Aibek", described_as="Aibek the baker")
    making.a_witness("Aibek", described_as="Aibek from Osh")
    assert sorted(choices(contributor, "witness", "aibek")) == ["Aibek · Aibek from Osh", "Aibek · Aibek the baker"]
    kazakhstan, poland = (making.a_place(name, kind="country") for name in ("Kazakhstan", "Poland"))
    for parent in (kazakhstan, poland):
        making.a_place("Aksay", parent=parent)
    assert sorted(choices(contributor, "place", "aksay", "testimonyplace")) == [
        "Aksay · city, Kazakhstan",
        "Aksay · city, Poland",
    ]


def test_bases_and_tags_are_found(contributor):
    making.a_basis(label="Өрік: printed already")
    making.a_tag("Bread")
    assert choices(contributor, "basis", "өрік PRINTED") == ["Өрік: printed already"]
    assert choices(contributor, "tag", "bread", "testimonytag") == ["Bread"]


def test_a_permalink_or_identifier_finds_its_testimony(contributor):
    publication = making.published()
    making.published("Other words.")
    for term in (publication.identifier, f"https://archive.example/testimonies/{publication.identifier.upper()}/"):
        found = contributor.get("/admin/testimonies/testimony/", {"q": term}).context["cl"].result_list
        assert [one.publication for one in found] == [publication]


def test_a_testimony_is_found_by_its_voice_and_source(contributor):
    making.a_testimony(witness=making.a_witness("Өмірбек"), source=making.a_source("Нан туралы"))
    for term in ("ӨМІРБЕК", "нан", "Өмірбек нан"):
        assert contributor.get("/admin/testimonies/testimony/", {"q": term}).context["cl"].result_count == 1


@pytest.mark.parametrize("asked", ["q=%00", "q=" + "x" * 3000, "p=0", "p=1000000000", "p=x", "o=99.-5", "q=!!!", "e=1"])
def test_no_question_breaks_a_list(editor, asked):
    assert editor.get(f"/admin/testimonies/testimony/?{asked}").status_code in (200, 302, 400)
