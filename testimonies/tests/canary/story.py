"""A testimony with records of its own of every kind, with a word of ours in every text of them."""

from datetime import date
from io import BytesIO
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import models
from PIL import Image

from testimonies.models.editorial import (
    Draft,
    ExchangeKey,
    Identity,
    ImportBatch,
    ImportedRecord,
    ImportRow,
    Merge,
    PublicationBasis,
    QuoteSegment,
    Request,
    Review,
    SourceSnapshot,
    Testimony,
    TestimonyContribution,
    TestimonyPlace,
    TestimonyWave,
    Translation,
)
from testimonies.models.public import (
    Agent,
    CitingLetter,
    Collection,
    Contribution,
    Derivation,
    Event,
    Letter,
    Picture,
    Place,
    PlaceNameForm,
    Source,
    Tag,
    TagNameForm,
    Wave,
    WaveNameForm,
    Witness,
    WitnessNameForm,
)
from testimonies.publishing import accept_citing, publish
from testimonies.tests.canary.words import Words, public, text_fields

FORMS = {PlaceNameForm: "place", TagNameForm: "tag", WaveNameForm: "wave", WitnessNameForm: "witness"}


class Story:
    """Rows of every model, made in order; `rows` holds them by their model, the newest last."""

    def __init__(self, words: Words, stage: str, *, publishable: bool) -> None:
        self.words, self.stage, self.publishable = words, stage, publishable
        self.rows: list[models.Model] = []
        self.picture = self.keep(a_picture(words.word(f"{stage}: Picture.alternative_text")))
        self.picture.credit = words.word(f"{stage}: Picture.credit")
        self.picture.save()
        self.make_vocabularies()
        self.make_testimony()
        for model, name in FORMS.items():
            self.new(model, record=getattr(self, name), **self.valid(tag="und-Latn"))

    def valid(self, **fields: Any) -> dict[str, Any]:
        """Fields that have to make sense before the gate opens; otherwise they are planted like all others."""
        return fields if self.publishable else {}

    def new(self, model: Any, **fields: Any) -> Any:
        """A row with these fields, and a word of ours in every other text."""
        row = model(**fields)
        self.words.plant(row, self.stage, keep=tuple(fields))
        row._change_reason = self.words.word(f"{self.stage}: reason for a change of {model.__name__}")
        row.save()
        return self.keep(row)

    def keep(self, row: Any) -> Any:
        self.rows.append(row)
        return row

    def make_vocabularies(self) -> None:
        """Places, sources with all their parts, waves, events, a tag, a collection, a voice."""
        key = f"{self.stage}-{len(Wave.objects.all())}".lower().replace(" ", "-")
        plain = self.valid(language="en")
        self.agent = self.new(Agent)
        self.country = self.new(Place, kind=Place.Kind.COUNTRY)
        self.place = self.new(Place, parent=self.country, latitude=43, longitude=76, geonames=1)
        self.source = self.new(Source, kind=Source.Kind.INTERVIEW, scan=self.picture, **plain)
        self.other_source = self.new(Source, **plain)
        self.new(Contribution, source=self.source, agent=self.agent)
        self.new(Derivation, source=self.source, agent=self.agent, relation=Derivation.Relation.QUOTES)
        dated = dict.fromkeys(("begins_source", "ends_source", "attested_source"), self.other_source)
        self.wave = self.new(Wave, **dated, **self.valid(slug=f"wave-{key}"))
        self.event = self.new(Event, source=self.other_source, wave=self.wave, place=self.place)
        self.tag = self.new(Tag, **self.valid(slug=f"tag-{key}"))
        self.collection = self.new(Collection)
        self.witness = self.new(Witness, portrait=self.picture)

    def make_testimony(self) -> None:
        """The testimony with its parts, and what is private about it."""
        consent = {"kind": PublicationBasis.Kind.WRITTEN_CONSENT, "asked": True, "date": date(2020, 1, 1)}
        self.basis = self.new(PublicationBasis, **consent)
        document = self.words.word(f"{self.stage}: a document")
        self.basis.document.save(f"{document}.pdf", ContentFile(document.encode()))
        self.testimony = self.new(
            Testimony,
            source=self.source,
            witness=self.witness,
            collection=self.collection,
            basis=self.basis,
            happened_event=self.event,
            spoken_basis="inferred",
            happened_basis="inferred",
            **self.valid(language_printed="en", language_spoken="kk", may_be_featured=True, read_whole=True),
        )
        # Years are given out in their order, and words are printed after they were spoken.
        self.source.date = self.words.value(Source._meta.get_field("date"), f"{self.stage}: Source.date")
        self.source.save()
        self.new(QuoteSegment, testimony=self.testimony)
        languages = self.valid(language="ru", translated_from="en")
        self.new(Translation, testimony=self.testimony, translator=self.agent, **languages)
        inferred = {"testimony": self.testimony, "basis": "inferred"}
        self.new(TestimonyPlace, place=self.place, **inferred)
        self.new(TestimonyWave, wave=self.wave, **inferred)
        self.new(TestimonyContribution, testimony=self.testimony, agent=self.agent)
        self.testimony.tags.set([self.tag])
        self.new(SourceSnapshot, source=self.source)
        self.new(Identity, witness=self.witness)
        self.new(
            Request, testimony=self.testimony, asks="withdrawal", received_on=date(2021, 1, 1), due_on="2021-02-01"
        )

        said = {one: self.words.word(f"{self.stage}: letter, {one}") for one in ("testimony", "who", "reply", "ground")}
        self.keep(Letter.objects.drop(asks=Letter.Asks.WITHDRAWAL, **said))
        self.new(Review, testimony=self.testimony, state=Review.State.RETURNED)
        self.make_draft()
        self.make_import()

    def make_draft(self) -> None:
        """What an editor has typed since and not saved."""
        editor, _made = User.objects.get_or_create(username="the one who types")
        self.new(Draft, editor=editor, testimony=self.testimony)
        self.new(Merge, kind="witness", kept=self.witness.pk)

    def make_import(self) -> None:
        """The import that the testimony came with."""
        batch = self.new(ImportBatch, format="csv", state=ImportBatch.State.READY)
        word = self.words.word(f"{self.stage}: a file that was handed in")
        batch.file.save("upload", ContentFile(word.encode()))
        self.new(ImportRow, batch=batch, number=2, outcome=ImportRow.Outcome.CREATES, testimony=self.testimony)
        self.new(ImportedRecord, batch=batch, kind="source", record=self.source.pk)
        self.new(ExchangeKey, kind="testimony", testimony=self.testimony)

    def publish(self, note: str) -> None:
        """Publish it as it stands, and let somebody cite it."""
        self.testimony.refresh_from_db()
        publish(self.testimony, by=None, note=note, known_to_differ=True)
        self.testimony.refresh_from_db()
        names = ("reference", "address", "reply")
        said = {one: self.words.word(f"{self.stage}: letter on a citation, {one}") for one in names}
        letter = CitingLetter.objects.drop(self.testimony.publication, edition=1, passage=None, **said)
        if self.publishable:  # of the others readers go on reading what was accepted
            work = self.words.word(f"{self.stage}: CitingWork")
            shown = {"kind": "book", "year": 2020, "reference": work, "address": f"https://{work}.example/"}
            accept_citing(letter, edition=1, passage=None, **shown)

    def say_plainly(self, plain: Words) -> None:
        """Put other words into what readers may see; the first ones stay in the history, the private ones stay."""
        # Sources last: years are given out in their order, and words are printed after they were spoken.
        for row in sorted(self.rows, key=lambda one: isinstance(one, Source)):
            row.refresh_from_db()
            for field in text_fields(type(row)):
                if field.name in public(type(row)):
                    setattr(row, field.attname, plain.value(field, f"plain: {type(row).__name__}.{field.name}"))
            row.save()

    def first(self, model: Any) -> Any:
        """The first row of a model, as it is now."""
        row = next(row for row in self.rows if isinstance(row, model))
        row.refresh_from_db()
        return row


def a_picture(alternative_text: str) -> Picture:
    """A very small one."""
    file = BytesIO()
    Image.new("RGB", (8, 8), "green").save(file, "PNG")
    return Picture.from_upload(file.getvalue(), alternative_text=alternative_text)
