"""The canary test: what is not public is in no answer of the site, whatever is asked, and in nothing that search finds.

A word that stands nowhere else is put into every text of every table: into what is private of a published testimony,
into what it said before and what it will say next, into a draft with records of all kinds, and into testimonies that
were public and are not any more. Then a reader asks for everything that there is.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from PIL import Image

from archive.logs import JsonLines
from testimonies.citation.formats import FORMATS
from testimonies.dataset import standing, writing
from testimonies.models.editorial import Identity, IdentityAccess, QuoteSegment, Testimony, TestimonyPlace
from testimonies.models.public import (
    Edition,
    Identifier,
    LogHead,
    Picture,
    Place,
    Publication,
    Source,
    Witness,
    WitnessNameForm,
)
from testimonies.publishing import empty_edition, hide_name, merge, merge_testimonies, publish, unlist, withdraw
from testimonies.tests import making
from testimonies.tests.canary.crawl import Answer, addresses, ask, crawl, is_short, static_files, without_the_moment
from testimonies.tests.canary.story import Story
from testimonies.tests.canary.words import (
    MACHINE,
    OF_PEOPLE,
    PUBLIC,
    WITHOUT_US,
    Words,
    all_models,
    is_planted,
    machine_made,
    public,
    text_fields,
    unplanted,
)
from testimonies.tests.dataset.opened import everything
from testimonies.views.oai import METADATA_FORMATS

pytestmark = pytest.mark.django_db

# What happens to a story once it was read by everybody.
ENDS = ("unlisted", "withdrawn", "merged", "emptied", "overdue")


class Archive:
    """Everything that readers may see, and beside it everything that they may not."""

    def __init__(self) -> None:
        self.words, self.plain = Words(), Words(plain=True)
        self.draft = Story(self.words, "draft", publishable=False)
        self.shown = Story(self.words, "private or former", publishable=False)
        self.shown.say_plainly(self.plain)
        self.photograph = Picture.from_upload(a_photograph(), alternative_text="A green field.")
        witness = self.shown.first(Witness)
        witness.portrait = self.photograph
        witness.save()
        self.shown.publish("Nothing changed.")
        self.write_the_next_edition()
        self.drop_a_name_form()
        self.withhold()
        self.make_people()
        self.once_public = {stage: Story(self.words, stage, publishable=True) for stage in ENDS}
        for stage, story in self.once_public.items():
            story.publish(self.words.word(f"{stage}: Edition.change_note"))
        self.make_names()
        self.unplanted, self.bare = unplanted(), self.bare_fields()

    def bare_fields(self) -> list[str]:
        """The private fields of the published testimony, and of its records, that hold no canary."""
        return [
            f"{type(row).__name__}.{field.name}"
            for row in self.shown.rows
            for field in text_fields(type(row))
            if field.name not in (*public(type(row)), *machine_made(type(row)))
            and not is_planted(type(row)._base_manager.get(pk=row.pk), field)
        ]

    def write_the_next_edition(self) -> None:
        """What the editors have written since, and nobody has published yet."""
        for model in (Testimony, QuoteSegment, TestimonyPlace):
            row = self.shown.first(model)
            self.words.plant(row, "next")
            row.save()

    def drop_a_name_form(self) -> None:
        """A form of the name that readers could see until it was deleted."""
        form = WitnessNameForm(record=self.shown.first(Witness))
        self.words.plant(form, "dropped")
        form.save()
        form.delete()

    def withhold(self) -> None:
        """A testimony that readers may see, of which source, place, dates and event are withheld or coarser."""
        hidden = Story(self.words, "withheld", publishable=False)
        year = next(self.words.years)
        self.words.labels[str(year)] = "withheld: a date"
        hidden.source.language = "en"  # readers see that much, and the kind
        hidden.source.date = self.words.value(Source._meta.get_field("date"), "withheld: Source.date")
        hidden.source.save()
        self.withheld = making.published(
            source=hidden.source,
            source_withheld=True,
            basis=making.a_basis(kind="spoken_consent", asked=True, date="2020-01-01"),
            spoken=f"{year}-03-17",
            spoken_disclosure="withheld",
            happened=f"{year}-03-18",
            happened_public="13XX",
            happened_disclosure="coarser",
            happened_event=hidden.event,
        )
        testimony = making.testimony_of(self.withheld)
        land = making.a_place("Berkland", kind=Place.Kind.COUNTRY)
        hidden.country.refresh_from_db()
        for place, shown in ((hidden.place, None), (making.a_place("Aksay", parent=land), land)):
            TestimonyPlace.objects.create(
                testimony=testimony,
                place=place,
                public_place=shown,
                disclosure="coarser" if shown else "withheld",
                basis="inferred",
                basis_reason=self.words.word("withheld: TestimonyPlace.basis_reason"),
            )
        publish(testimony, by=None, known_to_differ=True)

    def make_people(self) -> None:
        """An editor, and what the desk keeps about one."""
        user = User()
        self.words.plant(user, "people")
        user.save()
        rows = [
            EmailAddress(user=user),
            LogEntry(user=user, action_flag=ADDITION, content_type=ContentType.objects.get_for_model(Testimony)),
            UserSession(user=user, ip="192.0.2.7"),
            Authenticator(user=user, type=Authenticator.Type.TOTP),
        ]
        identity = Identity.objects.get(witness=self.draft.witness)
        rows.append(IdentityAccess(identity=identity, by=user))
        for row in rows:
            self.words.plant(row, "people")
            row.save()

    def make_names(self) -> None:
        """A voice whose name is going to be hidden, and two that are going to be one."""
        names = [self.words.word(f"name: {number}") for number in range(3)]
        self.to_hide, self.to_merge = making.a_witness(names[0], described_as=names[1]), making.a_witness(names[2])
        consent = making.a_basis(kind="spoken_consent", asked=True, date="2020-01-01")
        recording = making.a_source("Recording 4", kind="interview", publisher="")
        for witness in (self.to_hide, self.to_merge):
            making.published(witness=witness, basis=consent, source=recording)
        first = making.published(f"{self.words.word('first edition: Passage.text')} we left.")
        self.corrected = making.corrected(first, "We left.")

    def end(self) -> None:
        """Let everything happen that takes words out of readers' sight."""
        told = {stage: Testimony.objects.get(pk=story.testimony.pk) for stage, story in self.once_public.items()}
        unlist(told["unlisted"])
        withdraw(told["withdrawn"], reason="on_request")
        merge_testimonies(told["merged"], into=self.shown.testimony)
        empty_edition(Edition.objects.get(publication=told["emptied"].publication))
        overdue = Publication.objects.filter(witness=self.once_public["overdue"].witness)
        overdue.update(review_on=making.yesterday())
        merge(self.to_merge, into=self.to_hide)
        hide_name(self.to_hide, name="A voice", naming=Witness.Naming.PSEUDONYM)
        empty_edition(self.corrected.editions.get(number=1))

    def secrets(self) -> set[str]:
        """What the machine made that no reader may learn: digests of what is closed, names of files, keys."""
        closed = Edition.objects.exclude(publication__in=Publication.objects.listed()).exclude(digest="")
        hidden = Picture.objects.exclude(pk__in=Picture.objects.listed())
        return {
            *closed.values_list("digest", flat=True),
            *hidden.values_list("name", flat=True),
            *LogHead.objects.values_list("epoch", flat=True),
            *settings.FIELD_ENCRYPTION_KEYS,
            settings.SECRET_KEY,
            str(settings.ARCHIVE_DATA),
            str(settings.BASE_DIR),
        }

    def starts(self) -> list[str]:
        """Every address that the site can answer, with every value that anybody could think of."""
        questions = [f"/testimonies/?{kind}={value}" for kind in KINDS.values() for value in self.values_of(kind)]
        questions += [
            f"/testimonies/?{name}={value}" for name in ("language", "year") for value in ("en", "1300", "no")
        ]
        return [*addresses(self.values), *questions, *self.harvests(), *static_files(), *FAULTS]

    def harvests(self) -> Iterator[str]:
        """What harvesters ask: everything in every format, and each record by its name."""
        yield from ("/oai?verb=Identify", "/oai?verb=ListSets")
        for one in METADATA_FORMATS:
            yield from (f"/oai?verb={verb}&metadataPrefix={one.prefix}" for verb in ("ListIdentifiers", "ListRecords"))
            for key in self.values_of("testimony"):
                yield f"/oai?verb=GetRecord&metadataPrefix={one.prefix}&identifier=oai:testserver:{key}"

    def values(self, route: str, name: str) -> list[str]:
        """What may stand in an address; raises KeyError for an argument that nobody has thought of yet.

        What has an identifier is asked for in every format, edition and passage. Of identifiers that nothing has, one
        of each kind is asked for in all of them: what they may give away is whatever else they are taken for.
        """
        if name in ("identifier", "slug"):
            kind = KINDS[route.removeprefix("/api/v1").split("/")[1].partition(":")[0]]
            is_alone = route.count("%(") == 1
            return [*self.held(kind), *(self.never_given(kind) if is_alone else self.never_given(kind)[-2:])]
        if route.startswith("/data/"):
            export = standing.held()
            return ["csv", "nothing", *(file.name for file in (export.files if export else ()))]
        if name == "name":
            return [one["name"] for picture in Picture.objects.all() for one in picture.renditions]
        return OTHER_VALUES[name]

    def values_of(self, kind: str) -> list[str]:
        """The addresses that records of a kind have or would have, and some that none has."""
        return [*self.held(kind), *self.never_given(kind)]

    def held(self, kind: str) -> list[str]:
        """The addresses that records of a kind have, and those that hidden ones would have."""
        hidden = [one.slug for one in (self.draft.tag, self.draft.wave)] if kind in ("tag", "wave") else []
        return [*self.ledger(kind), *hidden]

    def never_given(self, kind: str) -> list[str]:
        """Addresses that no record has: keys of the database, mistyped identifiers, and one that is no identifier."""
        mistyped = [key[:3] + key[4] + key[3] + key[5:] for key in self.ledger(kind)] if kind == "testimony" else []
        return ["1", "2", *mistyped, "zzzzzzzz"]

    def ledger(self, kind: str) -> list[str]:
        """The identifiers that were given to records of a kind."""
        return list(Identifier.objects.filter(kind=kind).order_by("pk").values_list("value", flat=True))


