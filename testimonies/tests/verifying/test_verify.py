"""What the archive answers to what somebody pasted: a table of cases, each of the answers among them."""

import itertools
from dataclasses import dataclass

import pytest

from testimonies import identifiers
from testimonies.models.editorial import QuoteSegment, Translation
from testimonies.models.public import Publication
from testimonies.publishing import publish
from testimonies.tests import making
from testimonies.verifying import KINDS, LONGEST, Answer, verify
from testimonies.verifying.pasted import stretches

pytestmark = pytest.mark.django_db

NAAN = "99999"

BREAD = "We shared the bread at Aksay with Maržan, and nobody asked us for papers."
ROAD = "On the road a driver said: “Go back, there is nothing for you” – and yet we went on… until the morning."
FORMER = "Then the guard counted us twice and let the children pass."
LATTER = "Then the guard counted us three times and let the children pass."
TRANSLATED = "Мы делили хлеб в Аксае с Маржан, и никто не спрашивал у нас бумаг."
TRANSLATED_ROAD = "В дороге водитель сказал: «Возвращайтесь, вас там никто не ждёт», а мы всё ехали до утра."
TRANSLATED_FORMER = "Потом охранник пересчитал нас трижды и пропустил детей."
HIDDEN = "The grey horse stood by the well all winter and waited for my father."
WITHDRAWN = "My sister sold the blue carpet before the soldiers came to the market."
OVERDUE = "The teacher closed the school and took the globe home under her coat."
EMPTIED = "Our neighbour Zhibek hid two boys behind the bakery wall."
RETOLD = "A miller is said to have fed forty people from one sack of flour."
TWICE = "Everybody carried water from the river when the pipes had frozen."
INSERTED = "They [[the guards]] took our phones [[…]] and gave them back at dawn."


@dataclass
class Archive:
    """One testimony of two editions with a translation, and others beside it."""

    bread: Publication
    withdrawn: Publication
    unlisted: Publication
    overdue: Publication
    emptied: Publication
    merged: Publication
    retold: Publication
    twice: list[Publication]
    inserted: Publication

    def fill(self, text: str) -> str:
        """Put identifiers into a case."""
        return text.format(**{name: getattr(held, "identifier", "") for name, held in vars(self).items()}, naan=NAAN)


@pytest.fixture
def bread() -> Publication:
    """A testimony of two editions, the second with a translation."""
    first = making.published(f"{BREAD}\n\n{ROAD}\n\n{FORMER}")
    testimony = making.testimony_of(first)
    segment = testimony.segments.get()
    segment.text = f"{BREAD}\n\n{ROAD}\n\n{LATTER}"
    segment.save()
    QuoteSegment.objects.create(testimony=testimony, text="Nobody slept there that night.", joined_by="reporter")
    Translation.objects.create(
        testimony=testimony,
        language="ru",
        translated_from="en",
        by_machine=True,
        text=f"{TRANSLATED}\n\n{TRANSLATED_ROAD}\n\n{TRANSLATED_FORMER}\n\nНикто там не спал.",
    )
    return publish(testimony, by=None, note="A slip of the pen.").publication


@pytest.fixture
def archive(bread: Publication) -> Archive:
    return Archive(
        bread=bread,
        withdrawn=making.withdrawn(WITHDRAWN),
        unlisted=making.unlisted(HIDDEN),
        overdue=making.overdue(OVERDUE),
        emptied=making.emptied(making.corrected(making.published(EMPTIED), "Our neighbour hid two boys."), 1),
        merged=making.merged("We shared the bread at Aksay once more.", into=bread),
        retold=making.published(RETOLD, wording="paraphrase"),
        twice=[making.published(TWICE), making.published(TWICE)],
        inserted=making.published(INSERTED),
    )


