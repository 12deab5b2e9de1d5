"""Rows to a plan: what each would make, match or change, and every fault by row and column. Nothing is written here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from testimonies import texts
from testimonies.folding import fold_text
from testimonies.models.editorial import Disclosure, ImportRow, Testimony, ValueBasis
from testimonies.models.public import Place

from . import columns
from .columns import DESCRIBED, FAMILIES, FIELDS, KEY, OF_THE_SOURCE, OTHER_SOURCE, RECORDS, SOURCES, TAGS
from .matching import Known, Record, Uncertain
from .reading import Row, Table
from .states import State, defaults, part_defaults, states

CHUNK = 500
_MOST_FINDINGS = 3
# Of these there are few, and one is called by many names.
_MAY_BE_HELD = frozenset(("place", "wave", "tag"))
Outcome = ImportRow.Outcome
Tell = Callable[[int], None]


@dataclass
class PlannedRow:
    """What one row does. `wanted` is None where there is nothing to write."""

    number: int
    key: str = ""
    outcome: str = Outcome.CREATES
    faults: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    wanted: State | None = None
    testimony: int | None = None
    version: int | None = None


@dataclass
class Plan:
    """What a file does to the archive."""

    rows: list[PlannedRow] = field(default_factory=list)
    new: list[Record] = field(default_factory=list)
    keyed: list[Record] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether no row has a fault."""
        return not any(row.faults for row in self.rows)

    def count(self, outcome: str) -> int:
        """How many rows have this outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    def digest(self) -> str:
        """What tells this plan from another that would do something else."""
        lines = [[row.number, row.key, row.outcome, row.faults, row.remarks] for row in self.rows]
        return hashlib.sha256(json.dumps(lines).encode()).hexdigest()


def plan(table: Table, tell: Tell = lambda _done: None) -> Plan:
    """What the rows of a table would do; raises Unreadable where the file breaks off."""
    planner = Planner(table.names)
    rows = iter(table.rows)
    while chunk := list(islice(rows, CHUNK)):
        planner.take(chunk)
        tell(len(planner.plan.rows))
    return planner.finish()


class Planner:
    """Goes through the rows once, knowing what the archive holds and what earlier rows said."""

    def __init__(self, names: list[str]) -> None:
        self.names = frozenset(names)
        self.numbers = {family: columns.numbers(names, family) for family in (*FAMILIES, *OF_THE_SOURCE, OTHER_SOURCE)}
        self.known = Known()
        self.plan = Plan()
        self.rows: dict[int, PlannedRow] = {}
        self.first_with: dict[str, int] = {}

    def take(self, chunk: list[Row]) -> None:
        """Plan some rows, whose testimonies are read together."""
        held = self.known.testimonies
        keys = {row.number: columns.tidy(KEY, row.cells.get(KEY, "")) for row in chunk}
        current = states({held[key] for key in keys.values() if key in held}, self.known)
        for row in chunk:
            one = RowPlanner(self, row, current.get(held.get(keys[row.number], 0)))
            one.work()
            self.plan.rows.append(one.planned)
            self.rows[row.number] = one.planned

    def finish(self) -> Plan:
        """The plan, now that every row has had its say about the records it shares with others."""
        for record in self.known.new:
            for name, sentence in check_new(record):
                self.rows[record.row].faults.append((name, sentence))
        tell_of_new(self.known.new, self.rows)
        for number, name, sentence in self._left_as_they_are():
            self.rows[number].remarks.append((name, sentence))
        for row in self.plan.rows:
            if row.faults:
                row.outcome, row.wanted = Outcome.REFUSED, None
        self.plan.new = self.known.new
        keyed = [record for record in self.known.by_key.values() if record.key and not record.is_bound]
        self.plan.keyed = list({id(record): record for record in keyed}.values())
        return self.plan

    def _left_as_they_are(self) -> Iterator[tuple[int, str, str]]:
        """Where rows say something else of a record than the archive: records that readers may see are not changed."""
        met = [one for one in self.known.by_pk.values() if one.row and one.given]
        for kind in DESCRIBED:
            mine = {one.pk: one for one in met if one.kind == kind}
            described = DESCRIBED[kind]
            for some in _in_chunks(list(mine)):
                for values in described.model.objects.filter(pk__in=some).values("pk", *described.fields):
                    record = mine[values["pk"]]
                    for name in described.fields:
                        said = record.given.get(name)
                        if said not in (None, "") and said != values[name]:
                            yield (
                                record.row,
                                described.column(record.prefix, name),
                                _("The archive has “%(held)s” here. That stays: change it at the desk.")
                                % {"held": columns.shorten(columns.show(values[name]))},
                            )


class RowPlanner:
    """One row on its way to a plan. `current` is what the archive holds of its testimony."""

    def __init__(self, planner: Planner, row: Row, current: State | None) -> None:
        self.planner, self.known, self.names = planner, planner.known, planner.names
        self.row, self.current = row, current
        self.planned = PlannedRow(row.number, faults=list(row.faults))
        self.values: dict[str, Any] = {}
        self.state = State()

    def work(self) -> None:
        """Read the cells, find the records, and compare."""
        self.read_cells()
        self.take_key()
        self.state = self.current.copy() if self.current else defaults()
        for name in FIELDS:
            if name in self.names:
                self.state.values[name] = self.values.get(name, columns.empty(name))
        for number in self.planner.numbers[OTHER_SOURCE]:
            self.record("source", f"{OTHER_SOURCE}_{number}")
        self.take_records()
        self.keep_language()
        for name in SOURCES:
            if name in self.names:
                self.state.values[name] = self.named_source(name)
        for family in FAMILIES:
            if self.planner.numbers[family]:
                self.state.parts[family] = list(self.parts(family))
        if TAGS in self.names:
            self.state.tags = frozenset(self.tags())
        told = {name for name, _sentence in self.planned.faults}
        self.planned.faults += [one for one in check(self.state) if one[0] not in told]
        self.compare()

    def fault(self, name: str, sentence: str) -> None:
        """Say what keeps the row from being imported."""
        self.planned.faults.append((name, sentence))

    def remark(self, name: str, sentence: str) -> None:
        """Say what the editor should know."""
        self.planned.remarks.append((name, sentence))

    def read_cells(self) -> None:
        """The values of the cells that hold anything."""
        for name, cell in self.row.cells.items():
            if not cell.strip():
                continue
            self.tell_findings(name, cell)
            try:
                value = columns.read(name, cell)
            except ValueError as error:
                self.fault(name, str(error))
                continue
            if value not in ("", ()):
                self.values[name] = value

    def tell_findings(self, name: str, cell: str) -> None:
        """Say which characters nobody sees."""
        if cell.isascii() and cell.isprintable():
            return
        found = texts.findings(cell)
        for finding in found[:_MOST_FINDINGS]:
            self.remark(name, str(finding))
        if len(found) > _MOST_FINDINGS:
            self.remark(name, _("%(more)d more such characters.") % {"more": len(found) - _MOST_FINDINGS})
        if found and (name == KEY or name.endswith("_key")):
            self.fault(name, _("A key has no characters that cannot be seen."))

    def take_key(self) -> None:
        """The key, which only this row may have."""
        key = self.values.get(KEY, "")
        self.planned.key = key
        if not key:
            if not any(name == KEY for name, _sentence in self.planned.faults):
                self.fault(KEY, _("Every row needs a key of its own."))
        elif (first := self.planner.first_with.setdefault(key, self.row.number)) != self.row.number:
            self.fault(KEY, _("Row %(row)d has this key already.") % {"row": first})

    def take_records(self) -> None:
        """The source, the voice and the rest of what a testimony has one of."""
        for prefix, kind, attribute in RECORDS:
            if self.names & DESCRIBED[kind].columns(prefix):
                current = self.current.values.get(attribute) if self.current else None
                self.state.values[attribute] = self.record(kind, prefix, current)
        source, witness = self.state.values["source"], self.state.values["witness"]
        if source is not None:
            self.take_parts_of(source)
            if witness is not None:
                self.known.heard_in(source, witness)

    def keep_language(self) -> None:
        """An empty cell leaves the language that is held; a new testimony takes that of its source when it is made."""
        if self.current and not self.state.values["language_printed"]:
            self.state.values["language_printed"] = self.current.values["language_printed"]

    def record(self, kind: str, prefix: str, current: Record | None = None) -> Record | None:
        """The record that some columns describe; None where they are empty."""
        described = DESCRIBED[kind]
        cells = {name: described.column(prefix, name) for name in (*described.fields, *described.extra)}
        given = {name: self.values[cell] for name, cell in cells.items() if cell in self.values}
        key = self.values.get(f"{prefix}_key", "") if described.keyed else ""
        if not given and not key:
            return None
        if kind == "event" and "source" in given:
            given["source"] = self.named_source(cells["source"])
        try:
            return self.met_or_made(kind, prefix, key, given, current)
        except Uncertain as uncertain:
            self.fault(cells[described.needed[0]], str(uncertain))
            return None

    def met_or_made(
        self, kind: str, prefix: str, key: str, given: dict[str, Any], current: Record | None
    ) -> Record | None:
        """The record that is meant, with what this row says of it."""
        source = self.state.values.get("source") if kind == "witness" else None
        found = current if current and not key and is_still(current, given) else None
        found = found or self.known.find(kind, key, given, source)
        within = given.pop("within", ())
        if found is None:
            if within:
                given["parent"] = self.wider(within, f"{prefix}_within")
            return self.known.make(kind, given, row=self.row.number, prefix=prefix, key=key)
        self.tell_more(found, prefix, given)
        if key and not found.key:
            found.key = key
            found.is_bound = self.known.by_key.get((kind, key)) is found
            self.known.by_key[kind, key] = found
        return found

    def tell_more(self, record: Record, prefix: str, given: dict[str, Any]) -> None:
        """Add what this row says of a record that another row spoke of, or that is held; they must not disagree."""
        described = DESCRIBED[record.kind]
        if not record.row:
            record.row, record.prefix = self.row.number, prefix
        for name, value in given.items():
            before = record.given.setdefault(name, value)
            if before != value and name in described.fields:
                self.fault(
                    described.column(prefix, name),
                    _("Row %(row)d says “%(before)s” of the same record.")
                    % {"row": record.row, "before": columns.shorten(columns.show(before))},
                )
        if record.is_new:
            self.known.index(record, record.given)

    def wider(self, within: tuple[str, ...], cell: str) -> Record | None:
        """The place in which another lies, made where it is not known: the widest is a country."""
        given: dict[str, Any] = {"name": within[0], "kind": Place.Kind.REGION if within[1:] else Place.Kind.COUNTRY}
        asked: dict[str, Any] = {"name": within[0], "within": within[1:], "is_wider": True}
        found = self.known.find("place", "", asked, None)
        if found is None:
            if within[1:]:
                given["parent"] = self.wider(within[1:], cell)
            found = self.known.make("place", given, row=self.row.number, prefix=cell)
        return found

    def named_source(self, cell: str) -> Record | None:
        """The source whose key stands in a cell. It may be described in a later row."""
        if not (key := self.values.get(cell)):
            return None
        return self.known.with_key("source", key) or self.known.make(
            "source", {}, row=self.row.number, prefix=cell, key=key
        )

    def take_parts_of(self, source: Record) -> None:
        """Who made the source, and what it derives from: for a source that is to be made."""
        for family in OF_THE_SOURCE:
            found = list(self.parts(family))
            if source.is_new and found and source.parts.setdefault(family, found) != found:
                self.fault(
                    f"{family}_1", _("Row %(row)d says something else of the same source.") % {"row": source.row}
                )

    def parts(self, family: str) -> Iterator[dict[str, Any]]:
        """The parts that numbered columns hold, and those held beyond them."""
        held = self.current.parts[family] if self.current and family in FAMILIES else []
        numbers = self.planner.numbers[family]
        for number in numbers:
            part = self.part(family, f"{family}_{number}", held[number - 1] if number <= len(held) else None)
            if part is not None:
                yield part
        if numbers:
            yield from held[numbers[-1] :]

    def part(self, family: str, prefix: str, held: dict[str, Any] | None) -> dict[str, Any] | None:
        """One part; what the file has no column for is as it was, or as it is by default."""
        spec = (FAMILIES | OF_THE_SOURCE)[family]
        part = part_defaults(family)
        records = {
            attribute: self.record(kind, f"{prefix}_{after}" if after else prefix, held[attribute] if held else None)
            for after, kind, attribute in spec.records
        }
        main = next((attribute for after, _kind, attribute in spec.records if not after), spec.bare)
        value = records.get(main) if main in records else self.values.get(prefix)
        if value is None:
            self.refuse_rest(prefix)
            return None
        if held is not None and (main not in records or held[main] is value):
            part |= held
        for name in spec.fields:
            if (cell := spec.column(prefix, name)) in self.names:
                part[name] = self.values.get(cell, columns.empty(cell))
        for after, kind, attribute in spec.records:
            if self.names & DESCRIBED[kind].columns(f"{prefix}_{after}" if after else prefix):
                part[attribute] = records[attribute]
        part |= {
            name: self.named_source(f"{prefix}_{name}") for name in spec.sources if f"{prefix}_{name}" in self.names
        }
        return part

    def refuse_rest(self, prefix: str) -> None:
        """Refuse what is said of nothing."""
        rest = [name for name in self.values if name.startswith(f"{prefix}_")]
        if rest and not any(name == prefix or name.startswith(prefix) for name, _sentence in self.planned.faults):
            self.fault(prefix, _("This is empty, but “%(name)s” is not.") % {"name": rest[0]})

    def tags(self) -> Iterator[Record]:
        """The tags, each by its name."""
        for name in self.values.get(TAGS, ()):
            try:
                columns.DESCRIBED["tag"].model._meta.get_field("name").run_validators(name)
                found = self.known.find("tag", "", {"name": name}, None)
            except (Uncertain, ValidationError) as error:
                self.fault(TAGS, " ".join(getattr(error, "messages", [str(error)])))
                continue
            if found is None:
                if alike := self.known.alike(name):
                    self.remark(TAGS, _("There is a tag “%(alike)s” already.") % {"alike": alike})
                found = self.known.make("tag", {"name": name}, row=self.row.number, prefix=TAGS)
            yield found

    def compare(self) -> None:
        """Whether the row makes a testimony, changes one or leaves it as it is."""
        planned, current = self.planned, self.current
        if len(self.values.get("quote_1", "")) > columns.LONG_QUOTE:
            self.remark("quote_1", _("%(length)d characters: is this one quotation?") % {
                "length": len(self.values["quote_1"])})  # fmt: skip
        if current is None:
            planned.wanted = self.state
            return
        planned.testimony, planned.version = current.pk, current.version
        changed = self.state.differences(current)
        if not changed:
            planned.outcome = Outcome.SAME
            return
        planned.outcome, planned.wanted = Outcome.CHANGES, self.state
        self.remark("", _("Changes: %(names)s.") % {"names": ", ".join(changed)})
        if current.status != Testimony.Status.DRAFT:
            self.fault("", _("It is no draft any more (%(status)s). Change it at the desk.") % {
                "status": Testimony.Status(current.status).label})  # fmt: skip


def is_still(current: Record, given: dict[str, Any]) -> bool:
    """Whether a row without a key speaks of the record that the testimony has already."""
    shared = [name for name in given if name in current.held and name != "kind"]
    return bool(shared) and "within" not in given and all(current.held[name] == given[name] for name in shared)


def check(state: State) -> list[tuple[str, str]]:
    """What the archive's rules forbid in a testimony, by column."""
    faults = [] if state.parts["quote"] else [("quote_1", _("There are no words."))]
    for kind in ("spoken", "happened"):
        if state.values[kind]:
            values = {
                key.removeprefix(f"{kind}_"): value for key, value in state.values.items() if key.startswith(kind)
            }
            faults += check_basis(values, f"{kind}_")
            if values["disclosure"] == Disclosure.COARSER and not values["public"]:
                faults.append((f"{kind}_public", _("Say what readers see instead, or show the value as it is.")))
    for family in ("place", "wave"):
        for number, part in enumerate(state.parts[family], 1):
            faults += check_basis(part, f"{family}_{number}_")
            if part.get("disclosure") == Disclosure.COARSER and part["public_place"] is None:
                faults.append((f"place_{number}_shown_as", _("Say what readers see instead, or show it as it is.")))
    faults += _doubles("place", [(id(part["place"]), part["relation"]) for part in state.parts["place"]])
    faults += _doubles("wave", [id(part["wave"]) for part in state.parts["wave"]])
    faults += _doubles("translation", [part["language"] for part in state.parts["translation"]])
    faults += [
        (f"translation_{number}_language", _("Say the language of the translation."))
        for number, part in enumerate(state.parts["translation"], 1)
        if not part["language"]
    ]
    return faults