KINDS = {
    "testimonies": "testimony",
    "ark": "testimony",
    "witnesses": "witness",
    "places": "place",
    "sources": "source",
    "waves": "wave",
    "tags": "tag",
}
OTHER_VALUES = {
    "number": ["1", "2", "3"],
    "form": [*FORMATS, "no-format"],
    "suffix": ["", "/editions/1", "/p1"],
    "naan": [settings.ARCHIVE["naan"], "12345"],
    "passage": ["p1", "p2", "p9"],
    "app_label": ["testimonies"],
    "url": ["nowhere"],
    **{name: ["1", "2"] for name in ("object_id", "content_type_id", "key", "pk", "id")},
}
FAULTS = (
    "/nowhere",
    "/testimonies/?page=0",
    "/testimonies/?page=1000000000",
    "/testimonies/?q=%00",
    f"/testimonies/?q={'a' * 5000}",
    "/static/nothing.css",
    "/media/",
    "/media/nothing.jpg",
    "/private/",
    "/testimonies/../../etc/passwd",
    "//example.org/",
    "/.env",
    "/archive.sqlite3",
    "/var/archive.sqlite3",
)


@dataclass
class Readings:
    """What a reader got of the archive before and after words were taken out of sight; see `read`."""

    archive: Archive
    before: dict[str, Answer]
    after: dict[str, Answer]
    heads: dict[str, Answer]
    confirmed: list[str]
    log: list[str]
    secrets: set[str]
    taken: str


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield Path(settings.MEDIA_ROOT)


