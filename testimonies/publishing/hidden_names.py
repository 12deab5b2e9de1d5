"""The name check: does the name that a pseudonym hides stand anywhere in what readers would get, in any script?

The only module beside the admin that reads an identity. What it says is where the name was found, never the name: no
sentence, log or exception of it holds a word of an identity. Nothing is asked of other hosts: for the page that a
source's address leads to stands the snapshot that is held of it.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies.analysis import Token, analyse
from testimonies.encryption import DecryptionError
from testimonies.folding import fold_text, keys
from testimonies.models.editorial import Identity, SourceSnapshot, Testimony
from testimonies.models.public import Picture, Source, Tag, Witness

from .projection import Record, rows, strings
from .refusal import Refusal

# Shorter words ("Li", "de", initials) say nothing by themselves.
_SHORTEST = 3
# How many letters an ending has at most that no stemmer knows: Marat-qa, Marat-tyn, Marat-ning.
_LONGEST_ENDING = 4
# From how many letters on a name is looked for inside of longer words: maratseitov.
_INSIDE_ADDRESS, _INSIDE_WORD = 5, 7
_LONG_TEXT = 50_000
_SEPARATORS = re.compile(r"[;,/|()]+")


@dataclass(frozen=True)
class NameWord:
    """One word of a hidden name: its keys in two tiers, and those of its stem."""

    exact: str
    first: str
    loose: frozenset[str]
    stem: str
    shape: frozenset[str]

    def meets(self, token: Token, *, like_a_name: bool, language: str) -> bool:
        """Whether a word of a text is this one, in any script and with an ending; by its shape if written as a name."""
        same = not self.loose.isdisjoint(token.loose) or bool({self.stem, *self.loose} & {token.stem} - {""})
        if same or self.stands_inside(token):
            return True
        has_ending = any(self.with_ending(key) for key in token.loose)
        return like_a_name and (has_ending or not self.shape.isdisjoint(keys(token.exact, language).shape))

    def stands_inside(self, token: Token) -> bool:
        """Whether a longer word has this one in it: @maratseitov, or a sentence in a script without spaces."""
        if not self.exact[:1].islower():
            return self.exact in token.exact
        return any(len(own) >= _INSIDE_WORD and own in key for own in self.loose for key in token.loose)

    def with_ending(self, key: str) -> bool:
        """Whether a key is this word with an ending."""
        return any(
            len(own) > _SHORTEST and key.startswith(own) and len(key) - len(own) <= _LONGEST_ENDING
            for own in self.loose
        )


class HiddenName:
    """The words of a true name and of its further spellings, to be looked for; it shows them to nobody."""

    def __init__(self, true_name: str, harmless: str = "") -> None:
        self._harmless = frozenset(key for token in analyse(harmless) for key in token.loose)
        names = [name for line in true_name.splitlines() for name in names_in(line)]
        self._names = [[word for word in name if is_telling(word)] for name in names]
        self._words = frozenset(word for name in self._names for word in name)
        # A name of short words only is looked for as a whole.
        self._wholes = [
            " ".join(word.first for word in name) for name in names if len(name) > 1 and not any(map(is_telling, name))
        ]

    def __bool__(self) -> bool:
        return bool(self._words or self._wholes)

    def __repr__(self) -> str:
        return "<HiddenName>"

    def stands_in(self, text: str, language: str = "", *, is_address: bool = False) -> bool:
        """Whether a word of the name stands in a text; in an address or a file's name also without capitals."""
        once = " ".join(dict.fromkeys(text.split())) if len(text) > _LONG_TEXT else text
        for token in analyse(once, language):
            like_a_name = is_address or not once[token.start].islower()
            if self._harmless.isdisjoint(token.loose) and any(
                word.meets(token, like_a_name=like_a_name, language=language) for word in self._words
            ):
                return True
        folded = f" {fold_text(text, language)} " if self._wholes else ""
        return any(f" {whole} " in folded for whole in self._wholes)

    def stands_whole_in(self, text: str) -> bool:
        """Whether all words of a name of several stand in the name of somebody else, who may share one of them."""
        tokens = analyse(text)
        return any(
            len(name) > 1
            and all(any(word.meets(token, like_a_name=True, language="") for token in tokens) for word in name)
            for name in self._names
        )

    def stands_in_address(self, address: str) -> bool:
        """Whether it stands in a web address or a file's name, also where words are written together."""
        plain = readable(address)
        if self.stands_in(plain, is_address=True):
            return True
        together = "".join(token for token in fold_text(plain).split() if token not in self._harmless)
        return any(own in together for word in self._words for own in word.loose if len(own) >= _INSIDE_ADDRESS)


