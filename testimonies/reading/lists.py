"""The lists of witnesses, places, waves, sources and tags, each line with the number of its testimonies.

Each record is a model of the list's kind that carries an attribute `held`, the number of its listed testimonies (an
annotation of the view's queryset), with its name forms prefetched where they are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from testimonies.models.public import NameForm
from testimonies.reading import labels
from testimonies.reading.names import Form, form
from testimonies.reading.pieces import Link
from testimonies.reading.remembered import date_words
from testimonies.reading.results import Pages
from testimonies.reading.vocabulary import Bound, bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list; `detail` is a quiet sentence beside the name, `forms` other names worth knowing."""

    link: Link
    count: int
    detail: str = ""
    forms: tuple[Form, ...] = ()
    bounds: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; `heading` is None where no grouping is needed."""

    heading: Line | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A list of one kind of record; `total` counts all pages."""

    groups: tuple[Group, ...]
    total: int
    pages: Pages | None = None
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(ListPage):
    """The list of sources: `of_testimonies` is how many of the `total` testimonies were taken from."""

    of_testimonies: int

    @property
    def only_cited(self) -> int:
        """How many are only cited, for a date or an event."""
        return self.total - self.of_testimonies


def witnesses(records: Iterable[Any], total: int, pages: Pages | None = None, number: int = 1) -> ListPage:
    """Return the list of voices."""
    lines = tuple(
        Line(
            link=Link("witness", one.identifier or "", one.name),
            count=one.held,
            detail=one.described_as if one.described_as != one.name else "",
        )
        for one in records
    )
    return ListPage(groups=(Group(None, lines),), total=total, pages=pages, number=number)


def places(records: Iterable[Any], total: int) -> ListPage:
    """Return all places under the widest one that they lie in (parents among the records themselves)."""
    known = {one.pk: one for one in records}
    lines = {key: _place(one) for key, one in known.items()}
    under: dict[Any, list[Line]] = {}
    for key, one in known.items():
        top = _outermost(one, known)
        under.setdefault(top, [])
        if top != key:
            under[top].append(lines[key])
    groups = tuple(
        Group(lines[top], tuple(inner)) for top, inner in sorted(under.items(), key=lambda item: known[item[0]].name)
    )
    return ListPage(groups=groups, total=total)


def waves(records: Iterable[Any], total: int) -> ListPage:
    """Return the waves in their order, each with when it began and ended."""
    lines = tuple(
        Line(
            link=Link("wave", one.slug, one.name),
            count=one.held,
            detail=one.scope_note,
            bounds=bounds(one),
        )
        for one in records
    )
    return ListPage(groups=(Group(None, lines),), total=total)


def sources(
    records: Iterable[Any], total: int, pages: Pages | None = None, number: int = 1, *, of_testimonies: int = 0
) -> SourcesPage:
    """Return the list of sources, of which so many are those of testimonies."""
    lines = tuple(
        Line(
            link=Link("source", one.identifier or "", one.title, one.language),
            count=one.held,
            detail=", ".join(
                part
                for part in (
                    labels.word(labels.SOURCE_KIND, one.kind),
                    one.publisher,
                    date_words(one.date),
                )
                if part
            ),
        )
        for one in records
    )
    return SourcesPage(
        groups=(Group(None, lines),), total=total, pages=pages, number=number, of_testimonies=of_testimonies
    )


def tags(records: Iterable[Any], total: int) -> ListPage:
    """Return the list of tags with their definitions."""
    lines = tuple(Line(link=Link("tag", one.slug, one.name), count=one.held, detail=one.definition) for one in records)
    return ListPage(groups=(Group(None, lines),), total=total)


def _place(one: Any) -> Line:
    """Return the line of a place, with its names in the languages of the place."""
    line = Line(link=Link("place", one.identifier or "", one.name), count=one.held)
    return replace(line, forms=tuple(form(name) for name in _in_use(one.forms.all()) if name.text != one.name))


def _in_use(forms: Iterable[NameForm]) -> list[NameForm]:
    """Return the names in use, each text once, those in a script of its own only."""
    found: dict[str, NameForm] = {}
    for one in forms:
        if one.status == NameForm.Status.CURRENT and not one.tag.endswith("-Latn"):
            found.setdefault(one.text, one)
    return list(found.values())


def _outermost(one: Any, known: dict[Any, Any]) -> Any:
    """Return the key of the widest place around this one that is itself in the list."""
    passed = {one.pk}
    while one.parent_id in known and one.parent_id not in passed:
        one = known[one.parent_id]
        passed.add(one.pk)
    return one.pk
