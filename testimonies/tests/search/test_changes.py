"""Names that followed the log are those that are read from nothing, whatever was done."""

from typing import Any

import pytest

from testimonies import publishing
from testimonies.models.public import LogHead
from testimonies.search import layers, names
from testimonies.search.layers import Layers, held_records
from testimonies.search.names import KINDS, Names
from testimonies.search.spellings import ways_to_read
from testimonies.tests import making
from testimonies.tests.making import a_place, a_tag, a_witness, published

from .series import NAMES, Series

pytestmark = pytest.mark.django_db

ASKED = [*NAMES, "osh", "k", "кар", "Bishkek nar", "1", "2", "courier", "The Steppe", "Bread", "dry"]


def everything(held: Names) -> dict:
    """All that names answer."""
    found: dict[Any, Any] = {}
    for kind in KINDS:
        of_kind = held.of(kind)
        found[kind, "records"] = held_records(of_kind)
        found[kind, "keys"] = list(of_kind.keys)
        found[kind, "under"] = {key: list(of_kind.under(key)) for key in of_kind.keys}
        for typed in ASKED:
            found[kind, "starting", typed] = held.starting(typed, [kind], 5)
            found[kind, "matching", typed] = held.matching(typed, [kind])
            for words in ways_to_read(typed):
                found[kind, "alike", typed] = of_kind.alike(words, 5)
    return found


@pytest.mark.parametrize(("seed", "few"), [(10, 0), (11, 3), (12, 500), (13, 500)])
def test_following_the_log_gives_what_reading_from_nothing_gives(seed, few, monkeypatch):
    monkeypatch.setattr(layers, "FEW", few)
    series = Series(seed)
    followed = names.current()
    everything(followed)
    layered = most = 0
    for number in range(40):
        series.step()
        if number % 4 == 3:
            continue  # several acts at once
        followed = names.current()
        layered += any(isinstance(followed._kinds.get(kind), Layers) for kind in KINDS)
        most = max(most, len(held_records(followed.of("witness"))))
        assert everything(followed) == everything(Names()), series.said
    assert bool(layered) == bool(few)
    assert most > 1


@pytest.fixture
def known():
    """Names that were read whole at the log's state."""
    published(witness=a_witness("Maržan"), places=[a_place("Osh")], tags=[a_tag("Bread")])
    found = names.current()
    for kind in KINDS:
        found.of(kind)
    return found


def read(monkeypatch) -> list[str]:
    """The kinds that are read from nothing from now on."""
    found = []

    def counted(reader):
        def reads(kind, addresses=None):
            found.extend([kind] if addresses is None else [])
            return reader(kind, addresses)

        return reads

    readers = {kind: counted(reader) for kind, reader in names.READERS.items()}
    monkeypatch.setattr(names, "READERS", readers)
    return found


def test_what_did_not_change_is_taken_over(known, monkeypatch):
    monkeypatch.setattr(known, "_readers", names.READERS)
    published(witness=a_witness("Umaj"), places=[a_place("Naryn")])
    later = names.current()
    assert later is not known
    assert later.of("tag") is known.of("tag")
    assert [one.name for one in later.starting("u")] == ["Umaj"]
    assert known.starting("u") == []  # who holds them still reads what they were


@pytest.mark.parametrize("what", ["epoch", "at", "back", "many"])
def test_another_log_is_read_from_nothing(known, monkeypatch, what):
    found = read(monkeypatch)
    head = LogHead.objects.get()
    if what == "epoch":
        LogHead.objects.update(epoch="fedcba9876543210", number=head.number + 1)
    elif what == "at":
        names._state = (((head.number, head.epoch, "another time"), names._state[0][1]), known)
        published()
    elif what == "back":
        LogHead.objects.update(number=0)
    else:
        monkeypatch.setattr(names, "MOST", 0)
        published()
    names.current().of("tag")
    assert found == ["tag"]


def test_a_withdrawn_voice_goes_with_what_it_alone_referred_to(known):
    publication = published(witness=a_witness("Umaj"), places=[a_place("Naryn", parent=a_place("Tengir"))])
    assert [one.name for one in names.current().starting("ten")] == ["Tengir"]
    publishing.withdraw(making.testimony_of(publication), reason="on_request")
    later = names.current()
    assert later.starting("ten") == later.starting("nar") == later.starting("uma") == []
    assert [one.name for one in later.starting("osh")] == ["Osh"]
