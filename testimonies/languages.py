"""Languages and scripts as BCP 47 tags: valid ones only, one spelling each, and names for the reader.

Tags are those of RFC 5646; validity is judged by langcodes against the registry it carries. The names are a
table of our own, because the languages of this archive are few and should be translated with the rest of its
words.
"""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from langcodes import Language, tag_is_valid
from langcodes.tag_parser import LanguageTagError

# RFC 5646, section 4.4.1 asks for room for 35 characters; nothing real comes near this.
_LONGEST = 60

NAMES = {
    "ar": _("Arabic"),
    "az": _("Azerbaijani"),
    "ba": _("Bashkir"),
    "be": _("Belarusian"),
    "bua": _("Buryat"),
    "ce": _("Chechen"),
    "cs": _("Czech"),
    "cv": _("Chuvash"),
    "de": _("German"),
    "dng": _("Dungan"),
    "en": _("English"),
    "es": _("Spanish"),
    "et": _("Estonian"),
    "fa": _("Persian"),
    "fi": _("Finnish"),
    "fr": _("French"),
    "he": _("Hebrew"),
    "hy": _("Armenian"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ka": _("Georgian"),
    "kaa": _("Karakalpak"),
    "kk": _("Kazakh"),
    "ko": _("Korean"),
    "ky": _("Kyrgyz"),
    "lt": _("Lithuanian"),
    "lv": _("Latvian"),
    "mn": _("Mongolian"),
    "mul": _("several languages"),
    "os": _("Ossetic"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "sah": _("Yakut"),
    "sgh": _("Shughni"),
    "sr": _("Serbian"),
    "tg": _("Tajik"),
    "tk": _("Turkmen"),
    "tr": _("Turkish"),
    "tt": _("Tatar"),
    "tyv": _("Tuvan"),
    "ug": _("Uyghur"),
    "uk": _("Ukrainian"),
    "und": _("language not known"),
    "uz": _("Uzbek"),
    "zh": _("Chinese"),
    "zxx": _("no words"),
}

SCRIPTS = {
    "Arab": _("Arabic script"),
    "Armn": _("Armenian script"),
    "Cyrl": _("Cyrillic"),
    "Geor": _("Georgian script"),
    "Hang": _("Hangul"),
    "Hans": _("simplified characters"),
    "Hant": _("traditional characters"),
    "Hebr": _("Hebrew script"),
    "Kore": _("Korean script"),
    "Latn": _("Latin"),
    "Mong": _("Mongolian script"),
}

# Scripts written from right to left.
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Sogd", "Syrc", "Thaa"})


def validate_tag(tag: str) -> None:
    """Raise ValueError, with a sentence for the editor, unless the tag is valid (RFC 5646, section 2.2.9)."""
    if not tag:
        raise ValueError(gettext("Choose a language."))
    if len(tag) > _LONGEST or "_" in tag or not tag.isascii() or not tag_is_valid(tag):
        shown = tag if len(tag) <= _LONGEST else tag[: _LONGEST - 1] + "…"
        sentence = gettext("“%(tag)s” is no language tag. Write one such as “kk”, “ru” or “kk-Latn”.")
        raise ValueError(sentence % {"tag": shown})


def standardise(tag: str) -> str:
    """Return the tag as this archive writes it, such as "kk-Cyrl" for "KK_cyrl".

    Case and hyphens follow RFC 5646, section 2.1.1; codes that the registry has replaced give way ("iw" to
    "he"). A script stays even where the language is usually written in it: Kazakh in Cyrillic is worth
    saying. Raises ValueError.
    """
    hyphenated = tag.strip().replace("_", "-")
    validate_tag(hyphenated)
    return Language.get(hyphenated).to_tag()


def name(tag: str) -> str:
    """Return a tag's name in the active language, such as "Kazakh (Cyrillic)", or else the tag itself."""
    parts = _parse(tag)
    if parts is None or (parts.language or "und") not in NAMES:
        return tag
    details = [str(SCRIPTS.get(parts.script, parts.script))] if parts.script else []
    details += [detail for detail in (parts.territory, *(parts.variants or []), parts.private) if detail]
    language = str(NAMES[parts.language or "und"])
    return f"{language} ({', '.join(details)})" if details else language


def without_usual_script(tag: str) -> str:
    """Return the tag without the script in which its language goes without saying ("ru" for "ru-Cyrl")."""
    parts = _parse(tag)
    return parts.simplify_script().to_tag() if parts and parts.script else tag


def direction(tag: str) -> str:
    """Return "rtl" or "ltr": how the tag is written, by its script or else by its likely one (UTS #35)."""
    parts = _parse(tag)
    script = parts and (parts.script or parts.maximize().script)
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=1024)
def _parse(tag: str) -> Language | None:
    """Return the parts of a tag, or None where it is none."""
    if not tag or len(tag) > _LONGEST:
        return None
    try:
        return Language.get(tag)
    except (LanguageTagError, ValueError):
        return None
