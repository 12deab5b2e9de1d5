"""The description of the API (OpenAPI 3.1): what the library finds in the operations, and what it cannot know."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from testimonies import identifiers, problems
from testimonies.search import FACETS, SORTS

from .operations import ADDRESS, api
from .schemas import Asked, Problem

Document = dict[str, Any]

# What each operation answers about the seed collection, by the operation's name (made by its test).
EXAMPLES: Final = Path(__file__).with_name("examples.json")

DESCRIPTION: Final = """\
Everything that the public pages tell, as JSON. Nothing can be changed: addresses answer to being read (GET, HEAD, \
OPTIONS), and one to a text that is posted to be verified. No key is needed, no cookie is set, and programs on pages \
of other sites may ask too (CORS).

Lists come in pages: follow `next` until it is null. Every answer carries an entity tag (`ETag`): send it back as \
`If-None-Match`, and as long as nothing was published the answer is 304 without a body. Whatever goes wrong is told as \
problem details (RFC 9457, `application/problem+json`).

An identifier is never given to anything else, and an edition never changes. What is known of a voice or of words is \
told with how it is known; what a source does not say is left empty. Texts in quoted words are the source's, with its \
rights; the archive's own descriptions have the archive's licence. The version stands in the address: in version 1 \
keys may be added, never taken away or given another meaning.
"""

# Words of an address → what they mean, and their form.
PARAMETERS: Final[dict[str, tuple[str, Document]]] = {
    "identifier": (
        "An identifier: eight characters, the last of which checks the others.",
        {"type": "string", "pattern": f"^[{identifiers.ALPHABET}]{{{identifiers.LENGTH}}}$"},
    ),
    "slug": ("The readable name in the record's address.", {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}),
    "number": ("The number of the edition, from 1.", {"type": "integer", "minimum": 1, "maximum": 999_999}),
    "passage": ("The identifier of a passage: p1, p2 …", {"type": "string", "pattern": "^p[1-9][0-9]{0,5}$"}),
}
# Any text, but for the one character that no text has.
TEXT: Final[Document] = {"type": "string", "pattern": "^[^\\u0000]*$"}
UNREAD: Final = {"400": "The request could not be read."}
BUSY: Final = {"503": "The archive cannot answer just now; `Retry-After` says when to ask again."}
PROBLEMS: Final = {
    **UNREAD,
    "404": "Nothing is held here, or it is under review.",
    "405": "This address answers only to being read.",
    "410": "Withdrawn, taken out, or no longer referred to: when, and no more.",
    **BUSY,
}
PROBLEMS_OF_POSTED: Final = {
    **UNREAD,
    "405": "This address answers only to what is posted.",
    "413": "The text is longer than any testimony.",
    "415": "What is sent has to be JSON.",
    **BUSY,
}


@lru_cache(maxsize=1)
def document() -> Document:
    """The whole description, the same for everybody; not to be changed by who reads it."""
    made: Document = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"/{ADDRESS}")))
    made["info"] = {
        "title": settings.ARCHIVE["name"],
        "version": api.version,
        "summary": "The archive for programs",
        "description": DESCRIPTION,
        "contact": {"email": settings.ARCHIVE["contact"]},
        "license": {"name": settings.ARCHIVE["licence_name"], "url": settings.ARCHIVE["licence_url"]},
    }
    made["servers"] = [{"url": settings.ARCHIVE["url"]}]
    for shape in (Asked, Problem):
        made["components"]["schemas"][shape.__name__] = shape.model_json_schema()
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    for address, operations in made["paths"].items():
        for method, operation in operations.items():
            operation["tags"] = [address.removeprefix(f"/{ADDRESS}").partition("/")[0]]
            (complete_posted if method == "post" else complete)(address, operation, examples)
    return made


def complete(address: str, operation: Document, examples: Document) -> None:
    """Add what the library cannot know: what words of the address mean, problems, examples."""
    name = operation["operationId"]
    operation["parameters"] = [*map(path_parameter, operation["parameters"]), *query_parameters(name)]
    answers = operation["responses"]
    answers["200"] = answer(answers.pop(next(iter(answers)))["content"]["application/json"], examples[name])
    answers["200"]["headers"] = {"ETag": {"description": "To be sent back as `If-None-Match`.", "schema": TEXT}}
    for status, sentence in PROBLEMS.items():
        if status != "410" or "{" in address:
            answers[status] = told(sentence)
    if "{" in address:
        answers["301"] = {"description": "It was merged with another record: `Location` is that one's address."}
    answers["304"] = {"description": "What you hold still stands (`If-None-Match`)."}


def complete_posted(address: str, operation: Document, examples: Document) -> None:
    """Add what is sent, problems, and an example of both."""
    example = examples[operation["operationId"]]
    sent = {"schema": {"$ref": "#/components/schemas/Asked"}, "example": example["sent"]}
    operation["requestBody"] = {"required": True, "content": {"application/json": sent}}
    answers = operation["responses"]
    answers["200"] = answer(answers.pop(next(iter(answers)))["content"]["application/json"], example["answered"])
    answers |= {status: told(sentence) for status, sentence in PROBLEMS_OF_POSTED.items()}


def answer(content: Document, example: Document) -> Document:
    """The answer that is no problem."""
    return {
        "description": "What is held.",
        "content": {"application/json": {**content, "example": example}},
    }


def told(sentence: str) -> Document:
    """A problem."""
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": sentence, "content": content}


def path_parameter(parameter: Document) -> Document:
    """A word of the address itself, with what it means."""
    description, schema = PARAMETERS[parameter["name"]]
    return {**parameter, "schema": schema, "description": description}


def query_parameters(name: str) -> Iterator[Document]:
    """The words after the question mark; any text is taken for any of them, and what it cannot mean is left out."""
    if name == "testimonies":
        yield parameter("q", "Words to look for, in any script and spelling; quotation marks ask for these letters.")
        for facet in FACETS:
            many = {"type": "array", "items": TEXT}
            yield parameter(facet.name, f"{facet.label}: one of the keys counted in `facets`, or several.", many)
        yield parameter("sort", f"The order: {', '.join(SORTS)}.")
        yield parameter("as_of", "Leave out what was published after this number of the publication log.")
        yield parameter("page", "The number of the page, from 1, as far as ten thousand testimonies.")
        yield parameter("after", "Where the page begins; `next` has it.")
    elif name in ("witnesses", "places", "waves", "sources", "tags"):
        yield parameter("after", "The identifier or slug behind which the page begins; `next` has it.")


def parameter(name: str, description: str, schema: Document | None = None) -> Document:
    """A word after the question mark."""
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": description,
        "schema": schema or TEXT,
    }
