"""The catalogues of translations: whole, in step with the sources, and safe to be filled in."""

import ast
import io
import re
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo
from django.conf import settings

from testimonies.management import messages

# Whether every string has to be translated: from then on each change of a string brings its translations with it.
LANGUAGES_COMPLETE = True

TAGS = messages.languages()
every_language = pytest.mark.parametrize("tag", TAGS)

NAMED = re.compile(r"%(?:\((\w+)\))?([sd%])|\{(\w*)\}")
MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&\w+;")


@cache
def catalogue(tag: str) -> Catalog:
    return messages.read(tag)


@cache
def sources() -> Catalog:
    return messages.gathered()


def calls_within(node: ast.AST) -> set[str]:
    """The names of the functions that are called somewhere in a piece of code."""
    return {one.func.id for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}


def test_no_string_hides_in_an_f_string():
    """Whatever gathers strings does not look into them with every Python."""
    asked = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "npgettext", "pgettext", "pgettext_lazy"}
    hidden = [
        f"{path.relative_to(settings.BASE_DIR)}:{node.lineno}"
        for folder in ("archive", "testimonies")
        for path in (Path(settings.BASE_DIR) / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr) and asked & calls_within(node)
    ]
    assert hidden == []


def strings(tag: str) -> list[Any]:
    """The messages of a language, without the header."""
    return [message for message in catalogue(tag) if message.id]


def keys(held: Catalog) -> set[tuple[Any, Any]]:
    return {(message.context, message.id) for message in held if message.id}


def forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def pairs(tag: str) -> list[tuple[Any, str]]:
    """Each string as it is written in the sources, with each form of its translation that there is."""
    return [(message, form) for message in strings(tag) for form in forms(message.string) if form]


def filled_in(text: str) -> list[tuple[str, ...]]:
    """What is put into a text when it is shown."""
    return sorted(NAMED.findall(text))


def test_four_languages_are_translated_into():
    assert TAGS == ["ru", "kk", "ky", "it"]
    assert {path.name for path in (settings.BASE_DIR / messages.FOLDER).iterdir()} == set(TAGS)


@every_language
def test_catalogue_has_every_string_of_the_sources_and_no_other(tag):
    assert keys(catalogue(tag)) == keys(sources()), "run: ./run manage make_messages"


@every_language
def test_catalogue_lies_as_it_is_written(tag):
    assert messages.catalogue_of(tag).read_bytes() == messages.as_text(catalogue(tag)), (
        "run: ./run manage make_messages"
    )


@every_language
def test_what_is_compiled_is_what_is_written(tag):
    lies = messages.catalogue_of(tag).with_suffix(".mo").read_bytes()
    assert lies == messages.compiled(catalogue(tag)), "run: ./run manage make_messages"
    held = [message for message in read_mo(io.BytesIO(lies)) if message.id]
    assert len(held) == len([one for one in strings(tag) if messages.is_translated(one)])


@every_language
def test_nothing_is_guessed(tag):
    assert [message.id for message in strings(tag) if message.fuzzy] == []


@every_language
@pytest.mark.skipif(not LANGUAGES_COMPLETE, reason="the strings stand not still yet")
def test_every_string_is_translated(tag):
    assert [message.id for message in strings(tag) if not messages.is_translated(message)] == []


@pytest.mark.parametrize(
    ("tag", "numbers"), [("ru", [1, 2, 5, 11, 21]), ("kk", [1, 2]), ("ky", [1, 2]), ("it", [1, 2])]
)
def test_plurals_have_the_forms_of_their_language(tag, numbers):
    held = catalogue(tag)
    assert held.num_plurals == {"ru": 3}.get(tag, 2)
    choose = c2py(held.plural_expr)
    assert {choose(number) for number in numbers} == set(range(held.num_plurals))
    for message in strings(tag):
        if not isinstance(message.id, str):
            assert len(forms(message.string)) == held.num_plurals, message.id
            assert len(set(map(bool, forms(message.string)))) == 1, message.id


@every_language
def test_translation_fills_in_what_its_string_fills_in(tag):
    for message, form in pairs(tag):
        written = [filled_in(one) for one in forms(message.id)]
        assert filled_in(form) in written, (message.id, form)


@every_language
def test_translation_has_the_markup_of_its_string(tag):
    for message, form in pairs(tag):
        assert sorted(MARKUP.findall(form)) == sorted(MARKUP.findall(forms(message.id)[0])), (message.id, form)


@every_language
def test_translation_begins_and_ends_with_the_blanks_of_its_string(tag):
    for message, form in pairs(tag):
        written = forms(message.id)[0]
        assert (form[:1].isspace(), form[-1:].isspace()) == (written[:1].isspace(), written[-1:].isspace()), form


SOURCE = """
from django.utils.translation import gettext as _, gettext_lazy, gettext_noop, ngettext, npgettext, pgettext_lazy
_("one"), gettext_lazy("two"), gettext_noop("three"), pgettext_lazy("a context", "four")
ngettext("%(n)s five", "%(n)s fives", n), npgettext("another", "six", "sixes", n)
"""
PUBLIC = """
{{ _("seven") }} {{ ngettext("%(num)s eight", "%(num)s eights", 3) }}
<a title="{{ _('nine %(name)s', name=1) }}"></a>
{% trans count=2 %}{{ count }} ten{% pluralize %}{{ count }} tens{% endtrans %}
{% trans %}eleven <b>bold</b>{% endtrans %}
"""
DESK = """{% load i18n %}
{% translate "twelve" %} {% translate 'it’s "thirteen"' context "quoted" %} {{ value|default:_("fourteen") }}
{% blocktranslate trimmed count n=3 %}
  {{ n }} fifteen (thing)
{% plural %}
  {{ n }} fifteens (things)
{% endblocktranslate %}
"""


def test_strings_are_found_wherever_they_are_written(settings, tmp_path):
    for name, text in (
        ("testimonies/one.py", SOURCE),
        ("testimonies/tests/two.py", '_("of a test")'),
        ("templates/public/three.html", PUBLIC),
        ("templates/desk/four.html", DESK),
        ("archive/five.py", ""),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    settings.BASE_DIR = tmp_path
    assert keys(messages.gathered()) == {
        (None, "one"), (None, "two"), (None, "three"), ("a context", "four"), (None, ("%(n)s five", "%(n)s fives")),
        ("another", ("six", "sixes")), (None, "seven"), (None, ("%(num)s eight", "%(num)s eights")),
        (None, "nine %(name)s"), (None, ("%(count)s ten", "%(count)s tens")), (None, "eleven <b>bold</b>"),
        (None, "twelve"), ("quoted", 'it’s "thirteen"'), (None, "fourteen"),
        (None, ("%(n)s fifteen (thing)", "%(n)s fifteens (things)")),
    }  # fmt: skip


def test_updating_keeps_translations_and_what_was_taken_away():
    held, template = Catalog(locale="ru"), Catalog()
    held.add("kept", "оставлено")
    held.add("gone", "ушло")
    template.add("kept")
    template.add("new")
    updated = messages.updated(held, template)
    assert {message.id: message.string for message in updated if message.id} == {"kept": "оставлено", "new": None}
    assert [message.string for message in updated.obsolete.values()] == ["ушло"]
    assert messages.updated(updated, template).obsolete
