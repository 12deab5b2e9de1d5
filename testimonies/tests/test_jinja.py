"""The public templates: strict, escaped, nothing inline, nothing from elsewhere, every word translatable."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import reverse
from jinja2 import UndefinedError, nodes
from jinja2.ext import babel_extract

from testimonies.jinja import lang, url

FOLDER = Path(settings.BASE_DIR) / "templates" / "public"
TEMPLATES = sorted(path.name for path in FOLDER.glob("*.html"))
# Names and marks that are the same in every language.
NO_WORDS = {"Wikidata", "GeoNames", "unAPI", "GET", "SHA", "inert"}  # names, and an attribute of HTML
# Where a link leads that a record's own identifiers make; nothing is ever loaded from there.
LED_TO = {"https://www.wikidata.org/wiki/", "https://www.geonames.org/"}

environment = cast(Jinja2, engines["jinja2"]).env


def source(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def test_there_are_templates_to_look_at():
    assert {"_base.html", "home.html", "testimony.html"} <= set(TEMPLATES)


def test_an_undefined_name_is_an_error():
    with pytest.raises(UndefinedError):
        environment.from_string("{{ pgae }}").render()


def test_text_is_escaped():
    assert environment.from_string("{{ text }}").render(text="<b>&") == "&lt;b&gt;&amp;"


def test_text_in_a_translated_sentence_is_escaped():
    sentence = environment.from_string('{{ _("Edition %(number)s", number=text) }}')
    assert sentence.render(text="<b>") == "Edition &lt;b&gt;"


@pytest.mark.parametrize(
    ("tag", "said"), [("und-Latn", "und"), ("und", "und"), ("kk-Latn", "kk-Latn"), ("en", "en"), ("undx", "undx")]
)
def test_an_unknown_language_claims_no_letter_forms(tag, said):
    assert lang(tag) == said


def test_the_archive_is_read_from_the_settings_at_each_use(settings):
    template = environment.from_string("{{ archive.name }}")
    settings.ARCHIVE = settings.ARCHIVE | {"name": "Archive of Voices"}
    assert template.render() == "Archive of Voices"


def test_addresses_are_those_of_the_site():
    assert url("testimony", "t1bek") == reverse("testimony", args=["t1bek"])
    assert url("edition", "t1bek", 2) == reverse("edition", args=["t1bek", 2])


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_nothing_inline(name):
    found = re.findall(
        r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\ssrc=|\stype="application/ld\+json">)|<iframe|<object""",
        source(name),
    )
    # A saved copy needs no other file.
    assert found == (["<style"] if name == "saved.html" else [])


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_names_no_other_host(name):
    assert set(re.findall(r"(?:https?:)?//[^\s\"'<>{]+", source(name))) <= LED_TO


@pytest.mark.parametrize("name", TEMPLATES)
def test_only_what_the_archive_wrote_itself_is_called_safe(name):
    assert set(re.findall(r"(\S+)\s*\|\s*safe", source(name))) <= {"""mark='<span""", """class="ours">[…]</span>'"""}


def calls(name):
    return [
        call
        for call in environment.parse(source(name)).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in ("_", "gettext", "ngettext", "pgettext", "npgettext")
    ]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_translated_string_is_found_by_the_extraction(name):
    options = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    with (FOLDER / name).open("rb") as file:
        found = list(babel_extract(file, ["_", "gettext", "ngettext", "pgettext", "npgettext"], [], options))
    assert len(found) == len(calls(name))
    assert all(isinstance(call.args[0], nodes.Const) for call in calls(name))


class Said(HTMLParser):
    """What readers see or hear of a template's own text, tags and attributes for machines left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.is_code = False

    def handle_data(self, data: str) -> None:
        """Note text between tags, unless it is what programs say."""
        self.words += [] if self.is_code else re.findall(r"[^\W\d_]{2,}", data)

    def handle_endtag(self, tag: str) -> None:
        """Note the end of what programs say."""
        self.is_code = self.is_code and tag != "code"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note attributes that are read out."""
        self.is_code = self.is_code or tag == "code"
        for name, value in attributes:
            if name in ("aria-label", "title", "alt", "placeholder"):
                self.handle_data(value or "")


def written(node):
    """A template's own text in its order, values left out, without what makes attributes and codes."""
    attributes = ("here", "canonical", "same", "spoken", "entered", "feed", "api")
    if isinstance(node, nodes.Block | nodes.Macro) and node.name in attributes:
        return
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Expr):
        yield "0"
    else:
        for child in node.iter_child_nodes():
            yield from written(child)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_word_of_a_template_is_beyond_translation(name):
    reader = Said()
    reader.feed("".join(written(environment.parse(source(name)))))
    reader.close()
    assert set(reader.words) <= NO_WORDS