# What is pasted → the kind of the answer, whose it is, edition and passages.
CASES: dict[str, tuple[str, str, int, tuple[int, ...]]] = {
    # Word for word, whatever programs and people do to signs
    BREAD: ("word_for_word", "bread", 2, (1,)),
    f"“{BREAD}”": ("word_for_word", "bread", 2, (1,)),
    f"«{BREAD[:-1]}»": ("word_for_word", "bread", 2, (1,)),
    "nobody asked us for papers": ("word_for_word", "bread", 2, (1,)),
    BREAD.upper(): ("word_for_word", "bread", 2, (1,)),
    BREAD.replace(" ", "\n"): ("word_for_word", "bread", 2, (1,)),
    BREAD.replace("papers", "pa-\npers").replace("shared", "sha\u00adred"): ("word_for_word", "bread", 2, (1,)),
    ROAD.replace("“", '"').replace("”", '"').replace("–", "-").replace("…", "..."): ("word_for_word", "bread", 2, (2,)),
    ROAD.replace("“", "„").replace("”", "“").replace(" – ", "—"): ("word_for_word", "bread", 2, (2,)),
    f"> {BREAD}\n> \n> {ROAD}": ("word_for_word", "bread", 2, (1, 2)),
    # Marked as left out or put in
    "We shared the bread at Aksay […] and nobody asked us for papers.": ("with_omissions", "bread", 2, (1,)),
    "We shared the bread … nobody asked us": ("with_omissions", "bread", 2, (1,)),
    "We shared the bread (...) until the morning": ("with_omissions", "bread", 2, (1, 2)),
    "We shared [all of] the bread at Aksay with Maržan": ("with_insertions", "bread", 2, (1,)),
    BREAD.replace("Maržan", "Marzhan"): ("word_for_word", "bread", 2, (1,)),
    BREAD.replace("Maržan", "Маржан"): ("word_for_word", "bread", 2, (1,)),
    BREAD.replace("Maržan", "Marz\u030can"): ("word_for_word", "bread", 2, (1,)),
    BREAD.replace("Aksay", "Ақсай"): ("word_for_word", "bread", 2, (1,)),
    "They took our phones […] and gave them back at dawn.": ("word_for_word", "inserted", 1, (1,)),
    "They [the guards] took our phones […] and gave them back": ("word_for_word", "inserted", 1, (1,)),
    # With what stands around a quotation
    f"{BREAD}\n— Maržan, Aksay": ("word_for_word", "bread", 2, (1,)),
    f"Маржан: {BREAD}": ("word_for_word", "bread", 2, (1,)),
    f"Maržan told the Steppe Courier, “{BREAD[:-1]},” and left it at that.": ("word_for_word", "bread", 2, (1,)),
    f"“{BREAD}” https://archive.example/testimonies/{{bread}}/editions/2/#p1": ("word_for_word", "bread", 2, (1,)),
    f"“{BREAD}” (ark:/{{naan}}/{{bread}}, ed. 1)": ("word_for_word", "bread", 1, (1,)),
    f"{FORMER} /testimonies/{{bread}}/editions/1/": ("word_for_word", "bread", 1, (3,)),
    TWICE: ("word_for_word", "twice", 1, (1,)),
    # The same words in another edition
    FORMER: ("other_edition", "bread", 1, (3,)),
    "the guard counted us twice": ("other_edition", "bread", 1, (3,)),
    f"{FORMER} /testimonies/{{bread}}/editions/2/": ("other_edition", "bread", 1, (3,)),
    f"{LATTER} /testimonies/{{bread}}/editions/1/": ("other_edition", "bread", 2, (4,)),
    # Altered
    BREAD.replace("nobody", "somebody"): ("altered", "bread", 2, (1,)),
    BREAD.replace("and nobody", "nobody"): ("altered", "bread", 2, (1,)),
    BREAD.replace("Maržan", "Marat"): ("altered", "bread", 2, (1,)),
    BREAD.replace("papers.", "papers or money."): ("altered", "bread", 2, (1,)),
    f"{LATTER} Nobody slept there that night.": ("altered", "bread", 2, (4, 5)),
    "They took our phones and gave them back at dawn.": ("altered", "inserted", 1, (1,)),
    # No quotation
    TRANSLATED: ("translation", "bread", 2, (6,)),
    TRANSLATED.replace("хлеб", "хлеб и соль"): ("translation", "bread", 2, (6,)),
    RETOLD: ("paraphrase", "retold", 1, (1,)),
    # Not held, hidden and gone alike
    "Nobody ever said a thing about elephants in this archive.": ("not_held", "", 0, ()),
    WITHDRAWN: ("not_held", "", 0, ()),
    HIDDEN: ("not_held", "", 0, ()),
    OVERDUE: ("not_held", "", 0, ()),
    "Our neighbour Zhibek hid": ("not_held", "", 0, ()),
    "the two and the of us for": ("not_held", "", 0, ()),
    "Мы": ("too_short", "", 0, ()),
    "": ("too_short", "", 0, ()),
    # Addresses and identifiers alone
    "{bread}": ("points", "bread", 2, ()),
    "{bread} ed. 1, p3": ("points", "bread", 1, (3,)),
    "https://archive.example/testimonies/{bread}/editions/1/#p3": ("points", "bread", 1, (3,)),
    "Aibek, quoted in “Bread and borders”, 2021, ark:/{naan}/{bread}, edition 2": ("not_held", "", 0, ()),
    "{merged}": ("points", "bread", 2, ()),
    "{withdrawn}": ("withdrawn", "withdrawn", 0, ()),
    f"“{WITHDRAWN}” ark:/{{naan}}/{{withdrawn}}": ("not_held", "", 0, ()),
    f"“{BREAD}” ark:/{{naan}}/{{withdrawn}}": ("word_for_word", "bread", 2, (1,)),
    "{unlisted}": ("under_review", "unlisted", 0, ()),
    "{overdue}": ("under_review", "overdue", 0, ()),
    "{emptied} ed. 1": ("emptied", "emptied", 1, ()),
    f"“{EMPTIED}” /testimonies/{{emptied}}/editions/1/": ("not_held", "", 0, ()),
    "https://evil.example/testimonies/{bread}/": ("foreign", "", 0, ()),
    "evil.example/testimonies/{bread}/": ("foreign", "", 0, ()),
    "https://archive.example/testimonies/b1234567/": ("no_such", "", 0, ()),
    "/testimonies/{bread} edition 1, passage 3": ("points", "bread", 1, (3,)),
    "https://n2t.example/ark:/{naan}/{bread}": ("points", "bread", 2, ()),
    "{bread} ed. 7": ("never_given", "bread", 0, ()),
    "b1234566": ("never_given", "", 0, ()),
}