def names_in(line: str) -> Iterator[list[NameWord]]:
    """The names of a line. Where any word has a capital, only such words count: not "née", nor "daughter of"."""
    has_capitals = any(letter.isupper() for letter in line)
    for name in _SEPARATORS.split(line):
        tokens = [token for token in analyse(name) if not (has_capitals and name[token.start].islower())]
        if words := [name_word(token) for token in tokens if token.loose]:
            yield words


def name_word(token: Token) -> NameWord:
    """A word of a name with its keys."""
    found = keys(token.exact)
    return NameWord(token.exact, found.first, token.loose, token.stem, found.shape)


def is_telling(word: NameWord) -> bool:
    """Whether the word alone tells who somebody is."""
    return len(word.exact) >= _SHORTEST or max(map(len, word.loose)) > _SHORTEST


def readable(address: str) -> str:
    """An address without its escapes: %D0%BC and xn-- hide letters from the eye."""
    plain = unquote(address)
    with suppress(ValueError):
        host = urlsplit(plain).hostname or ""
        plain += " " + ".".join(in_letters(label) for label in host.split("."))
    return plain


def in_letters(label: str) -> str:
    """One label of a host's name in its own letters."""
    return label[4:].encode().decode("punycode") if label.startswith("xn--") else label


Words = str | Promise


@dataclass(frozen=True)
class Looked:
    """A place where the name is looked for: the field where it is mended, its name, what stands there."""

    field: str
    label: Words
    texts: Iterable[tuple[str, str]] = ()
    addresses: Iterable[str] = ()
    people: Iterable[str] = ()


def true_name(testimony: Testimony) -> Iterator[Refusal]:
    """The hidden name stands in nothing that readers would get, nor in what the desk reads beside it."""
    witness = testimony.witness
    if not witness or not witness.name_is_hidden:
        return
    try:
        name = name_of(witness)
    except DecryptionError:
        yield Refusal("witness", _("The hidden name cannot be read, so it was not looked for. Ask the operator."))
        return
    for place in where_to_look(testimony) if name else ():
        if stands_there(name, place):
            yield Refusal(
                place.field,
                _("The hidden name, or a form of it, stands in %(where)s.") % {"where": place.label},
            )


def name_of(witness: Witness) -> HiddenName:
    """The name that is hidden, as far as it is held; raises DecryptionError."""
    identity = Identity.objects.filter(witness=witness).defer("contact", "reason").first()
    return HiddenName(identity.true_name, identity.harmless) if identity else HiddenName("")


def name_is_held(witness: Witness) -> bool:
    """Whether there is a name that can be looked for; raises DecryptionError."""
    return bool(name_of(witness))


def stands_there(name: HiddenName, place: Looked) -> bool:
    """Whether a name stands in one place."""
    return (
        any(name.stands_in(text, language) for text, language in place.texts)
        or any(map(name.stands_in_address, place.addresses))
        or any(map(name.stands_whole_in, place.people))
    )


def stands_in_record(testimony: Testimony, record: Record) -> Iterator[Refusal]:
    """The last look, at the whole of what readers would get: nothing that the places above forget gets out."""
    witness = testimony.witness
    name = name_of(witness) if witness and witness.name_is_hidden else None
    for part, value in record.items() if name else ():
        if name and any(stands_in_part(name, text) for text in strings(value, leave_out=OTHERS)):
            yield Refusal(
                "witness", _("The hidden name, or a form of it, would be published (%(part)s).") % {"part": part}
            )


def stands_in_part(name: HiddenName, text: str) -> bool:
    """Whether it stands in a text of the record, which may be an address."""
    return name.stands_in_address(text) if "://" in text else name.stands_in(text)


# The keys of a record under which other people are named. They may share a word of their names with the witness, whose
# name is looked for as a whole among them.
OTHERS = ("contributions", "contributors", "translator", "agent")


def where_to_look(testimony: Testimony) -> Iterator[Looked]:
    """Every place where readers, or the desk, would meet the name."""
    yield from in_the_words(testimony)
    yield from in_the_notes(testimony)
    if testimony.witness:
        yield from in_the_voice(testimony.witness)
    yield Looked("tags", gettext_lazy("a tag"), [one for tag in testimony.tags.all() for one in tag_texts(tag)])
    if testimony.source and not testimony.source_withheld:
        yield from in_the_source(testimony.source)