@pytest.fixture(scope="module")
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database in which transactions are committed, once for all tests of this module; then it is as before."""
    with django_db_blocker.unblock():
        rows = connection.creation.serialize_db_to_string()
        yield
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(rows)


@pytest.fixture(scope="module")
def archive(committed: None, media: Path) -> Archive:
    return Archive()


@pytest.fixture(scope="module")
def readings(archive: Archive) -> Readings:
    """Read everything, let everything happen, read everything again."""
    with written_to_the_log() as log:
        writing.write()
        before = crawl(archive.starts())
        archive.end()
        after = crawl([*before, *archive.starts()])
        # What an address asks for changes nothing about its head.
        heads = {
            one: ask(one, "HEAD") for one in after if not one.startswith(("/static/", "/admin/")) and "?" not in one
        }
    tags = {address: dict(answer.headers).get("ETag") for address, answer in before.items()}
    kept = {address: tag for address, tag in tags.items() if tag and not address.startswith("/static/")}
    asked = {address: ask(address, **{"If-None-Match": tag}) for address, tag in kept.items()}
    confirmed = [address for address, answer in asked.items() if answer.status == HTTPStatus.NOT_MODIFIED]
    taken = "\n".join(everything(writing.write()))
    return Readings(archive, before, after, heads, confirmed, log, archive.secrets(), taken)


@contextmanager
def written_to_the_log() -> Iterator[list[str]]:
    """The lines that the site writes to its log, as they are written."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonLines().format(record))

    handler = Keep()
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def escaped(readings: Readings, answers: dict[str, Answer]) -> dict[str, set[str]]:
    """The addresses whose answers hold a canary, with the fields that they come from."""
    found = {}
    for address, answer in answers.items():
        text = without_what_was_typed(address, answer.text)
        if labels := readings.archive.words.escaped(text, years=answer.media_type == "text/html"):
            found[address] = labels
    return found


