"""Why a testimony answers a part of a query, in words, where that is not plain to see."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from testimonies.analysis import analyse
from testimonies.folding import keys

from .marks import LETTERS, STEM, Leaf, Marker
from .names import Names
from .parse import FIELDS, Field, Phrase, Prefix, Word, words_of

Record = Mapping[str, Any]
Called = Sequence[tuple[str, str]]  # names, each with its language tag

VOCABULARIES: Final = ("place", "wave", "tag")


@dataclass(frozen=True, slots=True)
class Reason:
    """What the archive has (`said`, in the language `tag` where it is known), and what the reader wrote instead of it
    (`typed`, empty where it is the same). `kind` is "text" for words of the testimony, else what bears the name."""

    kind: str
    said: str
    typed: str = ""
    tag: str = ""

    @property
    def label(self) -> str:
        """What bears the name, in words; empty for words of the testimony."""
        return "" if self.kind == "text" else str(FIELDS[self.kind])

    def __str__(self) -> str:
        said = f"{self.label}: {self.said}" if self.label else self.said
        return _("%(said)s, for your “%(typed)s”") % {"said": said, "typed": self.typed} if self.typed else said


PLAIN: Final = Reason("text", "")  # it is there for everybody to see


def in_text(node: Leaf, found: str, tier: int, language: str) -> Reason:
    """Why a word of the text answers a word of the query."""
    typed = node.text
    if tier == LETTERS or isinstance(node, Phrase) or plain(found) == plain(typed):
        return PLAIN
    if (tier == STEM or isinstance(node, Prefix)) and _script(found) == _script(typed):
        return PLAIN
    return Reason("text", found, typed, language)


def elsewhere(node: Leaf, record: Record, called: Called, names: Names) -> Reason | None:
    """Why a word that is not in the text was found: somebody or something is called so."""
    typed = node.text
    return (
        _voice([node], record, called, typed)
        or (_vocabularies([typed], VOCABULARIES, record, names, typed) if isinstance(node, Word) else None)
        or _source([node], record, typed)
    )


def of_field(node: Field, record: Record, called: Called, names: Names) -> Reason | None:
    """Why something answers a field; nothing where it is called just so."""
    typed = " ".join(node.words)
    words = [Word(word) for word in node.words]
    if node.name in VOCABULARIES:
        reason = _vocabularies(node.words, [node.name], record, names, typed)
    elif node.name == "witness":
        reason = _voice(words, record, called, typed)
    elif node.name == "source":
        reason = _source(words, record, typed)
    else:
        return PLAIN
    return PLAIN if reason and not reason.typed and plain(reason.said) == plain(typed) else reason


def plain(text: str) -> str:
    """The text without accents and capitals, as somebody types who is in a hurry."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _voice(words: Sequence[Leaf], record: Record, called: Called, typed: str) -> Reason | None:
    """The voice is called so."""
    witness = record["witness"]
    name = called[0][0] if called else witness["name"]
    form = _best(words, [(witness["name"], ""), *called])
    if form:
        return _reason("witness", name, form, typed)
    form = _best(words, [(witness["described_as"], "")])
    return _reason("witness", form, form, typed) if form else None


def _source(words: Sequence[Leaf], record: Record, typed: str) -> Reason | None:
    """The source, its publisher or somebody who made it is called so."""
    source = record["source"]
    made = [(one["name"], "") for one in source["contributions"]]
    form = _best(words, [(source["title"], source["language"]), (source["publisher"], source["language"]), *made])
    return _reason("source", form, form, typed) if form else None


def _vocabularies(
    words: Sequence[str], kinds: Iterable[str], record: Record, names: Names, typed: str
) -> Reason | None:
    """A place, wave or tag of the testimony is called so by all of these words."""
    found = [{(one.kind, one.key): one for one in names.matching(word, kinds)} for word in words]
    borne = dict(_borne(record))
    for key, named in found[0].items() if found else ():
        if key in borne and all(key in others for others in found):
            return _reason(named.kind, named.name, named.form, typed, lies_in=borne[key])
    return None


def _borne(record: Record) -> Iterator[tuple[tuple[str, str], str]]:
    """The places, waves and tags of a record; of what a place lies in, the name of the place."""
    for place in record["places"]:
        for wider in place["within"]:
            yield ("place", wider["identifier"]), place["name"]
    for place in record["places"]:
        yield ("place", place["identifier"]), ""
    yield from ((("wave", wave["slug"]), "") for wave in record["waves"])
    yield from ((("tag", tag["slug"]), "") for tag in record["tags"])


def _reason(kind: str, name: str, form: str, typed: str, lies_in: str = "") -> Reason:
    """The name, the form of it that was meant where that is another, and what was typed where that is another still."""
    said = name if plain(form) == plain(name) else _("%(name)s, also called %(form)s") % {"name": name, "form": form}
    if lies_in:
        said = _("%(place)s in %(said)s") % {"place": lies_in, "said": said}
    written = [plain(token.exact) for token in analyse(form)]
    is_same = all(any(word.startswith(plain(token.exact)) for word in written) for token in words_of(typed))
    return Reason(kind, said, "" if is_same else typed)


def _best(words: Sequence[Leaf], called: Called) -> str:
    """The name that answers the first word best; empty where some word is answered by none."""
    if not all(any(_tier(word, text, tag) is not None for text, tag in called) for word in words):
        return ""
    tiers = [(tier, text) for text, tag in called if (tier := _tier(words[0], text, tag)) is not None]
    return min(tiers, key=lambda one: one[0])[1] if tiers else ""


def _tier(node: Leaf, text: str, tag: str) -> int | None:
    """How well a name answers a word: 0 by its letters, 1 in another spelling, 2 alike in shape."""
    if not isinstance(node, Word):
        return min((hit.tier for hit in Marker([node]).hits(text, tag)), default=None)
    wanted = keys(node.text)
    tiers = [
        0 if token.exact == wanted.exact else 1 if not wanted.loose.isdisjoint(token.loose) else 2
        for token in analyse(text, tag)
        if not wanted.loose.isdisjoint(token.loose) or not wanted.shape.isdisjoint(keys(token.exact).shape)
    ]
    return min(tiers, default=None)


def _script(text: str) -> str:
    """The script of the first letter, by its Unicode name: "LATIN", "CYRILLIC"."""
    first = next(filter(str.isalpha, text), "")
    return unicodedata.name(first, "").partition(" ")[0]
