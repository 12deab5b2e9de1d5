"""A desk full of work: something in every list and queue, for whoever looks at its pages."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from testimonies.exchange import running
from testimonies.models.editorial import (
    AccountEvent,
    Identity,
    IdentityAccess,
    ImportBatch,
    Request,
    Review,
    SourceSnapshot,
    Testimony,
    Translation,
)
from testimonies.models.public import Agent, Letter, Publication, today
from testimonies.publishing import merge, send_to_review
from testimonies.tests import making
from testimonies.tests.exchange.conftest import a_csv

WORDS = "We baked for the whole street and asked nobody for papers.\n\nThen the wind turned, and we were many."
LETTER = {"who": "her brother", "reply": "+7 700", "ground": "She is recognised in her street."}


class Desk:
    """Invented records, some of them waiting for `reader` and some for `other`."""

    def __init__(self, reader: Any, other: Any) -> None:
        self.reader, self.other = reader, other
        country = making.a_place("Kazakhstan", kind="country")
        self.place = making.a_place("Aksay", parent=country)
        self.place.forms.create(text="Ақсай", tag="kk-Cyrl", attested_in="general knowledge")
        self.wave, self.tag = making.a_wave(), making.a_tag("Bread")
        self.witness = making.a_witness("Maržan", naming="pseudonym")
        self.source = making.a_source(
            url="https://courier.example/2021/bread", selection_note="The picket line was left out."
        )
        self.source.contributions.create(agent=Agent.objects.create(name="Dana Berk"), role="author")
        SourceSnapshot.objects.create(source=self.source, text=f"Nobody slept. “{WORDS}” Then it rained.")
        self.publication = self.make_published()
        self.draft = self.make_draft()
        self.make_reviews()
        self.make_requests()
        self.identity = Identity.objects.create(witness=self.witness, true_name="Zerequl")
        IdentityAccess.objects.create(identity=self.identity, by=other, reason="To call her back.")
        AccountEvent.objects.create(what=AccountEvent.What.FAILED, account=other, times=3)
        self.import_batch = self.make_import()
        self.picture = making.a_picture()
        self.merged = making.a_tag("Loaves")
        merge(self.merged, into=self.tag, by=other)

    def make_published(self) -> Publication:
        """With two editions, a review date that is near, and words that were changed since."""
        fields: dict[str, Any] = {"source": self.source, "witness": making.a_witness("Aibek")}
        publication = making.published(
            WORDS,
            places=[self.place],
            waves=[self.wave],
            tags=[self.tag],
            review_on=today() + timedelta(days=9),
            **fields,
        )
        making.corrected(publication, WORDS.replace("many", "few"), "A slip was mended.")
        testimony = making.testimony_of(publication)
        Translation.objects.create(
            testimony=testimony, language="ru", text="Мы пекли на всю улицу.\n\nПотом ветер сменился.", by_machine=True
        )
        testimony.locator = "paragraph 4"
        testimony.save()
        return publication

    def make_draft(self) -> Testimony:
        """Of the reader, with nothing but a source and words."""
        draft = making.a_testimony(WORDS, source=self.source, witness=None, basis=None, author=self.reader)
        draft.spoken, draft.spoken_basis, draft.spoken_basis_reason = "2021-09", "inferred", "The harvest is named."
        draft.save()
        return draft

    def make_reviews(self) -> None:
        """One that waits for the reader, one of their own, one that came back."""
        waiting = making.a_testimony("We left by night.", author=self.other)
        send_to_review(waiting, by=self.other)
        Review.objects.update(asked_at=timezone.now() - timedelta(days=4))
        send_to_review(making.a_testimony("We stayed.", author=self.reader), by=self.reader)
        self.waiting = Testimony.objects.get(pk=waiting.pk)
        self.returned = making.a_testimony("We wrote letters.", author=self.reader)
        Review.objects.create(
            testimony=self.returned,
            asked_by=self.reader,
            state=Review.State.RETURNED,
            answered_by=self.other,
            answered_at=timezone.now(),
            remark="Who says that they wrote?",
            passage=1,
            passage_words="We wrote letters.",
        )

    def make_requests(self) -> None:
        """A letter that nobody took in, and a request that is overdue."""
        self.letter = Letter.objects.drop(asks="withdrawal", testimony=self.publication.identifier, **LETTER)
        self.request = Request.objects.create(
            testimony=making.testimony_of(self.publication),
            asks="restriction",
            received_on=today() - timedelta(days=31),
            due_on=today() - timedelta(days=1),
            who="her",
        )

    def make_import(self) -> ImportBatch:
        """A file of which two rows are in order and one is not."""
        good = {"source_title": "Bread and borders", "witness_name": "Aibek", "place_1": "Osh", "tags": "Bread"}
        data = a_csv(good, good | {"quote_1": "With a mark\u202e in it."}, good | {"spoken": "the day after"})
        batch = running.hand_in(data.encode(), called="voices.csv", form="csv", by=self.reader)
        running.step(batch)
        return batch