def without_what_was_typed(address: str, text: str) -> str:
    """What the reader typed is the reader's own, in the answers that repeat it: as it is, or a week in words."""
    if "=" not in address:
        return text
    typed = address.rpartition("=")[2]
    year = typed.partition("-")[0] if "?week_" in address else typed
    return text.replace(typed, "…").replace(year, "…")


def test_every_private_field_has_its_canary(readings):
    assert readings.archive.unplanted == []


def test_every_private_field_of_what_is_shown_has_its_canary(readings):
    assert readings.archive.bare == []


def test_every_model_with_words_in_it_is_in_the_story(readings):
    told = {type(row) for row in readings.archive.draft.rows}
    ours = {model for model in all_models() if model._meta.app_label == "testimonies" and text_fields(model)}
    untold = {model.__name__ for model in ours - told if not model.__name__.startswith("Historical")}
    assert untold == {
        "CitingLetter",
        "CitingWork",
        "Edition",
        "Passage",
        "Publication",
        "PublicationEvent",
        "Identifier",
        "LogHead",
        "IdentityAccess",
        "WitnessNameKey",
    }


def test_the_tables_of_words_name_fields_that_exist():
    fields = {model.__name__: {field.name for field in text_fields(model)} for model in all_models()}
    for table in (PUBLIC, MACHINE):
        for model, names in table.items():
            assert set(names.split()) <= fields[model], model


def test_tables_of_the_frameworks_are_known():
    others = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label != "testimonies" and text_fields(model)
    }
    assert others == {*OF_PEOPLE, *WITHOUT_US}


def test_what_is_public_is_read_and_nothing_else(readings):
    """Otherwise the reader would find no canary because of going nowhere."""
    seen = {label.partition(":")[0] for labels in escaped(readings, readings.before).values() for label in labels}
    assert seen == {*ENDS, "name", "first edition"}


# What a page may show, and none does; or stands in for a value that is shown as it is.
ON_NO_PAGE = {
    "plain: Collection.description",
    "plain: PublicationBasis.scope",
    "plain: QuoteSegment.attribution_note",
    "plain: Testimony.happened_public",
    "plain: Testimony.spoken_public",
}


def test_every_public_word_is_read_somewhere(readings):
    pages = "\n".join(answer.text for answer in readings.after.values())
    unread = {label for word, label in readings.archive.plain.labels.items() if word not in pages}
    assert unread <= ON_NO_PAGE


def test_no_canary_is_in_any_answer(readings):
    assert escaped(readings, readings.after) == {}


