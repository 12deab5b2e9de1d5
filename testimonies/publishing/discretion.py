"""Discretion: reasons against publishing that lie in what the record gives away besides what it says.

The free text of the record is searched for names and days that readers are not to learn. It finds what stands there
as it is entered, in any script and with any ending, not what is hinted at: reading remains the editor's part.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from testimonies import dates
from testimonies.folding import fold_text
from testimonies.models.editorial import Disclosure, Testimony
from testimonies.models.public import Place, Source

from .projection import Record, project, rows, strings, unnumbered
from .refusal import Refusal


def hidden_name(testimony: Testimony) -> Iterator[Refusal]:
    """A hidden name is not given away by a face, by a link or by words that can be looked up."""
    witness, source = testimony.witness, testimony.source
    if not witness or not witness.name_is_hidden:
        return
    if witness.portrait_id:
        yield Refusal("witness", _("A portrait shows the person whose name is hidden: take it away."))
    if not source or not source.is_published:
        return
    if not testimony.source_withheld:
        yield Refusal("source_withheld", _("The source leads to the person whose name is hidden: withhold the source."))
    if testimony.wording == Testimony.Wording.VERBATIM:
        yield Refusal("wording", _("A search for these very words leads to the person: paraphrase openly."))


def coarser(testimony: Testimony) -> Iterator[Refusal]:
    """What readers see instead of a true place or date holds it, and is wider."""
    for placement in rows(testimony, "placements", "place__parent", "public_place"):
        if placement.disclosure == Disclosure.COARSER and placement.public_place not in placement.place.ancestors():
            yield Refusal(
                "placements",
                _("“%(shown)s” is not coarser than the true place: choose the region or country it lies in.")
                % {"shown": placement.public_place},
            )
    for kind in ("spoken", "happened"):
        true, shown = getattr(testimony, kind), getattr(testimony, f"{kind}_public")
        coarsened = getattr(testimony, f"{kind}_disclosure") == Disclosure.COARSER
        if coarsened and true and not is_wider(shown, true):
            yield Refusal(
                f"{kind}_public",
                _("“%(shown)s” is not coarser than the true date: choose a longer time in which it lies.")
                % {"shown": dates.words(shown)},
            )


def is_wider(shown: str, true: str) -> bool:
    """Whether one date holds another and more days than it; an open end holds every day."""
    outer, inner = dates.parse(shown), dates.parse(true)
    from_before = outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest)
    until_after = outer.latest is None or (inner.latest is not None and outer.latest >= inner.latest)
    same = (outer.earliest, outer.latest) == (inner.earliest, inner.latest)
    return from_before and until_after and not same


def source_of_a_value(testimony: Testimony) -> Iterator[Refusal]:
    """A source that is withheld is not named as the one from which a place, a wave or a date was taken."""
    if not testimony.source_withheld:
        return
    named = [
        testimony.spoken_basis_source_id,
        testimony.happened_basis_source_id,
        *(one.basis_source_id for one in testimony.placements.all()),
        *(one.basis_source_id for one in testimony.wave_mentions.all()),
    ]
    if testimony.source_id in named:
        yield Refusal("source_withheld", _("The source that you withhold is named as the other source of a value."))


def given_away(testimony: Testimony, record: Record) -> Iterator[Refusal]:
    """What is withheld stands nowhere in the words, the notes or the voice's description; asked last, of all else."""
    text = free_text(record)
    folded = fold_text(text)
    for place in hidden_places(testimony):
        if any(begins_a_word(name, folded) for name in place.names()):
            yield Refusal(
                "placements",
                _("“%(place)s” is not to be shown, but stands in the words, the notes or the voice's description.")
                % {"place": place},
            )
    for kind, day in hidden_days(testimony):
        if begins_a_word(day, folded):
            yield Refusal(
                kind,
                _("“%(day)s” is not to be shown, but stands in the words or the notes.") % {"day": day},
            )
    if testimony.source_withheld and testimony.source:
        for name in names_of(testimony.source):
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                yield Refusal(
                    "source_withheld",
                    _("The source is withheld, but “%(name)s” stands in the words or the notes.") % {"name": name},
                )


def public_words(testimony: Testimony) -> str:
    """All that readers would get in words, were it published as it stands."""
    return free_text(project(testimony, unnumbered))


def free_text(record: Record) -> str:
    """The words of a record. The places and dates themselves have their own rules."""
    values = [*record["places"], *(one for one in record["dates"].values() if one)]
    reasons = [value["basis"]["reason"] for value in values]
    source = [value for key, value in record["source"].items() if key not in ("date", "date_as_printed")]
    apart = ("places", "dates", "source", "quotation_check")
    rest = [value for key, value in record.items() if key not in apart]
    return "\n".join(strings([reasons, source, rest]))


def hidden_places(testimony: Testimony) -> list[Place]:
    """The true places that readers do not see, in any relation."""
    placements = list(rows(testimony, "placements", "place"))
    shown = {one.place for one in placements if one.disclosure == Disclosure.EXACT}
    return [place for place in dict.fromkeys(one.place for one in placements) if place not in shown]


def hidden_days(testimony: Testimony) -> Iterator[tuple[str, str]]:
    """The true days that readers do not see, in words, with their kind; longer times are too common to look for."""
    for kind in ("spoken", "happened"):
        edtf, disclosure = getattr(testimony, kind), getattr(testimony, f"{kind}_disclosure")
        if edtf and disclosure != Disclosure.EXACT:
            known = dates.parse(edtf)
            if known.earliest and known.earliest == known.latest:
                yield kind, dates.words(known.earliest.isoformat())


def names_of(source: Source) -> list[str]:
    """What leads to a source."""
    agents = [one.agent.name for one in rows(source, "contributions", "agent")]
    agents += [one.agent.name for one in rows(source, "derivations", "agent") if one.agent]
    return [name for name in (source.title, source.publisher, source.url, source.archived_url, *agents) if name]


def begins_a_word(name: str, folded: str) -> bool:
    """Whether a name stands in folded text, with whatever ending, but not inside of another word."""
    key = fold_text(name)
    return bool(key) and f" {key}" in f" {folded}"
