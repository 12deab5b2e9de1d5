"""The further hiding of a name that readers have seen, and the forgetting of it by what editors see."""

import re

from django.contrib.admin.models import LogEntry
from django.db import models, transaction

from testimonies.models.editorial import Merge, QuoteSegment, Review, Testimony, Translation
from testimonies.models.public import Picture, Publication, Source, Witness

from .citing import forget_citing
from .discretion import public_words
from .gate import reasons_against
from .publish import NotPublishable, publish
from .withdrawal import empty_edition

GONE = "[…]"


@transaction.atomic
def hide_name(witness: Witness, *, name: str, naming: str) -> list[Testimony]:
    """Give a witness another name and take the old one out of everything that carries it.

    Every edition with words of the witness is emptied first, then each testimony that was listed and is not in review
    is published anew under the new name. Testimonies that the gate now refuses, or whose words and notes still carry
    the old name, stay hidden and are returned for an editor to mend.
    """
    testimonies = list(Testimony.objects.select_for_update(of=("self",)).filter(witness=witness).order_by("pk"))
    witness = Witness.objects.select_for_update(of=("self",), no_key=True).get(pk=witness.pk)
    shown = [one for one in testimonies if one.publication and one.publication.state == Publication.State.LISTED]
    lives = former_lives(witness)
    old_names = any_of(former_names(witness, lives) - {name})
    for edition in witness.editions().order_by("pk"):
        empty_edition(edition)
    rename(witness, name, naming, lives)
    held = [one.publication_id for one in testimonies if one.publication_id]
    forget_citing(Publication.objects.filter(pk__in=held), naming=old_names)
    for testimony in testimonies:
        testimony.refresh_from_db()
        testimony.save()  # its folded words hold the name
        forget_in_history(testimony, old_names)
    forget_in_admin_log(Witness, lives, str(witness))
    Merge.objects.all().delete()  # undoing one would bring words back
    for testimony in testimonies:
        forget_in_admin_log(Testimony, {testimony.pk}, str(testimony))
    return [testimony for testimony in shown if not publish_anew(testimony, old_names)]


def former_lives(witness: Witness) -> set[int]:
    """The keys of the witness and of the records that were merged into it, whose history is kept."""
    merged = Witness.history.filter(identifier__in=witness.addresses()).values_list("id", flat=True)
    gone = Witness.history.filter(name=witness.name).exclude(id__in=Witness.objects.values("id"))
    return {witness.pk, *merged, *gone.values_list("id", flat=True)}


def former_names(witness: Witness, lives: set[int]) -> set[str]:
    """Every name that the witness has or had."""
    forms = witness.forms.values_list("text", flat=True)
    return {witness.name, *forms, *Witness.history.filter(id__in=lives).values_list("name", flat=True)}


def any_of(names: set[str]) -> re.Pattern[str]:
    """Finds any of the names as whole words, in any letter case; finds nothing where there are none."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)", re.IGNORECASE)


def rename(witness: Witness, name: str, naming: str, lives: set[int]) -> None:
    """Let go of everything that the public knew of the voice, in the history too, which editors read."""
    portrait = witness.portrait
    witness.forms.all().delete()
    witness.name, witness.naming, witness.described_as, witness.note = name, naming, "", ""
    witness.portrait = None
    witness.save()
    Witness.history.filter(id__in=lives).update(
        name=name, naming=naming, described_as="", note="", portrait=None, history_change_reason=None
    )
    if portrait and not is_used(portrait):
        portrait.delete()


def is_used(picture: Picture) -> bool:
    """Whether another record shows the picture."""
    return Witness.objects.filter(portrait=picture).exists() or Source.objects.filter(scan=picture).exists()


def forget_in_history(testimony: Testimony, old_names: re.Pattern[str]) -> None:
    """Take the old names out of what the testimony and its words were before, and of what reviewers wrote."""
    for rows in (
        Testimony.history.filter(id=testimony.pk),
        QuoteSegment.history.filter(testimony_id=testimony.pk),
        Translation.history.filter(testimony_id=testimony.pk),
        Review.objects.filter(testimony=testimony),
    ):
        for row in rows:
            redact(row, old_names)


def redact(row: models.Model, old_names: re.Pattern[str]) -> None:
    """Put a mark in the place of the old names wherever the row holds them."""
    fields = [one for one in row._meta.concrete_fields if isinstance(one, models.CharField | models.TextField)]
    held = {field.attname: getattr(row, field.attname) or "" for field in fields}
    changed = {name: new for name, old in held.items() if (new := old_names.sub(GONE, old)) != old}
    for name, text in changed.items():
        setattr(row, name, text)
    if changed:
        row.save(update_fields=list(changed))


def forget_in_admin_log(model: type[models.Model], keys: set[int], label: str) -> None:
    """Take the old names out of the admin's list of recent actions, which quotes records as they were called."""
    LogEntry.objects.filter(
        content_type__app_label=model._meta.app_label,
        content_type__model=model._meta.model_name,
        object_id__in=[str(key) for key in keys],
    ).update(object_repr=label[:200], change_message="")


def publish_anew(testimony: Testimony, old_names: re.Pattern[str]) -> bool:
    """Publish the next edition if the gate allows it and it carries none of the old names.

    Words that differ from the copy of the source wait for an editor who says to know it.
    No second person is asked: nothing is told that was not told before, and the voice is hidden until then.
    """
    testimony.refresh_from_db()
    if testimony.status != Testimony.Status.UNLISTED or reasons_against(testimony):
        return False
    if old_names.search(public_words(testimony)):
        return False
    try:
        publish(testimony, by=None, protects=True)
    except NotPublishable:
        return False
    return True