def check_basis(values: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    """An inference has its reason, and a value from elsewhere has its source."""
    if values["basis"] == ValueBasis.INFERRED and not values["basis_reason"]:
        return [(f"{prefix}basis_reason", _("Say why it is inferred."))]
    if values["basis"] == ValueBasis.ELSEWHERE and values["basis_source"] is None:
        return [(f"{prefix}basis_source", _("Name the other source by its key."))]
    return []


def _doubles(family: str, said: list[Any]) -> list[tuple[str, str]]:
    return [
        (f"{family}_{number}", _("This stands in the row twice."))
        for number, one in enumerate(said, 1)
        if one in said[: number - 1]
    ]


# Kinds with rules beyond those of their single fields.
_WITH_RULES = ("place", "basis", "wave", "event", "collection")


def check_new(record: Record) -> Iterator[tuple[str, str]]:
    """What a record that is to be made lacks, by column."""
    described = DESCRIBED[record.kind]
    missing = [name for name in described.needed if not record.given.get(name)]
    if record.kind == "event" and record.given.get("source") is None:
        missing.append("source")
    for name in missing:
        column = described.column(record.prefix, name)
        if columns.general(column) not in columns.columns():  # somebody named its key, and nobody described it
            yield record.prefix, _("No source has the key “%(key)s”.") % {"key": record.key}
            return
        yield column, _("It is not held yet, and cannot be made without this.")
    if not missing and record.kind in _WITH_RULES:
        yield from _against_rules(record)
    for number, part in enumerate(record.parts.get("source_derivation", []), 1):
        if part["consulted"] and not part["identified"]:
            yield (
                f"source_derivation_{number}_consulted",
                _("An item that was not identified cannot have been consulted."),
            )


def _against_rules(record: Record) -> Iterator[tuple[str, str]]:
    described = DESCRIBED[record.kind]
    fields = {name: value for name, value in record.given.items() if not isinstance(value, Record)}
    made = described.model(**fields)
    relations = [one.name for one in made._meta.concrete_fields if isinstance(one, models.ForeignKey)]
    try:
        made.full_clean(exclude=relations)
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            column = described.column(record.prefix, name) if name in described.fields else record.prefix
            yield column, " ".join(sentences)


def tell_of_new(records: list[Record], rows: dict[int, PlannedRow]) -> None:
    """Say at its first row what is going to be made, and whether it may be held already under another spelling."""
    held = {kind: folded_names(kind) for kind in _MAY_BE_HELD & {record.kind for record in records}}
    for record in records:
        label = DESCRIBED[record.kind].model._meta.verbose_name
        said = _("New %(kind)s: “%(name)s”.") % {"kind": label, "name": columns.shorten(record.name)}
        wanted = set(fold_text(record.name).split())
        if alike := [name for name, words in held.get(record.kind, ()) if wanted and wanted <= words][:_MOST_FINDINGS]:
            said += " " + _("It may be held already: %(names)s.") % {"names": ", ".join(alike)}
        rows[record.row].remarks.append((record.prefix, said))


def folded_names(kind: str) -> list[tuple[str, set[str]]]:
    """The names of all records of a kind, each with the folded words of everything that it is called."""
    held = DESCRIBED[kind].model._default_manager.order_by("name").values_list("name", "folded")
    return [(name, set(folded.split())) for name, folded in held]


def _in_chunks(keys: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
