"""The strings of the interface, gathered from the sources into a catalogue for each language, and compiled.

Django's own `makemessages` needs programs of GNU gettext and does not read Jinja2. Babel, which is plain Python, does
both; what is written in Django's template language is turned into calls by Django, as `makemessages` has it done.
A catalogue keeps the translations that it has; strings that the sources have no more are kept at its end.
"""

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

DOMAIN: Final = "django"
FOLDER: Final = Path("testimonies") / "locale"
HEAD: Final = "# Written by `./run manage make_messages`: only the translations (msgstr) are changed by hand."
KEYWORDS: Final = {
    **{name: DEFAULT_KEYWORDS[name] for name in ("_", "gettext", "ngettext", "pgettext", "npgettext")},
    **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")},
    "gettext_noop": None,
}
_CALL = re.compile(r"""(?<!\w)(?:_|n?p?gettext)\((?:[^()"']|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""")


def languages() -> list[str]:
    """Return the tags of the languages that are translated into."""
    return [tag for tag, _name in settings.LANGUAGES if tag != settings.LANGUAGE_CODE]


def catalogue_of(tag: str) -> Path:
    """Return where the catalogue of a language lies; the compiled one lies beside it, as .mo."""
    return settings.BASE_DIR / FOLDER / tag / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(tag: str) -> Catalog:
    """Return the catalogue of a language, empty where there is none yet."""
    path = catalogue_of(tag)
    if not path.exists():
        return Catalog(locale=tag, domain=DOMAIN, project="Archive of Testimonies", header_comment=HEAD, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=tag, domain=DOMAIN)


def gathered() -> Catalog:
    """Return every string of the sources, each with the files that have it."""
    found = Catalog(domain=DOMAIN)
    for path, method in sources():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        with path.open("rb") as file:
            for _line, message, comments, context in extract(method, file, KEYWORDS, ["Translators:"], OPTIONS):
                found.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return found


# Whatever cannot be read must be heard of; blanks as the pages' environment takes them (testimonies/jinja.py).
OPTIONS: Final[Any] = {"encoding": "utf-8", "silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}


def sources() -> Iterator[tuple[Path, Any]]:
    """Yield every file that may have strings, with how they are read from it."""
    kinds = (
        ("archive", "*.py", "python"),
        ("testimonies", "*.py", "python"),
        ("templates/public", "*.html", "jinja2.ext:babel_extract"),
        ("templates/desk", "*.html", desk_template),
        ("templates/desk", "*.txt", desk_template),
    )
    for folder, pattern, method in kinds:
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            if not {"tests", "migrations"} & set(path.parts):
                yield path, method


def desk_template(file: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterable[Any]:
    """Return the strings of a template in Django's language, for Babel's `extract`."""
    # Of what `templatize` leaves only the calls are Python.
    calls = "\n".join(_CALL.findall(templatize(file.read().decode("utf-8"))))
    return extract_python(io.BytesIO(calls.encode()), keywords, comment_tags, options)


def update() -> dict[str, int]:
    """Bring every catalogue up to date and compile it; return how many strings each language lacks."""
    template = gathered()
    return {tag: written(tag, updated(read(tag), template)) for tag in languages()}


def updated(catalogue: Catalog, template: Catalog) -> Catalog:
    """Return the catalogue with the strings of the template; nothing is guessed from strings that look alike."""
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    for key in [key for key, message in catalogue.obsolete.items() if not is_translated(message)]:
        del catalogue.obsolete[key]
    return catalogue


def written(tag: str, catalogue: Catalog) -> int:
    """Write a catalogue, and what Django reads of it; return how many strings are not translated."""
    path = catalogue_of(tag)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_text(catalogue))
    path.with_suffix(".mo").write_bytes(compiled(catalogue))
    return sum(1 for message in catalogue if message.id and not is_translated(message))


def as_text(catalogue: Catalog) -> bytes:
    """Return a catalogue as it lies in the repository: in the order of its strings, without the numbers of lines."""
    file = io.BytesIO()
    write_po(file, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=False)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as Django reads it, without what is not translated: Babel takes empty plurals for texts."""
    kept = Catalog(
        catalogue.locale,
        DOMAIN,
        project=catalogue.project,
        creation_date=catalogue.creation_date,
        revision_date=catalogue.revision_date,
        fuzzy=False,
    )
    for message in catalogue:
        if message.id and is_translated(message):
            kept.add(message.id, message.string, context=message.context)
    file = io.BytesIO()
    write_mo(file, kept)
    return file.getvalue()


def is_translated(message: Any) -> bool:
    """Whether every form of a string is there, and was not merely guessed."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return bool(forms) and all(forms) and not message.fuzzy
