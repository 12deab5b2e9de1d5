"""After an erasure the words are nowhere: in no table, no file, no index, no offer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection

from testimonies.folding import keys
from testimonies.models.editorial import Draft, Request, SourceSnapshot, Testimony, Translation
from testimonies.models.public import Publication
from testimonies.publishing import WrongState, empty_edition, erase, publish, withdraw
from testimonies.search import follow, names, near, suggest
from testimonies.search.parse import parse
from testimonies.tests.making import a_testimony, corrected, published
from testimonies.tests.making import testimony_of as its_testimony

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "obrekolina"  # every folding leaves it as it is
REASON = Publication.WithdrawalReason.ON_REQUEST


def holds(value: Any) -> bool:
    """Whether a value of a column, or the bytes of a file, hold the word in any letter case."""
    content = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    return WORD.encode() in content.lower()


def tables_with_the_word() -> set[str]:
    """Every column of every row of every table is looked at."""
    with connection.cursor() as cursor:
        found = set()
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            if any(holds(value) for row in cursor.fetchall() for value in row):
                found.add(table)
    return found


def files_with_the_word() -> set[str]:
    """Every byte of every file of this archive: database, index, caches, pictures, logs."""
    return {path.suffix or path.name for path in files() if holds(path.read_bytes())}


def files() -> Iterator[Path]:
    for root in {Path(settings.ARCHIVE_DATA), follow.place()}:
        yield from (path for path in root.rglob("*") if path.is_file())


@pytest.fixture
def publication(client):
    """The word is in every place that words get to, in two editions; readers have seen them and asked for it."""
    draft = a_testimony(f"We left {WORD} behind.\n\nNobody asked.", context_note=f"Of {WORD}.", locator=f"At {WORD}.")
    draft.editors_note = f"Is {WORD} a name?"
    draft.save()
    russian = {"language": "ru", "text": f"Мы {WORD} оставили.\n\nНикто.", "note": WORD, "by_machine": True}
    Translation.objects.create(testimony=draft, **russian)
    SourceSnapshot.objects.create(source=draft.source, text=f"He said: We left {WORD} behind.", taken="2021-10-02")
    first = publish(draft, by=None, note=f"Of {WORD}.", known_to_differ=True).publication
    corrected(first, f"We left {WORD} behind us.\n\nNobody asked.", f"{WORD.upper()} was misread.")
    published("We shared the bread.")
    for path in (f"/testimonies/{first.identifier}/", f"/testimonies/?q={WORD}", f"/suggest/?q={WORD}"):
        assert client.get(path).status_code == 200
    return first


def fields_with_the_word() -> set[str]:
    """Every term of the index is looked at: its files hold them folded into one another, so that no bytes tell."""
    searcher = follow.up_to_date().searcher
    fields = ("exact", "loose", "stem", "shape", "named_witness", "named_source")
    return {name for name in fields if any(holds(term) for term, _ in searcher.terms_with_prefix(name, ""))}


def doc_freq() -> int:
    return follow.up_to_date().searcher.doc_freq("exact", WORD)


def offered() -> list[str]:
    """What is offered to somebody who mistypes the word."""
    held = follow.up_to_date()
    typed = parse(WORD.replace("ko", "ka"))
    assert keys(WORD).exact == WORD
    return [
        one.text
        for one in suggest.offers(typed, names.current(), lambda: near.by_length(held.words()), WORD.__eq__, limit=20)
    ]


def test_the_word_is_found_everywhere_before(publication):
    assert {
        "testimonies_edition",
        "testimonies_passage",
        "testimonies_publication",
        "testimonies_quotesegment",
        "testimonies_historicalquotesegment",
        "testimonies_testimony",
        "testimonies_historicaltestimony",
        "testimonies_translation",
        "testimonies_historicaltranslation",
        "testimonies_sourcesnapshot",
    } <= tables_with_the_word()
    assert (connection.vendor == "sqlite") == (not {".sqlite3", ".sqlite3-wal"}.isdisjoint(files_with_the_word()))
    assert fields_with_the_word() >= {"exact", "loose"}
    assert doc_freq() == 1
    assert WORD in offered()


def test_after_an_erasure_it_is_nowhere(publication, client):
    erase(its_testimony(publication), reason=REASON)
    assert tables_with_the_word() == set()
    assert files_with_the_word() == set()
    assert fields_with_the_word() == set()
    assert doc_freq() == 0
    assert WORD not in offered()
    assert WORD not in client.get(f"/suggest/?q={WORD[:4]}").content.decode()
    assert client.get(f"/testimonies/{publication.identifier}/").status_code == 410


def test_emptied_editions_leave_it_with_the_editors_only(publication):
    for edition in publication.editions.all():
        empty_edition(edition)
    assert {table.removeprefix("testimonies_") for table in tables_with_the_word()} == {
        "quotesegment", "historicalquotesegment", "testimony", "historicaltestimony", "translation",
        "historicaltranslation", "sourcesnapshot",
    }  # fmt: skip
    assert files_with_the_word() <= {".sqlite3", ".sqlite3-wal"}
    assert doc_freq() == 0


def test_one_that_was_withdrawn_before_is_erased_too(publication):
    withdraw(its_testimony(publication), reason=REASON)
    assert tables_with_the_word()
    erase(its_testimony(publication), reason=REASON)
    assert tables_with_the_word() | files_with_the_word() == set()


def test_what_readers_never_met_is_not_erased():
    with pytest.raises(WrongState):
        erase(a_testimony(), reason=REASON)
    assert Testimony.objects.get().segments.exists()


def test_what_was_typed_and_not_saved_is_erased_with_it(publication, settings):
    testimony, editor = its_testimony(publication), User.objects.create_user("gulnara")
    former = f"We left {WORD} behind."
    for form, of, data in (
        ("its own", testimony, "locator=page+3"),
        ("another form", None, f"segments-0-text=He+said: {former}"),
        ("another voice", None, "segments-0-text=We shared the bread."),
    ):
        Draft.objects.create(editor=editor, form=form, testimony=of, data=data)
    erase(testimony, reason=REASON)
    assert [one.form for one in Draft.objects.all()] == ["another voice"]


def test_what_no_key_opens_any_more_is_erased_too(publication, settings):
    Draft.objects.create(editor=User.objects.create_user("gulnara"), form="lost", data="locator=page+3")
    asked = {"received_on": "2021-01-01", "due_on": "2021-02-01", "who": "her aunt", "ground": "She is afraid."}
    request = Request.objects.create(testimony=its_testimony(publication), decision="She may.", **asked)
    held = settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = ["A" * 43 + "="]
    erase(its_testimony(publication), reason=REASON)
    assert not Draft.objects.defer("data").exists()
    assert Request.objects.values_list("ground", "decision").get() == ("[…]", "[…]")
    settings.FIELD_ENCRYPTION_KEYS = held
    assert Request.objects.values_list("who").get(pk=request.pk) == ("her aunt",)