def in_the_words(testimony: Testimony) -> Iterator[Looked]:
    """The words, what introduces them, and their translations."""
    printed = testimony.language_printed
    segments, translations = list(testimony.segments.all()), list(testimony.translations.all())
    yield Looked("segments", gettext_lazy("the quoted words"), [(one.text, printed) for one in segments])
    phrases = [(text, "") for one in segments for text in (one.introduction, one.attribution_note)]
    yield Looked("segments", gettext_lazy("the reporter's phrase, or the note on the attribution"), phrases)
    translated = [(text, one.language) for one in translations for text in (one.text, one.note)]
    yield Looked("translations", gettext_lazy("a translation, or the note on it"), translated)


def in_the_notes(testimony: Testimony) -> Iterator[Looked]:
    """What the archive wrote beside the words, the desk's own note too: not everybody there may know the name."""
    for field in NOTES:
        where = _("the field “%(field)s”") % {"field": getattr(Testimony._meta.get_field(field), "verbose_name", field)}
        value = getattr(testimony, field)
        yield Looked(field, where, [(value, "")], [value] if field == "rights_uri" else ())
    for field, label, parts in (
        ("placements", gettext_lazy("the reason of a place"), testimony.placements.all()),
        ("waves", gettext_lazy("the reason of a wave"), testimony.wave_mentions.all()),
    ):
        yield Looked(field, label, [(one.basis_reason, "") for one in parts])
    if basis := testimony.basis:
        yield Looked("basis", gettext_lazy("the basis for publication"), [(basis.scope, ""), (basis.statement, "")])
    if collection := testimony.collection:
        texts = [(collection.name, ""), (collection.description, "")]
        yield Looked("collection", gettext_lazy("the collection"), texts)
    people = [one.agent.name for one in rows(testimony, "contributions", "agent")]
    people += [one.translator.name for one in rows(testimony, "translations", "translator") if one.translator]
    yield Looked("contributions", gettext_lazy("the name of somebody who contributed"), people=people)


NOTES = (
    "locator",
    "spoken_basis_reason",
    "happened_basis_reason",
    "context_note",
    "content_note",
    "lineage",
    "peculiarities",
    "rights_uri",
    "rights_holder",
    "rights_note",
    "editors_note",
)


def in_the_voice(witness: Witness) -> Iterator[Looked]:
    """The pseudonym itself, and what is said of the voice."""
    texts = [(witness.name, ""), (witness.described_as, ""), (witness.note, "")]
    texts += [(form.text, form.tag) for form in witness.forms.all()]
    yield Looked("witness", gettext_lazy("the name or the description that readers are given"), texts)
    if witness.portrait:
        yield from in_a_picture(witness.portrait, "witness")


def tag_texts(tag: Tag) -> list[tuple[str, str]]:
    """All words of a tag."""
    return [(tag.name, ""), (tag.definition, ""), *((form.text, form.tag) for form in tag.forms.all())]


def in_the_source(source: Source) -> Iterator[Looked]:
    """What readers are told of a source, the addresses they are led to, and what stands there."""
    made = list(rows(source, "contributions", "agent"))
    derived = list(rows(source, "derivations", "agent"))
    people = [text for one in made for text in (one.as_printed, one.agent.name)]
    people += [one.agent.name for one in derived if one.agent]
    told = [source.publisher, source.dateline, source.address_note, source.selection_note, source.rights_holder]
    yield Looked("source", gettext_lazy("the title of the source"), [(source.title, source.language)])
    told += [source.rights_note, *(text for one in derived for text in (one.item, one.wording, one.note))]
    about = [(text, source.language) for text in told]
    yield Looked("source", gettext_lazy("what is said about the source"), about, people=people)
    addresses = (source.url, source.archived_url, source.rights_uri)
    yield Looked("source", gettext_lazy("the address of the source"), addresses=addresses)
    held = SourceSnapshot.objects.filter(source=source).values_list("text", flat=True)
    yield Looked(
        "source_withheld",
        gettext_lazy("the text that is held of the source, and so on the page that its address leads to"),
        ((text, source.language) for text in held.iterator()),
    )
    if source.scan:
        yield from in_a_picture(source.scan, "source")


def in_a_picture(picture: Picture, field: str) -> Iterator[Looked]:
    """What is told of a picture, the names of its files, and what stands in them beside the pixels."""
    told = [(picture.alternative_text, ""), (picture.credit, "")]
    yield Looked(field, gettext_lazy("the description of a picture"), told)
    yield Looked(field, gettext_lazy("the name of a picture's file"), addresses=picture.file_names())
    inscribed = ((text, "") for text in picture.inscriptions())
    yield Looked(field, gettext_lazy("a picture's file, beside the pixels"), inscribed)
