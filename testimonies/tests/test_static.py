"""Type, colours and scripts: small enough, legible enough, with every letter that names need."""

import gzip
import re
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

STATIC = Path(settings.BASE_DIR) / "static"
BASE, FONTS = ((STATIC / "css" / f"{name}.css").read_text(encoding="utf-8") for name in ("base", "fonts"))
PUBLIC_CSS = ("fonts", "base", "lists", "drawings", "data")
STYLES = ("regular", "italic", "semibold")
# Every file of the style sheet and its letters.
FACES = {
    (style, script): said
    for style, script, said in re.findall(r'noto-serif-([a-z]+)-([a-z-]+)\.woff2"[^}]*unicode-range: ([^;]+);', FONTS)
}

LETTERS = {
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Kazakh": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "Kyrgyz": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
    "Uzbek": "абвгдеёжзийклмнопрстуўфхцчшъэюяқғҳ",
    "Tajik": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    "stress": "а\u0301о\u0301",
    "Uzbek Latin": "abdefghijklmnopqrstuvxyzʻʼ",
    "Kazakh Latin 2018": "aábdefgǵhiıjklmnńoóprstuúvyýz",
    "Kazakh Latin 2021": "aäbdefgğhiıjklmnñoöpqrsştuūüvyz",
    "ISO 9": "âčçěéèêëğġḥìïĵķļņṅôŏŝšṣŭûūüỳžʹʺa\u030bz\u0306g\u0300u\u0307c\u0327\u030ch\u0328k\u0326",
    "ALA-LC": "ėīĭïġḣňšūŭüʹʺi\u0361ut\u0361sn\u0361gi\ufe20u\ufe21",
    "Turkological": "äəïıöüāēīōūȫǖǟâêîûáéíóúćčçğǧģǵġɣŋñńḳḵḥḫḍṭṣẓẕžźżšśşǰʾʿ",
    "quotation": "“”‘’„‚«»‹›–—…№€§°·×",
}


def points(ranges):
    """The letters of a unicode-range."""
    return {
        point
        for part in ranges.replace("U+", "").split(",")
        for first, _dash, last in [part.strip().partition("-")]
        for point in range(int(first, 16), int(last or first, 16) + 1)
    }


def letters_of(style, script):
    with TTFont(STATIC / "fonts" / f"noto-serif-{style}-{script}.woff2") as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize(("style", "script"), FACES)
def test_a_font_file_holds_just_what_the_style_sheet_says(style, script):
    assert points(FACES[style, script]) == letters_of(style, script)


def test_every_font_file_is_in_the_style_sheet():
    held = {path.stem for path in (STATIC / "fonts").glob("*.woff2")}
    assert held == {f"noto-serif-{style}-{script}" for style, script in FACES}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", LETTERS)
def test_every_letter_is_there_and_its_marks_in_the_same_file(language, style):
    """A mark drawn from another file than its letter stands beside it instead of upon it."""
    text = LETTERS[language] + LETTERS[language].upper()
    held = [letters_of(*face) for face in FACES if face[0] == style]
    clusters = re.findall(r".[\u0300-\u036f\ufe20\ufe21]*", unicodedata.normalize("NFC", text))
    assert [one for one in clusters if not any(set(map(ord, one)) <= file for file in held)] == []


def test_the_way_to_make_the_fonts_again_names_the_same_ranges():
    readme = (STATIC / "fonts" / "README.md").read_text(encoding="utf-8").replace("\\\n", "")
    said = re.findall(r"^cut (\S+) (U\S+) (.+)$", readme, re.MULTILINE)
    cut = {(style.lower(), script): ranges for script, ranges, styles in said for style in styles.split()}
    assert cut == {face: ranges.replace(" ", "") for face, ranges in FACES.items()}


def compressed(*paths):
    return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in paths)


def test_style_sheets_scripts_and_fonts_keep_their_budget():
    fonts = STATIC / "fonts"
    latin = [fonts / f"noto-serif-{style}-latin.woff2" for style in STYLES]
    every_script = [fonts / f"noto-serif-{style}-{script}.woff2" for style, script in FACES if style == "regular"]
    assert compressed(*(STATIC / "css" / f"{name}.css" for name in PUBLIC_CSS)) < 12 * 1024
    assert compressed(*(STATIC / "js" / f"{name}.js" for name in ("page", "testimony"))) < 6 * 1024
    assert sum(path.stat().st_size for path in latin) < 45 * 1024
    assert sum(path.stat().st_size for path in every_script) < 45 * 1024


@pytest.mark.parametrize("name", PUBLIC_CSS)
def test_a_style_sheet_loads_nothing_from_elsewhere(name):
    sheet = (STATIC / "css" / f"{name}.css").read_text(encoding="utf-8")
    assert {found for found in re.findall(r"url\(([^)]*)\)", sheet) if not found.startswith('"../fonts/')} == set()
    assert "@import" not in sheet
    assert "//" not in sheet


def brightness(colour):
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The contrast ratio of WCAG 2.2."""
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


COLOURS = {name: pair for name, *pair in re.findall(r"--(\w+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", BASE)}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_text_can_be_read_in_both_schemes(scheme, ink, ground):
    assert contrast(COLOURS[ink][scheme], COLOURS[ground][scheme]) >= 4.5


def test_browsers_without_light_dark_get_the_light_scheme():
    plain = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", BASE))
    assert {name: plain[name] for name in COLOURS} == {name: light for name, (light, _dark) in COLOURS.items()}
