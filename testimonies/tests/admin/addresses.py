"""Every address of the desk, taken from the resolver, so that a new one cannot be forgotten."""

import re
from collections.abc import Callable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Something between "<" and ">" of a route, or a named group of an expression.
PARTS = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*\)")


def always_one(name: str, part: str) -> str:
    """Where it does not matter which record is meant."""
    return "1"


def every_address(fill: Callable[[str, str], str] = always_one) -> Iterator[tuple[str, str]]:
    """The name of every pattern under /admin/ (its route where it has none) and an address that it answers.

    `fill` gives the value of a part of the address, from the name of the pattern and that of the part.
    """
    for names, route, pattern in walk(get_resolver().url_patterns):
        if route.startswith("admin/"):
            name = ":".join([*names, pattern.name]) if pattern.name else route
            yield name, "/" + re.sub(r"[\^$]", "", filled(route, name, fill))


def filled(route: str, name: str, fill: Callable[[str, str], str]) -> str:
    """The route with its parts filled."""

    def value(found: re.Match[str]) -> str:
        part = found[1] or found[2]
        return {"app_label": "testimonies", "url": "no/such/page/"}.get(part) or fill(name, part)

    return PARTS.sub(value, route)


def walk(
    patterns: list[URLPattern | URLResolver], names: tuple[str, ...] = (), before: str = ""
) -> Iterator[tuple[tuple[str, ...], str, URLPattern]]:
    """Every pattern with the names of the spaces that it stands in and its whole route."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, (*names, *filter(None, [one.namespace])), route)
        else:
            yield names, route, one
