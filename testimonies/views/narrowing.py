"""What narrows a map or a timeline: the same words in the address as narrow the list of testimonies."""

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse

from testimonies.forms import QuestionForm
from testimonies.reading.narrowing import Choice, Narrowing, Option
from testimonies.reading.results import Chip, Message
from testimonies.search import Counts, Question, Results
from testimonies.views import addresses

# What the form offers; every other facet narrows too where it stands in the address.
OFFERED = ("wave", "tag", "language", "printed", "year", "place")


def narrowing(form: QuestionForm, results: Results, name: str, table: str, *extra: tuple[str, str]) -> Narrowing:
    """What narrows the drawing at the address `name`; `extra` stands in its address besides the question."""
    question, path = results.question, reverse(name)
    # On the map places are chosen by their circles.
    facets = [counts for counts in results.facets if counts.facet.name in OFFERED and f"{counts.facet.name}s" != name]
    choices = tuple(choice for counts in facets if (choice := offered(counts, question)))
    set_here = {choice.name for choice in choices}
    chips = [chip for counts in results.facets for chip in chips_of(counts, question, path, extra)]
    if question.words:
        chips.insert(0, Chip("", f"“{question.words}”", here(path, question.without("q"), extra)))
    if question.as_of is not None:
        chips.append(Chip("", f"#{question.as_of}", here(path, question.without("as_of"), extra)))
    return Narrowing(
        here=path,
        total=results.total,
        all=addresses.testimonies(question_alone(question)),
        table=addresses.with_query(reverse(table), question.narrowing()),
        choices=choices,
        chips=tuple(chips),
        kept=tuple(pair for pair in (*question.narrowing(), *extra) if pair[0] not in set_here),
        clear=addresses.with_query(path, [*extra]) if chips else "",
        messages=tuple(Message(note) for note in form.notes),
    )


def question_alone(question: Question) -> Question:
    """The question in its usual order, on its first page."""
    return replace(question.on_page(1), sort="")


def here(path: str, question: Question, extra: Iterable[tuple[str, str]] = ()) -> str:
    """The address of a drawing that answers a question."""
    return addresses.with_query(path, [*question.narrowing(), *extra])


def offered(counts: Counts, question: Question) -> Choice | None:
    """A facet as a list of which one value may be chosen; none where that would say nothing or lose something."""
    name = counts.facet.name
    chosen = question.chosen.get(name, ())
    if len(chosen) > 1 or (len(counts.values) < 2 and not chosen):
        return None
    values = {value.key: value for value in (*counts.chosen, *counts.values)}
    options = (Option(value.key, str(value.label), value.count, value.key in chosen) for value in values.values())
    return Choice(name, str(counts.facet.label), tuple(options))


def chips_of(counts: Counts, question: Question, path: str, extra: Iterable[tuple[str, str]]) -> Iterable[Chip]:
    """The choices of a facet that are in force."""
    for value in counts.chosen:
        without = question.letting_go(counts.facet.name, value.key)
        yield Chip(str(counts.facet.label), str(value.label), here(path, without, extra))