def asked(pasted: str) -> Answer:
    return verify(pasted, naan=NAAN, hosts=["archive.example"])


def test_every_case_of_the_table_is_answered_rightly(archive):
    wrong = []
    for pasted, (kind, whose, edition, passages) in CASES.items():
        got = asked(archive.fill(pasted) if "{" in pasted else pasted)
        held = archive.twice if whose == "twice" else [getattr(archive, whose)] if whose else []
        place = (got.place.edition, got.place.passages) if got.place else (0, ())
        whose_it_is = not held or (got.place and got.place.identifier in [one.identifier for one in held])
        if (got.kind, *place) != (kind, edition, passages) or not whose_it_is:
            wrong.append((pasted, kind, edition, passages, "answered", got.kind, got.place))
    assert wrong == []
    # The same words in another testimony are told too.
    (other,) = asked(TWICE).elsewhere
    assert {other.identifier, asked(TWICE).place.identifier} == {one.identifier for one in archive.twice}
    # Hidden words are answered as words that never were.
    never = asked("The green camel slept by the lake all summer and longed for my mother.")
    assert [asked(words) for words in (WITHDRAWN, HIDDEN, OVERDUE, "Our neighbour Zhibek hid")] == [never] * 4


def test_the_table_is_long_and_every_answer_is_among_its_cases():
    assert len(CASES) > 60
    assert {kind for kind, *_rest in CASES.values()} == set(KINDS)


def test_what_differs_is_marked_on_both_sides(bread):
    got = asked(BREAD.replace("nobody", "somebody"))
    marked = [(run.kind, run.text.strip()) for run in got.runs if run.kind != "same"]
    assert marked == [("given", "somebody"), ("held", "nobody")]
    assert "".join(run.text for run in got.runs if run.kind != "given") == BREAD[:-1]
    # Words at an end are not taken for those of the next passage.
    got = asked(BREAD.replace("papers.", "papers or money."))
    assert [(run.kind, run.text.strip()) for run in got.runs if run.kind != "same"] == [("given", "or money")]
    got = asked(f"Believe me this. {ROAD}")
    assert [(run.kind, run.text.strip()) for run in got.runs if run.kind != "same"] == [("given", "Believe me this")]


