"""What a citation points at, however it is spelt."""

import pytest

from testimonies import identifiers
from testimonies.pointers import Pointer, find, read

ONE = "b123456" + identifiers.check_character("b123456")
SPELT = f"{ONE[:4].upper()}-{ONE[4:].upper()}"

# What is typed → edition and passage.
TYPED = {
    ONE: (None, None),
    ONE.upper(): (None, None),
    SPELT: (None, None),
    f"{ONE[:4]} {ONE[4:]}": (None, None),
    f" {ONE}. ": (None, None),
    f"({ONE})": (None, None),
    f"{ONE} ed. 2": (2, None),
    f"{ONE}, ed 2": (2, None),
    f"{ONE}, edition 2, p3": (2, 3),
    f"{SPELT} 2nd ed. p. 3": (2, 3),
    f"{ONE} v2 #p3": (2, 3),
    f"{ONE} version 2, passage 3": (2, 3),
    f"{ONE}#p3": (None, 3),
    f"{ONE} ¶3": (None, 3),
    f"testimony {ONE}": (None, None),
    f"{ONE}, изд. 2, фрагмент 3": (2, 3),
    f"ark:/99999/{ONE}": (None, None),
    f"ARK:99999/{SPELT}": (None, None),
    f"ark:/99999/{ONE}, edition 2, p3": (2, 3),
    f"https://archive.example/ark:/99999/{ONE}/": (None, None),
    f"https://n2t.net/ark%3A/99999/{ONE}?info": (None, None),
    f"/testimonies/{ONE}/": (None, None),
    f"testimonies/{ONE}": (None, None),
    f"archive.example/testimonies/{ONE}/#p3": (None, 3),
    f"www.archive.example:8000/testimonies/{SPELT}/editions/2/": (2, None),
    f"HTTPS://ARCHIVE.EXAMPLE/TESTIMONIES/{ONE}/EDITIONS/2/#P3": (2, 3),
    f"http://archive.example/testimonies/{ONE}/editions/2#p3)": (2, 3),
    f"/testimonies/{ONE}/cite/ris/?passage=p3&edition=2": (2, 3),
    f"<https://archive.example/testimonies/{ONE}/>": (None, None),
    f"Aibek, quoted in “Bread”. Archive, edition 2, 4 May 2026, passage p3. https://a.example/testimonies/{ONE}/": (
        2,
        3,
    ),
}


@pytest.mark.parametrize("typed", TYPED)
def test_a_citation_is_read_however_it_is_spelt(typed):
    found = read(typed, naan="99999")
    assert found is not None
    assert (found.kind, found.name, found.edition, found.passage) == ("testimony", ONE, *TYPED[typed])


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "bread",
        "edition 2",
        "p3",
        "#p3",
        f"{ONE} bread",
        f"bread {ONE} and salt",
        ONE[:-1],
        f"{ONE}x",
        f"ark:/12345/{ONE}",
        "/testimonies/",
        "testimonies/bcdfghjk/",
        "http://[/testimonies/",
        "%%%%/testimonies/%zz",
        "ark:" * 5000,
        "/" * 20_000,
        "a-" * 10_000,
    ],
)
def test_what_may_be_anything_else_is_none(typed):
    assert read(typed, naan="99999") is None


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        (f"/witnesses/{ONE}/", "witness", ONE),
        (f"archive.example/places/{ONE.upper()}", "place", ONE),
        ("https://archive.example/waves/the-dry-spring/", "wave", "the-dry-spring"),
        ("tags/bread", "tag", "bread"),
    ],
)
def test_records_of_other_kinds_are_found_by_their_addresses(typed, kind, name):
    found = read(typed, naan="99999")
    assert (found.kind, found.name) == (kind, name)


def test_an_address_says_where_in_the_text_it_stands():
    text = f"“We left.” https://archive.example/testimonies/{ONE}/#p3 (read today)"
    found = find(text, naan="99999")
    assert text[found.start : found.end] == f"https://archive.example/testimonies/{ONE}/#p3"
    assert found == Pointer("testimony", ONE, None, 3, found.start, found.end)


def test_nothing_is_counted_from_zero():
    assert read(f"{ONE} ed. 0", naan="99999").edition is None
