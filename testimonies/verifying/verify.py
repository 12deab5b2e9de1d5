"""verify(): whether the archive holds some words, word for word, and in which edition; or what an identifier names."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from testimonies import identifiers, pointers
from testimonies.models.public import Edition, Identifier, Publication
from testimonies.pointers import Pointer
from testimonies.search.holding import may_hold
from testimonies.verifying import answer as kinds
from testimonies.verifying.answer import Answer, Place
from testimonies.verifying.comparing import Compared, compare
from testimonies.verifying.pasted import FEWEST_WORDS, count_words, stretches
from testimonies.verifying.texts import of_publications

# Longer than any testimony that is quoted whole.
LONGEST = 20_000
MOST_ELSEWHERE = 5
# What is found of one stretch of a text counts beside what is found of another with so much of its letters.
MOST_OF_IT = 0.9
# An address of another site, where none of the archive's was found.
_OF_OTHERS = re.compile(r"\b(?:https?|ftp)://\S+|(?<!\S)[\w-]+(?:\.[\w-]+)+(?::\d+)?/\S*", re.IGNORECASE)


def verify(pasted: str, *, naan: str, hosts: Collection[str] | None = None) -> Answer:
    """Answer what was pasted: a quotation, a citation, an address or an identifier, or a quotation with its citation.

    The answer is of the words, wherever there are three; what stands at the address beside them is an answer by itself.
    Only words that the public may read now are compared, so that of all others the answer is the same as of words that
    never were. That something was withdrawn is said to its identifier alone. `hosts` are the archive's own (None: any).
    Reads 20,000 characters; raises `search.IndexBeingMade` where a large archive has no index yet.
    """
    text = pasted[:LONGEST]
    pointer = pointers.read(text, naan=naan, hosts=hosts) or pointers.misread(text, naan=naan, hosts=hosts)
    if pointer is None:
        words = of_words(_OF_OTHERS.sub("\n", text))
        return Answer(kind=kinds.FOREIGN) if is_too_short(words, text) and _OF_OTHERS.search(text) else words
    if pointer.kind != pointers.TESTIMONY:
        return of_words(text)
    publication = published(pointer.name) if pointer.is_as_printed else None
    address = of_address(pointer, publication)
    beside = without(text, pointer)
    is_readable = publication is not None and publication.is_listed
    words = of_words(beside, cited=pointer, publication=publication) if is_readable else of_words(beside)
    return address if is_too_short(words, beside) else replace(words, address=address)


def is_too_short(words: Answer, text: str) -> bool:
    """Whether there were no words to be looked for; the numbers of an edition and a passage are none."""
    if words.kind == kinds.NOT_HELD:
        return count_words(pointers.without_numbers(_OF_OTHERS.sub("\n", text))) < FEWEST_WORDS
    return words.kind == kinds.TOO_SHORT


def without(text: str, pointer: Pointer) -> str:
    """The text without the address that stands in it."""
    return f"{text[: pointer.start]}\n{text[pointer.end :]}".strip()


# What an identifier names


def published(identifier: str) -> Publication | None:
    """The publication of an identifier, or the one it was merged into; None where it was never given."""
    entry = Identifier.objects.find(Identifier.Kind.TESTIMONY, identifier)
    if entry is None:
        return None
    kept = entry.redirects_to or entry
    return Publication.objects.select_related("current_edition").filter(identifier=kept.value).first()


def of_address(pointer: Pointer, publication: Publication | None) -> Answer:
    """What is said of an address or an identifier by itself."""
    if not (pointer.is_as_printed and identifiers.is_wellformed(pointer.name)):
        return of_slip(pointer)
    if publication is None:
        return Answer(kind=kinds.NEVER_GIVEN)
    return of_pointer(publication, pointer) if publication.is_listed else of_hidden(publication)


def of_slip(pointer: Pointer) -> Answer:
    """What is said of an identifier that is none, with those of listed testimonies that are a slip away."""
    is_wellformed = identifiers.is_wellformed(pointer.name)
    meant = [pointer.name] if is_wellformed else identifiers.candidates(pointer.name)
    listed = Publication.objects.listed().filter(identifier__in=meant).order_by("identifier")
    places = tuple(Place(one, 0) for one in listed.values_list("identifier", flat=True))
    return Answer(kind=kinds.NO_SUCH, meant=places)


def of_hidden(publication: Publication) -> Answer:
    """What is said of an identifier whose words are not public: what its permalink says."""
    if publication.is_withdrawn:
        return Answer(
            kind=kinds.WITHDRAWN,
            place=Place(publication.identifier, 0),
            on=publication.withdrawn_at,
            reason=publication.withdrawal_reason,
        )
    return Answer(kind=kinds.UNDER_REVIEW, place=Place(publication.identifier, 0))


def of_pointer(publication: Publication, pointer: Pointer) -> Answer:
    """What an identifier leads to: the edition and the passage that it names, or the current edition."""
    current = publication.current_edition
    number = pointer.edition or (current.number if current else 0)
    edition = publication.editions.filter(number=number).first()
    cited = cited_place(publication, pointer)
    if edition is None:
        return Answer(kind=kinds.NEVER_GIVEN, place=Place(publication.identifier, 0), cited=cited)
    if edition.is_emptied:
        place = Place(publication.identifier, number)
        return Answer(kind=kinds.EMPTIED, place=place, on=edition.emptied_at, cited=cited)
    return Answer(
        kind=kinds.POINTS,
        place=Place(publication.identifier, number, (pointer.passage,) if pointer.passage else ()),
        current=current.number if current else None,
        published_at=edition.published_at,
        record=edition.record,
        held=passage_of(edition, pointer.passage),
        cited=cited,
    )


def cited_place(publication: Publication, pointer: Pointer) -> Place:
    """What an address names, as far as it goes."""
    return Place(publication.identifier, pointer.edition or 0, (pointer.passage,) if pointer.passage else ())


def passage_of(edition: Edition, number: int | None) -> str:
    """The words of one passage; empty where it is not in the edition."""
    passages = edition.passages.filter(number=number) if number else edition.passages.none()
    return passages.values_list("text", flat=True).first() or ""


# Words


def of_words(text: str, *, cited: Pointer | None = None, publication: Publication | None = None) -> Answer:
    """Whether words are held: the best of what is found for any stretch of the text that may be the quotation."""
    found: list[Compared] = []
    is_long_enough = False
    for stretch in stretches(text):
        is_long_enough = True
        found += standing(stretch, publication)
        if any(one.is_exact for one in found):
            break
    if not found:
        return Answer(kind=kinds.NOT_HELD if is_long_enough else kinds.TOO_SHORT)
    # A saying within the quotation may stand there as it is, and the quotation be altered all the same.
    most = max(one.kept for one in found)
    return of_found([one for one in found if one.kept >= MOST_OF_IT * most], cited, publication)


def standing(words: str, publication: Publication | None) -> Sequence[Compared]:
    """Where the words stand: in the testimony that is cited, or in what the index offers."""
    seen: set[int] = set()
    found: list[Compared] = []
    for keys in rounds(words, publication):
        found += [one for text in of_publications([*{*keys} - seen]) if (one := compare(words, text))]
        seen |= set(keys)
        if any(one.is_exact for one in found):
            break
    return found


def rounds(words: str, publication: Publication | None) -> Iterator[Sequence[int]]:
    """The publications to compare with, the likeliest first."""
    if publication:
        yield [publication.pk]
    yield from may_hold(words)


def of_found(found: Sequence[Compared], cited: Pointer | None, publication: Publication | None) -> Answer:
    """The answer from all that was found."""
    edition = cited.edition if cited else None

    def is_asked_for(one: Compared) -> bool:
        return one.text.edition == edition if edition else one.text.is_current

    def rank(one: Compared) -> tuple[bool, bool, bool, bool, bool, int, int]:
        elsewhere = publication is not None and one.text.publication != publication.pk
        differing = not one.is_exact, not one.is_whole, elsewhere, not one.text.is_quoted, not is_asked_for(one)
        return *differing, len(one.changes), -one.text.edition

    best = min(found, key=rank)
    alike = [one for one in found if one.text.language == best.text.language]
    same = [one for one in alike if one.is_exact and one.is_whole == best.is_whole]
    text = best.text
    others = {one.text.edition for one in same if one.text.publication == text.publication} - {text.edition}
    elsewhere = {
        one.text.identifier: Place(one.text.identifier, one.text.edition, one.numbers)
        for one in same
        if one.text.publication != text.publication and one.text.is_current
    }
    return Answer(
        kind=kind_of(best, is_asked_for=is_asked_for(best)),
        place=Place(text.identifier, text.edition, best.numbers),
        current=text.current,
        record=text.record,
        translation=text.translation,
        held=best.held,
        runs=() if best.is_exact and best.is_whole else best.runs(),
        spellings=best.spellings,
        omits=not best.is_whole,
        also=tuple(sorted(others)) if best.is_exact else (),
        elsewhere=tuple(elsewhere.values())[:MOST_ELSEWHERE] if best.is_exact else (),
        cited=cited_place(publication, cited) if cited and publication else None,
    )


def kind_of(best: Compared, *, is_asked_for: bool) -> str:
    """The kind of the answer; what is no quotation is never called one, whether or not its words differ."""
    if best.text.translation is not None:
        return kinds.TRANSLATION
    if best.text.record["wording"] != "verbatim":
        return kinds.PARAPHRASE
    if not best.is_exact:
        return kinds.ALTERED
    if not best.is_whole:
        return kinds.WITH_OMISSIONS if best.leaves_out else kinds.WITH_INSERTIONS
    return kinds.WORD_FOR_WORD if is_asked_for else kinds.OTHER_EDITION