def test_no_secret_of_the_machine_is_in_any_answer(readings):
    told = [
        (address, secret)
        for address, answer in readings.after.items()
        for secret in readings.secrets
        if secret in answer.text
    ]
    assert told == []


def test_no_canary_is_in_the_files_that_are_taken_away(readings):
    assert readings.archive.words.escaped(readings.taken, years=False) == set()
    assert readings.archive.withheld.identifier in readings.taken
    assert not [secret for secret in readings.secrets if secret in readings.taken]


def test_no_canary_is_in_the_log(readings):
    assert readings.archive.words.escaped("\n".join(readings.log), years=False) == set()
    assert len(readings.log) > len(readings.after) / 2


def test_nothing_is_broken(readings):
    # Files that hold words which are not public any more are not given out, until others are made.
    broken = {address: answer.status for address, answer in readings.after.items() if answer.status >= 500}
    assert {address: status for address, status in broken.items() if not address.startswith("/data/")} == {}
    assert set(broken.values()) == {HTTPStatus.SERVICE_UNAVAILABLE}


def test_nothing_leads_nowhere(readings):
    """Every link on a page that is shown leads to a page that is shown, or is led on to one.

    Feeds, TimeMaps and the headers of editions name what is gone too, so that whoever holds it learns so.
    """
    lost = {}
    for address, answer in readings.after.items():
        if answer.status == HTTPStatus.OK:
            in_sight = set(answer.on_the_page(address))
            for link in filter(is_short, answer.links(address)):
                status = readings.after[link].status
                if status >= 400 and (status != HTTPStatus.GONE or link in in_sight):
                    lost[link] = status
    assert lost == {}


def test_heads_tell_what_pages_tell(readings):
    for address, head in readings.heads.items():
        # The server leaves the body out, not the application.
        assert without_the_moment(head)[:2] == without_the_moment(readings.after[address])[:2], address


def test_copies_that_readers_hold_are_not_confirmed_once_the_words_are_gone(readings):
    assert readings.confirmed == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "OPTIONS", "PATCH"])
def test_other_methods_tell_nothing(readings, method):
    for address in (
        "/",
        f"/testimonies/{readings.archive.withheld.identifier}/",
        "/testimonies/",
        "/admin/",
        "/nowhere",
    ):
        answer = ask(address, method)
        assert readings.archive.words.escaped(answer.text) == set()
        assert 300 <= answer.status < 500 or (method, answer.status, answer.body) == ("OPTIONS", 204, b"")


@pytest.mark.parametrize(("path", "at_once"), [("/testimonies/", 10), ("/suggest/", 1), ("/api/v1/testimonies/", 10)])
def test_search_finds_no_canary(readings, path, at_once):
    canaries = [word for word in readings.archive.words.labels if not word.isdigit()]
    for first in range(0, len(canaries), at_once):
        some = canaries[first : first + at_once]
        never = [NEVER[:-1] + chr(ord("k") + number) for number in range(len(some))]
        assert any_of(path, some) == any_of(path, never), [readings.archive.words.labels[word] for word in some]


def any_of(path: str, words: Sequence[str]) -> tuple[int, str]:
    """Status and body of the answer to a question for any of the words, without these."""
    answer = ask(f"{path}?q={quote(' OR '.join(words))}")
    return answer.status, re.sub("|".join(words), "…", answer.body.decode())


@pytest.mark.parametrize("path", ["/testimonies/", "/suggest/", "/api/v1/testimonies/"])
@pytest.mark.parametrize("beginning", ["zq", "zqa", "ZQ", "*", "zq*", "z?", "%", "_", '"zq', "-zq", "zq OR a"])
def test_no_canary_is_found_by_its_beginning(readings, path, beginning):
    # Years mean nothing in data, where a record is told whole: that of a comparison is public, and on no page.
    years = not path.startswith("/api/")
    assert readings.archive.words.escaped(ask(f"{path}?q={quote(beginning)}").text, years=years) == set()


