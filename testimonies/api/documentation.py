"""The page about the API, made from its description, and the description itself."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse

from testimonies.models.public import Publication

from . import openapi
from .door import data, read_only


@dataclass(frozen=True, slots=True)
class Parameter:
    """A word of an address, with what it means."""

    name: str
    where: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked at one address. `here` is such an address of this archive; empty where it holds none.

    `sent` is an example of what is posted, and `asks` its shape; empty where the address is read.
    """

    anchor: str
    method: str
    summary: str
    address: str
    description: str
    parameters: tuple[Parameter, ...]
    shape: str
    example: str
    here: str
    asks: str = ""
    sent: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a shape: its type in words, and where it is a shape of its own, the anchor of that."""

    name: str
    kind: str
    shape: str
    description: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands in an object."""

    name: str
    description: str
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentationPage:
    """The whole description, for people."""

    paragraphs: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Operation, ...]], ...]
    shapes: tuple[Shape, ...]


@read_only
def newest(request: HttpRequest) -> HttpResponse:
    """Lead to the current version."""
    return HttpResponseRedirect(reverse("api_documentation"))


@read_only
def document(request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    return data(openapi.document())


@read_only
def page(request: HttpRequest) -> HttpResponse:
    """The description for people, with addresses of this archive to try (one query)."""
    described = openapi.document()
    held = first_held()
    groups: dict[str, list[Operation]] = {}
    for address, operations in described["paths"].items():
        for method, one in operations.items():
            groups.setdefault(one["tags"][0], []).append(operation(method, address, one, held))
    shown = DocumentationPage(
        paragraphs=tuple(described["info"]["description"].strip().split("\n\n")),
        groups=tuple((name, tuple(found)) for name, found in groups.items()),
        shapes=tuple(shape(name, one) for name, one in described["components"]["schemas"].items()),
    )
    return HttpResponse(render_to_string("api.html", {"page": shown}, using="jinja2"))


def first_held() -> dict[str, dict[str, str]]:
    """Words of addresses that lead somewhere in this archive, by the first part of the address."""
    fields = {
        "testimonies": "identifier",
        "witnesses": "witness__identifier",
        "places": "places__identifier",
        "waves": "waves__slug",
        "sources": "source__identifier",
        "tags": "tags__slug",
    }
    rows = Publication.objects.listed().order_by("first_published_at", "pk")
    first = rows.values("current_edition__number", *fields.values()).first()
    if first is None:
        return {}
    words = {kind: first[field] for kind, field in fields.items() if first[field]}
    return {
        kind: {"identifier": word, "slug": word, "number": str(first["current_edition__number"]), "passage": "p1"}
        for kind, word in words.items()
    }


def operation(method: str, address: str, one: dict[str, Any], held: dict[str, dict[str, str]]) -> Operation:
    """One operation as the page shows it."""
    content = one["responses"]["200"]["content"]["application/json"]
    sent = one.get("requestBody", {}).get("content", {}).get("application/json")
    words = held.get(one["tags"][0])
    here = address.format(**words) if words else "" if sent or "{" in address else address
    return Operation(
        anchor=one["operationId"],
        method=method,
        summary=one["summary"],
        address=address,
        description=one.get("description", ""),
        parameters=tuple(Parameter(each["name"], each["in"], each["description"]) for each in one["parameters"]),
        shape=name_of(content["schema"]),
        example=in_lines(content["example"]),
        here=here,
        asks=name_of(sent["schema"]) if sent else "",
        sent=in_lines(sent["example"]) if sent else "",
    )


def in_lines(example: Any) -> str:
    """An example as it is read."""
    return json.dumps(example, ensure_ascii=False, indent=2)


def shape(name: str, one: dict[str, Any]) -> Shape:
    """One shape as the page shows it."""
    keys = tuple(
        Key(key, in_words(held), name_of(held), held.get("description", ""))
        for key, held in one.get("properties", {}).items()
    )
    return Shape(name=name, description=one.get("description", ""), keys=keys)


def in_words(schema: dict[str, Any]) -> str:
    """The type of a value: "text", "list of texts", "Basis or null"."""
    if "anyOf" in schema:
        return " or ".join(in_words(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return name_of(schema)
    if schema.get("type") == "array":
        return f"list of {in_words(schema['items'])}"
    return {"string": "text", "integer": "number", "boolean": "true or false", "object": "object"}.get(
        schema.get("type", ""), schema.get("type", "anything")
    )


def name_of(schema: dict[str, Any]) -> str:
    """The shape to which a schema refers, itself or in a list; empty where to none."""
    for one in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
        if "$ref" in one:
            return str(one["$ref"]).rpartition("/")[2]
    return ""
