"""Random series of what editors do: what follows the log is compared with what is made from nothing, after each act."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from testimonies import publishing
from testimonies.models.public import (
    Edition,
    Event,
    Place,
    PlaceNameForm,
    Publication,
    Source,
    Tag,
    TagNameForm,
    Wave,
    Witness,
    WitnessNameForm,
)
from testimonies.tests import making

WORDS = [
    "bread",
    "tea",
    "border",
    "winter",
    "train",
    "хлеб",
    "чай",
    "граница",
    "қала",
    "нан",
    "жол",
    "зима",
    "Osh",
    "Biškek",
    "road-side",
    "Karaganda",
    "сосед",
]
NAMES = [
    "Maržan",
    "Umaj",
    "Алина",
    "Temirlan",
    "Osh",
    "Qaraghandy",
    "Бишкек",
    "Ust-Kamenogorsk",
    "Naryn",
    "Ак-Суу",
    "Jalal-Abad",
    "Хабар",
    "Courier",
]
KINDS = (Witness, Place, Wave, Tag, Source)
FORMS: dict[Any, Any] = {Witness: WitnessNameForm, Place: PlaceNameForm, Tag: TagNameForm}
States = Publication.State
# What the site refuses with a sentence: nothing was done then.
REFUSALS = (publishing.NotPublishable, publishing.WrongState, ValueError, ValidationError)


class Series:
    """One series; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.made = 0
        self.said: list[str] = []

    def step(self) -> str:
        """Do something, or be refused; what it was."""
        act = self.chance.choice(ACTS)
        self.said.append(act.__name__)
        try:
            with transaction.atomic():
                act(self)
        except REFUSALS:
            self.said[-1] += " (refused)"
        return self.said[-1]

    def one_of(self, model: Any, **conditions: Any) -> Any:
        """Some record; refused where there is none."""
        found = list(model.objects.filter(**conditions).order_by("pk"))
        if not found:
            raise ValueError
        return self.chance.choice(found)

    def name(self) -> str:
        """A name, now and then one that another record has."""
        self.made += 1
        return f"{self.chance.choice(NAMES)} {self.chance.choice(NAMES)} {self.made}"

    def words(self) -> str:
        """A passage or two."""
        return "\n\n".join(
            " ".join(self.chance.choices(WORDS, k=self.chance.randint(3, 9))) for _ in range(self.chance.randint(1, 2))
        )

    def old_or_new(self, model: Any, make: Callable[[str], Any]) -> Any:
        """A record that is there, or one more."""
        return make(self.name()) if self.chance.random() < 0.4 or not model.objects.exists() else self.one_of(model)


def publish(series: Series) -> None:
    """A testimony, with records that may be new."""
    few = range(series.chance.randint(0, 2))
    making.published(
        series.words(),
        witness=series.old_or_new(Witness, making.a_witness),
        source=series.old_or_new(Source, making.a_source),
        places={series.old_or_new(Place, making.a_place) for _ in few},
        waves={series.old_or_new(Wave, making.a_wave) for _ in few},
        tags={series.old_or_new(Tag, making.a_tag) for _ in few},
        spoken=series.chance.choice(["", "2019", "2021-05", "2021-09-21"]),
        source_withheld=series.chance.random() < 0.2,
    )


def correct(series: Series) -> None:
    """Another edition: other words, and perhaps another voice, source or tags."""
    publication = series.one_of(Publication, state=States.LISTED)
    testimony = making.testimony_of(publication)
    if series.chance.random() < 0.5:
        testimony.witness = series.old_or_new(Witness, making.a_witness)
        testimony.source = series.old_or_new(Source, making.a_source)
        testimony.save()
        testimony.tags.set([series.old_or_new(Tag, making.a_tag)])
    making.corrected(publication, series.words())


def unlist(series: Series) -> None:
    """Hide for a review."""
    publishing.unlist(making.testimony_of(series.one_of(Publication, state=States.LISTED)))


def renew(series: Series) -> None:
    """Show again."""
    testimony = making.testimony_of(series.one_of(Publication, state=States.UNLISTED))
    publishing.renew(testimony, by=None, review_on=timezone.now().date() + timedelta(days=30))


def withdraw(series: Series) -> None:
    """Withdraw for good."""
    testimony = making.testimony_of(series.one_of(Publication, state__in=[States.LISTED, States.UNLISTED]))
    publishing.withdraw(testimony, reason=Publication.WithdrawalReason.ON_REQUEST)


def erase(series: Series) -> None:
    """Empty an edition."""
    publishing.empty_edition(series.one_of(Edition, emptied_at=None))


def merge_two_testimonies(series: Series) -> None:
    """Two entries of the same words."""
    given_up, into = (making.testimony_of(series.one_of(Publication, state=States.LISTED)) for _ in range(2))
    publishing.merge_testimonies(given_up, into=into)


def rename(series: Series) -> None:
    """Another name for a record of any kind."""
    record = series.one_of(series.chance.choice(KINDS))
    setattr(record, "title" if isinstance(record, Source) else "name", series.name())
    record.save()


def give_a_form(series: Series) -> None:
    """Another form of a name."""
    model = series.chance.choice(list(FORMS))
    fields = {"text": series.name(), "tag": "ru-Cyrl", "attested_in": "general knowledge"}
    FORMS[model].objects.create(record=series.one_of(model), **fields)


def take_a_form(series: Series) -> None:
    """One form fewer."""
    series.one_of(FORMS[series.chance.choice(list(FORMS))]).delete()


def move(series: Series) -> None:
    """A place lies in another one, or in none."""
    place = series.one_of(Place)
    place.parent = series.chance.choice([None, series.one_of(Place)])
    place.clean()
    place.save()


def merge_two_records(series: Series) -> None:
    """Two records of one kind become one."""
    model = series.chance.choice(KINDS)
    publishing.merge(series.one_of(model), into=series.one_of(model))


def hide_a_name(series: Series) -> None:
    """A voice gets another name, and its editions are emptied."""
    naming = Witness.Naming.PSEUDONYM
    publishing.hide_name(series.one_of(Witness), name=series.name(), naming=naming)


def date_a_wave(series: Series) -> None:
    """A wave begins by what some source says."""
    wave = series.one_of(Wave)
    wave.begins, wave.begins_source = series.chance.choice([("", None), ("2022-02-24", series.one_of(Source))])
    wave.save()


def mark_a_wave(series: Series) -> None:
    """An event somewhere marks a wave, or another one than before."""
    known = Event.objects.order_by("pk").first()
    event = known if known and series.chance.random() < 0.5 else Event(name=series.name(), date="2022-09-21")
    event.source, event.place, event.wave = (series.one_of(model) for model in (Source, Place, Wave))
    event.save()


ACTS: tuple[Callable[[Series], None], ...] = (
    *[publish] * 6, *[correct] * 3, unlist, renew, renew, withdraw, erase, merge_two_testimonies, *[rename] * 2,
    *[give_a_form] * 2, take_a_form, *[move] * 3, *[merge_two_records] * 2, hide_a_name, date_a_wave, mark_a_wave,
)  # fmt: skip
