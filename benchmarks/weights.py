"""What a first visit to a page of each kind weighs, in a real browser, from the real server, beside the goals.

    ./run bench weights --languages en,kk --keep

The archive is the one with samples; each visit begins with nothing kept. Sizes are those of the bodies as they went
over the wire. The goals are those of the pages' budget: `--keep` writes the table to RESULTS.md.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Browser, Response, ViewportSize, sync_playwright

from benchmarks.search import keep
from benchmarks.server import Server
from testimonies.tests import chromium

KB = 1024
# Kind of file → the most of it that a page may fetch, in KB; and the most of everything, and of requests.
GOALS = {"document": 20, "stylesheet": 12, "script": 6, "font": 45}
MOST, MOST_REQUESTS = 90, 10
TELEPHONE: ViewportSize = {"width": 390, "height": 844}


def main(arguments: list[str]) -> None:
    """Measure, print, and keep what was measured where that is asked for."""
    parser = argparse.ArgumentParser(prog="./run bench weights")
    parser.add_argument("--languages", default="en,ru,kk,ky,it", help="with commas")
    parser.add_argument("--testimonies", type=int, default=400, help="how many samples")
    parser.add_argument("--keep", action="store_true", help="write the table to benchmarks/RESULTS.md")
    asked = parser.parse_args(arguments)
    fill(asked.testimonies)
    lines = []
    for line in report(asked.languages.split(",")):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        lines.append(line)
    if asked.keep:
        keep(f"./run bench weights --languages {asked.languages}", lines)


def fill(testimonies: int) -> None:
    """The archive with samples, ready to be served."""
    call_command("migrate", verbosity=0)
    call_command("make_sample_archive", testimonies=testimonies)
    call_command("prepare_archive")


def report(languages: list[str]) -> Iterator[str]:
    """The table, line by line as it is measured: of each kind of page the heaviest in any of the languages."""
    yield f"{datetime.now(UTC).date().isoformat()}, Chromium at {TELEPHONE['width']} px, nothing kept."
    yield ""
    yield "| page | language | requests | " + " | ".join(f"{kind}, KB" for kind in GOALS) + " | all, KB | hosts |"
    yield "| --- " * (len(GOALS) + 5) + "|"
    goals = " | ".join(f"at most {most}" for most in GOALS.values())
    yield f"| goal | | at most {MOST_REQUESTS} | {goals} | at most {MOST} | 1 |"
    missed = []
    addresses = pages()  # Playwright's loop forbids queries
    with (
        Server("archive.wsgi:application", os.environ | {}) as server,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS) as browser,
    ):
        site = f"http://127.0.0.1:{server.port}"
        for name, address in addresses.items():
            visits = {tag: visit(browser, site + ("" if tag == "en" else f"/{tag}") + address) for tag in languages}
            tag = max(visits, key=lambda one: sum(visits[one].sizes.values()))
            heaviest = visits[tag]
            sizes = " | ".join(f"{heaviest.sizes[kind] / KB:.1f}" for kind in GOALS)
            requests = max(one.requests for one in visits.values())
            hosts = set().union(*(one.hosts for one in visits.values()))
            whole = sum(heaviest.sizes.values()) / KB
            yield f"| {name} | {tag} | {requests} | {sizes} | {whole:.1f} | {len(hosts)} |"
            missed += [f"{name} ({tag}): {fault}" for tag, one in visits.items() for fault in one.faults()]
    yield ""
    yield (
        "\n".join(["Not met:", "", *(f"- {one}" for one in missed)])
        if missed
        else "Every goal is met in every language."
    )


class Visit:
    """One first visit: what was fetched, from where."""

    def __init__(self) -> None:
        self.requests = 0
        self.sizes: Counter[str] = Counter()
        self.hosts: set[str] = set()

    def note(self, response: Response) -> None:
        """Count one answer."""
        self.requests += 1
        self.sizes[response.request.resource_type] += response.request.sizes()["responseBodySize"]
        self.hosts.add(urlsplit(response.url).netloc)

    def faults(self) -> Iterator[str]:
        """The goals that it does not meet."""
        for kind, most in GOALS.items():
            if self.sizes[kind] > most * KB:
                yield f"{kind} {self.sizes[kind] / KB:.1f} KB"
        if sum(self.sizes.values()) > MOST * KB:
            yield f"{sum(self.sizes.values()) / KB:.1f} KB"
        if self.requests > MOST_REQUESTS:
            yield f"{self.requests} requests"
        if len(self.hosts) > 1:
            yield f"hosts {', '.join(sorted(self.hosts))}"


def visit(browser: Browser, address: str) -> Visit:
    """Open a page with nothing kept, on a telephone, and wait until it asks for nothing more."""
    context = browser.new_context(viewport=TELEPHONE)
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    visited = Visit()
    for answer in answers:
        visited.note(answer)
    context.close()
    return visited


def pages() -> dict[str, str]:
    """The pages, by what they are: of each kind of record the one with most testimonies."""
    from testimonies.models.public import Publication
    from testimonies.search import count_by

    listed = Publication.objects.listed().order_by("pk")
    plain = listed.values_list("identifier", flat=True)
    alone = plain.exclude(current_edition__passages__translates__isnull=False)[0]
    translated = plain.filter(current_edition__passages__translates__isnull=False)[0]
    kinds = ("place", "wave", "witness", "source", "tag")
    records = {kind: values[0].key for kind, values in zip(kinds, count_by(*kinds), strict=True)}
    return {
        "home": "/",
        "testimonies": "/testimonies/",
        "search": "/testimonies/?q=bread",
        "nothing found": "/testimonies/?q=zzzqqq",
        "testimony": f"/testimonies/{alone}/",
        "testimony, translated": f"/testimonies/{translated}/",
        "edition": f"/testimonies/{translated}/editions/1/",
        "history": f"/testimonies/{translated}/editions/",
        "map": "/places/",
        "map of the world": "/places/?view=world",
        "timeline": "/waves/",
        "witnesses": "/witnesses/",
        "sources": "/sources/",
        "tags": "/tags/",
        **{kind: reverse(kind, args=[key]) for kind, key in records.items()},
        "about": "/about/",
        "how to cite": "/cite/",
        "request": "/about/request/",
        "verify": "/verify/",
        "data": "/data/",
        "for programs": "/api/v1/",
        "not found": "/nothing/",
    }
