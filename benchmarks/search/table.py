"""What was measured, beside what is wanted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.fold import Rates

from .questions import COMMON, DEEP, MIDDLE, QUESTIONS

Measured = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """One line: what is measured, what is wanted, what was measured, and whether that meets it (None: not asked)."""

    what: str
    wanted: str
    measured: str
    met: bool | None = None

    def __str__(self) -> str:
        mark = {True: "met", False: "**not met**", None: ""}[self.met]
        return f"| {self.what} | {self.wanted} | {self.measured} | {mark} |"


HEAD = "| | goal | measured | |\n|---|---|---|---|"


def fold_goals(rates: Rates) -> Iterator[Goal]:
    """The goals of folding."""
    tiers = [("1", rates.loose, rates.loose_false, 0.72, 0), ("1 and 2", rates.shape, rates.shape_false, 0.9, 8)]
    for tier, share, false, least, most in tiers:
        wanted = f"at least {least:.0%} / at most {most}"
        met = share >= least and false <= most
        yield Goal(f"fold cases, tier {tier}: pairs that meet / false pairs", wanted, f"{share:.1%} / {false}", met)
    measured = f"{rates.at_once:.1%} / {rates.with_offers:.1%}"
    met = rates.at_once >= 0.92 and rates.with_offers >= 0.98
    yield Goal("a typed form finds its record at once / with offers", "at least 92 % / at least 98 %", measured, met)
    yield Goal("folding a word that is in no cache", "", f"{rates.microseconds:.0f} us CPU")


def goals(size: int, stages: dict[str, Measured]) -> Iterator[Goal]:
    """The goals of one size."""
    yield from building(size, stages["fill"], stages["build"])
    yield from asking(size, stages["ask"])
    yield from paging(size, stages["page"])
    wall, cpu = stages["publish"]["wall"], stages["publish"]["cpu"]
    measured = f"{wall['p50']:.0f} ms, p95 {wall['p95']:.0f} (CPU {cpu['p50']:.0f}, p95 {cpu['p95']:.0f})"
    yield Goal("publish one testimony, index included", "under 100 ms", measured, wall["p50"] < 100)


def building(size: int, fill: Measured, build: Measured) -> Iterator[Goal]:
    """What the index takes."""
    rate = size / build["cpu"]
    yield Goal("archive invented and written", "", f"{fill['wall']:.0f} s ({fill['cpu']:.0f} s CPU)")
    measured = f"{rate:,.0f} a second of CPU; {build['wall']:.0f} s by the clock ({size / build['wall']:,.0f} a second)"
    yield Goal("build on one core", "at least 2,000 a second", measured, rate >= 2000)
    memory = f"{build['memory']:.0f} MB of its own ({build['mapped']:.0f} with pages of the files it maps)"
    yield Goal("memory of the build", "under 500 MB", memory, build["memory"] < 500)
    yield Goal("size of the index", "", f"{build['megabytes']:.0f} MB")


def asking(size: int, ask: Measured) -> Iterator[Goal]:
    """The engine's part."""
    worst = max(ask["questions"].items(), key=lambda one: one[1]["wall"]["p95"])
    slowest = f"{worst[1]['wall']['p95']:.1f} ms ({worst[0]})"
    yield Goal("engine part, any question, p95", "under 50 ms", slowest, worst[1]["wall"]["p95"] < 50)
    common = ask["questions"][COMMON.name]["wall"]["p95"]
    wanted, met = ("under 6 ms", common < 6) if size <= 100_000 else ("", None)
    yield Goal(f"engine part, {COMMON.name}, p95", wanted, f"{common:.1f} ms", met)
    yield Goal("all answers in one digest", "the same on both databases", ask["digest"])
    yield Goal("memory of a process that asks", "", f"{ask['memory']:.0f} MB")


def paging(size: int, page: Measured) -> Iterator[Goal]:
    """Whole pages."""
    made = page["pages"]
    yield Goal("bare Django page with full middleware", "", f"{page['bare']:.0f} us CPU")
    for name, what, most in (
        ("common", COMMON.name, 30),
        ("middle", MIDDLE.name, 20),
        ("facets", "one facet more", None),
    ):
        times, sql = made[name]["times"], made[name]["sql"]
        wanted = f"at most {most} times bare" if most and size <= 100_000 else ""
        measured = f"{times:.1f} times ({made[name]['cpu'] / 1000:.1f} ms CPU, {sql} queries)"
        yield Goal(f"whole search page, {what}", wanted, measured, times <= most if wanted and most else None)
    if "deep" in made:
        ratio = made["deep"]["cpu"] / made["common"]["cpu"]
        yield Goal(DEEP.name, "at most 3 times page 1", f"{ratio:.2f} times", ratio <= 3)


def questions(ask: Measured, bare: float) -> Iterator[str]:
    """Every kind of question: the engine's part."""
    yield "| engine part | found | wall ms, p50 / p95 / p99 | CPU ms, p50 / p95 / p99 | CPU, times a bare Django page |"
    yield "|---|---|---|---|---|"
    for question in QUESTIONS:
        one = ask["questions"][question.name]
        wall, cpu = (
            " / ".join(f"{one[clock][share]:.1f}" for share in ("p50", "p95", "p99")) for clock in ("wall", "cpu")
        )
        times = one["cpu"]["p50"] * 1000 / bare
        yield f"| {question.name} | {one['total']:,} | {wall} | {cpu} | {times:.1f} |"