def test_words_are_answered_for_whatever_address_stands_beside_them(bread):
    false = "Those who come are all thieves and never welcome among us"
    for address in (f"http://archive.example/testimonies/{bread.identifier}/", f"ark:/{NAAN}/{bread.identifier}"):
        got = asked(f"“{false}” {address}")
        assert (got.kind, got.place, got.address.kind) == ("not_held", None, "points")
    assert asked(f"“{BREAD}” /testimonies/{bread.identifier}/").address.kind == "points"
    gone = making.withdrawn(WITHDRAWN)
    got = asked(f"“{WITHDRAWN}” /testimonies/{gone.identifier}/")
    assert (got.kind, got.held, got.address.kind) == ("not_held", "", "withdrawn")


@pytest.mark.parametrize("mark", ["[…]", "[...]", "(…)", "…", "..."])
def test_what_an_omission_hides_is_shown(mark):
    making.published("Those who arrive are not refugees, they are not fleeing bombs, and we are not glad.")
    got = asked(f"those who arrive are {mark} refugees, they are {mark} fleeing bombs")
    assert got.kind == "with_omissions"
    assert [run.text.strip() for run in got.runs if run.kind == "held"] == ["not", "not"]
    assert not [run for run in got.runs if run.kind == "given"]


def test_what_the_archive_left_out_itself_is_no_omission_of_the_quotation():
    making.published(INSERTED)
    for words in (
        "our phones [...] and gave them back",
        "our phones … and gave them back",
        "our phones [[…]] and gave them back",
    ):
        assert asked(words).kind == "word_for_word", words


@pytest.mark.parametrize(
    "words", ["we are [not] glad of them", "we are [[not]] glad of them", "[No] we are glad of them"]
)
def test_words_put_in_are_never_passed_over(words):
    making.published("They came by night, we are glad of them.")
    got = asked(words)
    assert got.kind == "with_insertions"
    assert len([run for run in got.runs if run.kind == "given"]) == 1


def test_a_slip_in_an_identifier_is_no_address(monkeypatch):
    minted = (f"b0{number:05}" for number in itertools.count(23456))
    monkeypatch.setattr(identifiers, "mint", lambda *_: (stem := next(minted)) + identifiers.check_character(stem))
    right = making.published(BREAD).identifier
    for spelt in (right.replace("0", "o"), right[:-1] + ("1" if right[-1] != "1" else "2")):
        for text in (spelt, f"/testimonies/{spelt}/", f"“{BREAD}” ark:/{NAAN}/{spelt}"):
            got = asked(text)
            address = got.address or got
            assert (address.kind, [one.identifier for one in address.meant]) == ("no_such", [right]), text
    assert asked(f"{right[:4].upper()}-{right[4:]}").kind == "points"


def test_names_in_other_scripts_and_other_editions_are_told(bread):
    got = asked(BREAD.replace("Maržan", "Маржан"))
    assert (got.spellings, got.also, got.held) == ((("Маржан", "Maržan"),), (1,), BREAD)


def test_words_that_an_address_misplaces_are_found_where_they_are(bread):
    other = making.published("Somebody else said this.")
    got = asked(f"“{BREAD}” /testimonies/{other.identifier}/")
    assert (got.kind, got.place.identifier) == ("word_for_word", bread.identifier)
    assert got.cited.identifier == other.identifier


def test_words_that_were_taken_out_since_are_not_held_from_then_on(bread):
    assert asked(FORMER).kind == "other_edition"
    making.emptied(bread, 1)
    got = asked(FORMER)
    assert (got.kind, got.place.edition) == ("altered", 2)
    assert "twice" not in got.held


def test_an_answer_asks_the_database_as_often_for_many_editions_as_for_one(bread, django_assert_num_queries):
    asked(BREAD)
    with django_assert_num_queries(2):
        asked(BREAD)
    making.corrected(bread, f"{BREAD} It was so.\n\n{ROAD}\n\n{LATTER}")
    making.published(BREAD)
    asked(BREAD)
    with django_assert_num_queries(2):
        asked(BREAD)


def test_rubbish_is_not_held():
    for pasted in ("a " * LONGEST, "“" * LONGEST, "[" * LONGEST, "... " * LONGEST, "\x00\ud800 word of x", "%" * 99):
        assert asked(pasted).kind in ("not_held", "too_short")


def test_stretches_are_few_whatever_is_pasted():
    assert len(list(stretches("“one two three” " * 1000))) <= 3
    assert list(stretches("a: b")) == []