def test_a_hidden_record_answers_as_one_that_never_was(readings):
    draft = readings.archive.draft
    file = draft.picture.renditions[0]["name"]
    pairs = [
        (f"/tags/{draft.tag.slug}/", f"/tags/{NEVER}/"),
        (f"/waves/{draft.wave.slug}/", f"/waves/{NEVER}/"),
        (f"/pictures/{file}", f"/pictures/{'0' * len(file.partition('-')[0])}-{file.partition('-')[2]}"),
        (f"/testimonies/{draft.testimony.pk}/", "/testimonies/999999/"),
        *((f"/{kind}/{getattr(draft, name).pk}/", f"/{kind}/999999/") for kind, name in BY_KEY.items()),
        *(
            (f"/testimonies/?{name}={hidden}", f"/testimonies/?{name}={never}")
            for name, hidden, never in asked_of(draft)
        ),
    ]
    for hidden, never in pairs:
        for method in ("GET", "HEAD"):
            assert lines_in_which_they_differ((hidden, never), (ask(hidden, method), ask(never, method))) == []


NEVER = "zquuuuuu"
BY_KEY = {"witnesses": "witness", "places": "place", "sources": "source"}


def asked_of(draft: Story) -> list[tuple[str, Any, Any]]:
    """Questions for hidden values of facets, each beside a question for one that never was."""
    return [
        ("tag", draft.tag.slug, NEVER),
        ("wave", draft.wave.slug, NEVER),
        ("place", draft.place.pk, 999999),
        ("witness", draft.witness.pk, 999999),
        ("source", draft.source.pk, 999999),
        ("language", draft.testimony.language_printed, "en-x-never"),
        ("year", draft.testimony.spoken[:4], 1299),
    ]


def lines_in_which_they_differ(addresses: tuple[str, str], answers: tuple[Answer, Answer]) -> list[tuple[str, str]]:
    """Where two answers differ by more than what each request itself put into it."""
    one, other = (answer_without_its_address(answer) for answer in answers)
    own, others = (address.rstrip("/").replace("=", "/").rpartition("/")[2] for address in addresses)
    return [
        (line, another)
        for line, another in zip_longest(one, other, fillvalue="")
        if line != another and without(own, line) != without(others, another)
    ]


def without(own: str, line: str) -> str:
    """A line without what was asked for, which may look like a number of testimonies."""
    return re.sub(rf"(?<!\"count\">)\b{own}\b", "…", line)


def answer_without_its_address(answer: Answer) -> list[str]:
    """Status, headers and body in lines; the entity tag is a digest of the address too."""
    status, headers, body = without_the_moment(answer)
    return [str(status), *(f"{pair}" for pair in headers if pair[0] != "ETag"), *body.decode().splitlines()]


def test_a_picture_leaves_nothing_of_its_camera_or_its_file_name(readings, media):
    picture = readings.archive.photograph
    served = [readings.after[f"/pictures/{one['name']}"] for one in picture.renditions]
    assert {(answer.status, answer.media_type) for answer in served} == {(200, "image/avif"), (200, "image/jpeg")}
    traced = {address for address, answer in readings.after.items() if any(one in answer.body for one in TRACES)}
    assert not [address for address in traced if not address.startswith("/static/")]
    assert not [path for path in media.rglob("*") if any(trace in path.read_bytes() for trace in TRACES)]
    for answer in served:
        image = Image.open(BytesIO(answer.body))
        assert (dict(image.getexif()), image.info.get("xmp"), image.info.get("comment")) == ({}, None, None)


TRACES = (b"ZQDESCRIPTION", b"ZQARTIST", b"ZQFILENAME", b"ZQCOMMENT", "ZQTITLE".encode("utf-16-le"), b"Exif")


def a_photograph() -> BytesIO:
    """A JPEG that tells where it was taken, by whom and of what, under a name that tells it too."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x9C9B] = "ZQDESCRIPTION", "ZQARTIST", "ZQTITLE".encode("utf-16-le")
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 15.0, 9.0), 3: "E", 4: (76.0, 54.0, 41.0)})
    file = BytesIO()
    file.name = "ZQFILENAME.jpg"
    Image.new("RGB", (400, 300), "green").save(file, "JPEG", exif=exif, comment=b"ZQCOMMENT")
    assert all(trace in file.getvalue() for trace in TRACES if trace != b"ZQFILENAME")
    file.seek(0)
    return file
