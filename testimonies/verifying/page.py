"""An answer in words, as the page for verifying shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from testimonies import languages
from testimonies.reading import labels, quoted
from testimonies.reading.pieces import day
from testimonies.verifying import answer as kinds
from testimonies.verifying.answer import Answer, Place
from testimonies.verifying.comparing import Run


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the archive in a language; `label` says which they are."""

    label: str
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Where:
    """A link to a testimony, an edition (0: none is named) and its first passage ("p3")."""

    identifier: str
    edition: int
    passage: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer: a title, a sentence, where it leads, the words as held or what differs in them, and remarks."""

    kind: str
    title: str
    sentence: str
    where: Where | None = None
    words: tuple[Words, ...] = ()
    runs: tuple[Run, ...] = ()
    tag: str = ""
    notes: tuple[str, ...] = ()
    elsewhere: tuple[Where, ...] = ()
    meant: tuple[Where, ...] = ()
    has_history: bool = False
    address: Result | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyPage:
    """The form, and the answer to what was sent."""

    form: Any
    longest: int
    result: Result | None = None


def result_of(answer: Answer) -> Result:
    """Return an answer in words."""
    record = answer.record or {}
    is_of_words = bool(record) and answer.kind != kinds.POINTS
    of_some = (kinds.OTHER_EDITION, kinds.ALTERED, kinds.WITH_OMISSIONS, kinds.WITH_INSERTIONS)
    differs = answer.kind in of_some and (answer.current or 0) > 1
    return Result(
        kind=answer.kind,
        title=title(answer.kind),
        sentence=sentence(answer),
        where=where(answer.place, str(record.get("title", ""))) if answer.place else None,
        words=tuple(words(answer)),
        runs=answer.runs,
        tag=tag_of(answer) if record else "",
        notes=tuple(notes(answer) if is_of_words or answer.address else notes_on_address(answer)),
        elsewhere=tuple(where(place, "") for place in answer.elsewhere),
        meant=tuple(where(place, "") for place in answer.meant),
        has_history=differs,
        address=result_of(answer.address) if answer.address else None,
    )


def title(kind: str) -> str:
    """The answer in a few words."""
    return {
        kinds.WORD_FOR_WORD: _("Word for word"),
        kinds.WITH_OMISSIONS: _("With omissions"),
        kinds.WITH_INSERTIONS: _("With words put in"),
        kinds.OTHER_EDITION: _("The same words, in another edition"),
        kinds.ALTERED: _("Altered"),
        kinds.TRANSLATION: _("A translation, not the quoted words"),
        kinds.PARAPHRASE: _("Told by the archive, not quoted"),
        kinds.NOT_HELD: _("Not held"),
        kinds.TOO_SHORT: _("Too short to tell"),
        kinds.POINTS: _("Held"),
        kinds.WITHDRAWN: _("Withdrawn"),
        kinds.UNDER_REVIEW: _("Under review"),
        kinds.EMPTIED: _("An edition whose words were taken out"),
        kinds.NEVER_GIVEN: _("Not held"),
        kinds.NO_SUCH: _("No such address"),
        kinds.FOREIGN: _("Not an address of this archive"),
    }[kind]


def sentence(answer: Answer) -> str:
    """The answer in one sentence, and no more than the archive knows."""
    said = {
        kinds.WORD_FOR_WORD: _("These words stand in %(place)s, %(printed)s."),
        kinds.WITH_OMISSIONS: _(
            "These words stand in %(place)s, %(printed)s, but others stand between them. What is left out may change "
            "the sense. %(other)s"
        ),
        kinds.WITH_INSERTIONS: _(
            "These words stand in %(place)s, %(printed)s, but not those in brackets. What is put in may change the "
            "sense. %(other)s"
        ),
        kinds.OTHER_EDITION: _("These words stand in %(place)s, %(printed)s. %(other)s"),
        kinds.ALTERED: _("Most of these words stand in %(place)s, %(printed)s. Others differ."),
        kinds.TRANSLATION: _("These words stand in %(place)s, as a translation into %(language)s. %(translated)s"),
        kinds.PARAPHRASE: _(
            "These words stand in %(place)s. There the archive tells in words of its own what was said."
        ),
        kinds.NOT_HELD: _(
            "No edition that readers may see now holds these words, or most of them in their order. That does not say "
            "that nobody said or printed them."
        ),
        kinds.TOO_SHORT: _("Give three words of a quotation at least, or an address or identifier of this archive."),
        kinds.POINTS: _("This is the address of a testimony: %(place)s, published %(day)s."),
        kinds.WITHDRAWN: _(
            "This testimony was withdrawn on %(day)s. Reason: %(reason)s. The archive says nothing of its words."
        ),
        kinds.UNDER_REVIEW: _("This testimony is under review. The archive says nothing of its words for now."),
        kinds.EMPTIED: _("The words of edition %(edition)s were taken out on %(day)s and are not held any more."),
        kinds.NEVER_GIVEN: _("The archive has never given this identifier, or has no edition of this number."),
        kinds.NO_SUCH: (
            _("No testimony has this address. Another may be meant.")
            if answer.meant
            else _("No testimony has this address.")
        ),
        kinds.FOREIGN: _(
            "The archive answers for its own addresses alone. Paste the words too, to have them looked for."
        ),
    }[answer.kind]
    return (said % values(answer)).strip()


def values(answer: Answer) -> Mapping[str, Any]:
    """What sentences are filled with."""
    moment = answer.published_at or answer.on
    given: dict[str, Any] = {"day": day(moment).words if moment else "", "place": "", "edition": ""}
    given["reason"] = labels.withdrawal_reason(answer.reason) if answer.reason else ""
    if answer.place:
        given |= {"place": in_words(answer.place), "edition": answer.place.edition}
    if answer.record:
        given |= {"printed": printed(answer.record), "other": other_edition(answer)}
    if answer.translation and answer.record:
        by = [one.by for one in quoted.translations(answer.record) if one.language == answer.translation["language"]]
        given |= {"language": languages.name(answer.translation["language"]), "translated": " ".join(by)}
    return given


def in_words(place: Place) -> str:
    """Passages and edition: "passages 1 and 2 of edition 3"."""
    if not place.passages:
        return _("edition %(edition)s") % {"edition": place.edition}
    numbers = [str(number) for number in place.passages]
    listed = _(" and ").join([one for one in (", ".join(numbers[:-1]), numbers[-1]) if one])
    text = ngettext(
        "passage %(passages)s of edition %(edition)s", "passages %(passages)s of edition %(edition)s", len(numbers)
    )
    return text % {"passages": listed, "edition": place.edition}


def printed(record: Mapping[str, Any]) -> str:
    """How the words came into print, and in which language; nothing of how they were spoken."""
    source = record["source"]
    told = {"publisher": source["publisher"], "language": languages.name(record["language_printed"])}
    if source["kind"] == "interview":
        return (
            _("as recorded by %(publisher)s in %(language)s") if told["publisher"] else _("as recorded in %(language)s")
        ) % told
    return (
        _("as printed by %(publisher)s in %(language)s") if told["publisher"] else _("as printed in %(language)s")
    ) % told


def other_edition(answer: Answer) -> str:
    """What stands against the edition that was asked for, or the current one."""
    asked = answer.cited.edition if answer.cited and answer.cited.edition else 0
    if answer.place and answer.place.edition == (asked or answer.current):
        return ""
    if asked:
        # True also where the words of that edition were taken out.
        return _("Of edition %(edition)s, which you name, they are not held.") % {"edition": asked}
    return _("They do not stand in edition %(edition)s, the current one.") % {"edition": answer.current}


def where(place: Place, name: str) -> Where:
    """The link to where words stand."""
    passage = f"p{place.passages[0]}" if place.passages else ""
    return Where(place.identifier, place.edition, passage, name or place.identifier)


def tag_of(answer: Answer) -> str:
    """The language of the words that were found."""
    part = answer.translation or {"language": (answer.record or {}).get("language_printed", "")}
    return str(part["language"])


def words(answer: Answer) -> Iterator[Words]:
    """The words as the archive holds them; of a translation also those that were printed."""
    if answer.held and not answer.runs:
        yield Words(_("As the archive holds them"), answer.held, tag_of(answer))
    if answer.translation and answer.record and answer.place:
        of = {one["of"] for one in answer.translation["passages"] if int(one["id"][1:]) in answer.place.passages}
        said = [one for segment in answer.record["segments"] for one in segment["passages"] if one["id"] in of]
        yield Words(_("The quoted words"), "\n\n".join(one["text"] for one in said), answer.record["language_printed"])


def notes(answer: Answer) -> Iterator[str]:
    """What else is to be known of a match."""
    for given, held in answer.spellings:
        told = {"given": given, "held": held}
        yield _("A name is spelt otherwise: “%(given)s”, where the archive has “%(held)s”.") % told
    if answer.omits and answer.kind not in (kinds.WITH_OMISSIONS, kinds.WITH_INSERTIONS):
        yield _("What the quotation leaves out with a mark, or adds in brackets, may change the sense.")
    if answer.kind == kinds.NOT_HELD and answer.address:
        yield _("If there is no quotation beside the address, only a citation, only the address was to be looked up.")
    if answer.also:
        numbers = ", ".join(map(str, answer.also))
        text = ngettext(
            "The same words stand in edition %(n)s too.",
            "The same words stand in editions %(n)s too.",
            len(answer.also),
        )
        yield text % {"n": numbers}
    yield from misplaced(answer)
    if answer.record and answer.kind not in (kinds.TRANSLATION, kinds.PARAPHRASE):
        yield _("This tells how the words were printed, not that they were spoken so, nor in which language.")


def misplaced(answer: Answer) -> Iterator[str]:
    """Where an address beside the words names another place."""
    cited, place = answer.cited, answer.place
    if not cited or not place:
        return
    if cited.identifier != place.identifier:
        yield _("The address beside them leads to another testimony, which does not hold them.")
    elif cited.passages and cited.passages[0] not in place.passages:
        yield _("The address beside them names passage %(passage)s, where they do not stand.") % {
            "passage": cited.passages[0]
        }


def notes_on_address(answer: Answer) -> Iterator[str]:
    """What else is to be known of what an address leads to."""
    if answer.kind != kinds.POINTS or not answer.place:
        return
    if answer.place.passages and not answer.held:
        yield _("There is no such passage in this edition.")
    if answer.current and answer.current != answer.place.edition:
        yield _("The current edition is %(number)s.") % {"number": answer.current}
    yield _("This says nothing of any words. To learn whether words stand there, paste them too.")
