"""The description of the API: that it is one, that the API keeps to it, and that its examples are true.

The examples are what the API answers about the seed collection. Where they have to change, this writes them anew:
`WRITE_EXAMPLES=1 .venv/bin/pytest -k examples_are testimonies/tests/api/test_openapi.py`
"""

import json
import os
import re

import jsonschema_rs
import pytest
import schemathesis
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from archive.wsgi import django
from testimonies import identifiers
from testimonies.api import openapi
from testimonies.models.public import Publication
from testimonies.tests import making
from testimonies.tests.canary.crawl import connections_kept

pytestmark = pytest.mark.django_db

IDENTIFIER = re.compile(rf"\b[{identifiers.ALPHABET}]{{8}}\b")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Stems:
    """Identifiers as they might be: what is minted differs from one archive to the next."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def stand_for(self, found: re.Match[str]) -> str:
        if not identifiers.is_wellformed(found[0]):
            return found[0]
        if found[0] not in self.known:
            stem = f"x{len(self.known) + 2:06d}"
            self.known[found[0]] = stem + identifiers.check_character(stem)
        return self.known[found[0]]


def without_what_differs(answer):
    """An answer with fixed identifiers, moments and digests, under a host that is nobody's."""
    stems = Stems()
    # PostgreSQL keeps the keys of a record in an order of its own.
    IDENTIFIER.sub(stems.stand_for, json.dumps(answer, sort_keys=True))
    text = IDENTIFIER.sub(stems.stand_for, json.dumps(answer, ensure_ascii=False))
    text = MOMENT.sub("2026-01-15T12:00:00Z", text)
    text = re.sub(r"\b[0-9a-f]{64}\b", "0123456789abcdef" * 4, text)
    return json.loads(text.replace("http://testserver", "https://archive.example.org"))


@pytest.fixture
def answers(client):
    """What the API answers about the seed collection, by the names of operations; lists are cut."""
    call_command("load_seed_collection", verbosity=0)
    testimony = Publication.objects.get(witness__name="Maržan")
    words = {
        "identifier": {
            "testimonies": testimony.identifier,
            "witnesses": testimony.witness.identifier,
            "sources": testimony.source.identifier,
            "places": testimony.places.get(name="Almaty").identifier,
        },
        "slug": {"waves": testimony.waves.get().slug, "tags": "borders"},
    }
    found = {}
    for address, operations in openapi.api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items():
        group = address.split("/")[3]
        told = {name: keys.get(group, "") for name, keys in words.items()}
        if "post" in operations:
            continue
        name = operations["get"]["operationId"]
        response = client.get(address.format(**told, number=1, passage="p1"), {"q": "borders"} if group == name else {})
        found[name] = cut(response.json())
    sent = {"text": "there will be no benefit for us, better to shut the borders"}
    answered = client.post("/api/v1/verify/", sent, content_type="application/json").json()
    return found | {"verify": {"sent": sent, "answered": answered}}


def cut(answer):
    """An answer short enough for an example: two values of a facet, one record of a list."""
    answer["facets"] = {name: values[:2] for name, values in answer.get("facets", {}).items()}
    if not answer["facets"]:
        del answer["facets"]
    for name in ("testimonies", "witnesses", "places", "waves", "sources", "tags"):
        if isinstance(answer.get(name), list):
            answer[name] = answer[name][:1]
    return answer


def test_examples_are_what_the_seed_collection_answers(answers):
    made = {name: without_what_differs(answer) for name, answer in answers.items()}
    if os.environ.get("WRITE_EXAMPLES"):
        openapi.EXAMPLES.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    held = json.loads(openapi.EXAMPLES.read_text(encoding="utf-8"))
    assert held.keys() == made.keys()
    for name, example in made.items():
        # The lists stand in the order of identifiers, which are made by chance.
        if name not in ("witnesses", "places", "sources"):
            assert held[name] == example, name


def test_description_is_one_and_its_examples_keep_to_it(client):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    operations = {one["operationId"]: one for path in document["paths"].values() for one in path.values()}
    assert len(operations) == 17
    for name, operation in operations.items():
        content = operation["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": document["components"]}
        jsonschema_rs.validate(schema, content["example"])
        assert operation["summary"], name
        assert len(operation["description"]) > 15, name


@pytest.fixture
def described():
    """The description as the tool reads it, of an archive that holds something of everything."""
    making.corrected(
        making.published("=Loaf", places=[making.a_place()], waves=[making.a_wave()], tags=[making.a_tag()]), "Loaf."
    )
    making.withdrawn()
    with connections_kept():
        yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", django)


def test_api_keeps_to_its_description(described):
    """The tool that looks for answers which the description does not allow finds none."""
    operations = [result.ok() for result in described.get_all_operations()]
    assert len(operations) == 17
    for operation in operations:
        look_at(operation)


def look_at(operation):
    """A few questions to one operation, always the same ones; in each mode, what is allowed and what is not."""
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

        @settings(max_examples=8, derandomize=True, database=None, suppress_health_check=[*HealthCheck])
        @given(case=operation.as_strategy(generation_mode=mode))
        def look(case):
            # The tool takes what is compressed, but does not unpack what comes from a WSGI application.
            case.call_and_validate(headers={"Accept-Encoding": "identity"})

        look()
