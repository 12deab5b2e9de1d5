"""What letters and groups of letters stand for, script by script, in one inner alphabet.

The inner alphabet is a to z without accents and four signs: Z for zh, S for sh, C for ch, T for ts. Where languages or
romanisations read a unit differently it has several readings, the likeliest first.
"""

from __future__ import annotations

APOSTROPHES = "'’‘`´ʼʻʹʺʽ′″\"ˈ"

CYRILLIC: dict[str, tuple[str, ...]] = {
    "а": ("a",), "ә": ("a",), "ӓ": ("a",), "б": ("b",), "в": ("v",), "г": ("g",), "ґ": ("g",), "ғ": ("g",), "ҕ": ("g",),
    "д": ("d",), "дж": ("Z",), "е": ("e",), "ё": ("e", "io"), "є": ("ie",), "ж": ("Z",), "җ": ("Z",), "ҷ": ("Z",),
    "ӂ": ("Z",), "з": ("z",), "ҙ": ("z",), "и": ("i",), "і": ("i",), "ї": ("i",), "й": ("i",), "ӣ": ("i",), "ј": ("i",),
    "к": ("k",), "қ": ("k",), "ҡ": ("k",), "л": ("l",), "м": ("m",), "н": ("n",), "ң": ("n", "ng"), "ҥ": ("n", "ng"),
    "о": ("o",), "ө": ("o",), "ӧ": ("o",), "п": ("p",), "р": ("r",), "с": ("s",), "ҫ": ("s",), "т": ("t",), "тс": ("T",),
    "у": ("u",), "ү": ("u",), "ұ": ("u",), "ӱ": ("u",), "ў": ("u", "o"), "ӯ": ("u", "o"), "ф": ("f",), "х": ("h",),
    "ҳ": ("h",), "һ": ("h",), "ц": ("T",), "ч": ("C",), "ҹ": ("C",), "ћ": ("C",), "ш": ("S",), "щ": ("SC",), "ъ": ("",),
    "ы": ("i",), "ь": ("",), "э": ("e",), "ю": ("iu",), "я": ("ia",), "ђ": ("Z",), "џ": ("Z",), "љ": ("li",), "њ": ("ni",),
}  # fmt: skip

LATIN: dict[str, tuple[str, ...]] = {
    **{letter: (letter,) for letter in "abdefghiklmnoprstuvz"},
    "schtsch": ("SC",), "shch": ("SC",), "šč": ("SC",), "tsch": ("C",), "tch": ("C",), "dsch": ("Z",), "dzh": ("Z",),
    "dž": ("Z",), "sch": ("S",), "sh": ("S",), "š": ("S",), "ş": ("S",), "ș": ("S",), "zh": ("Z",), "ž": ("Z",),
    "č": ("C",), "ç": ("C",), "ch": ("C", "h"), "kh": ("h",), "gh": ("g",), "ts": ("T",), "ţ": ("T",), "ț": ("T",),
    "q": ("k",), "ck": ("k",), "c": ("T", "k", "Z"), "x": ("ks", "h"), "j": ("i", "Z"), "y": ("i",), "w": ("u", "v"),
    "ñ": ("n", "ng"), "ń": ("n", "ng"), "ŋ": ("n", "ng"), "ň": ("n", "ng"), "ı": ("i",), "ə": ("a",), "ß": ("s",),
    "æ": ("e",), "ø": ("o",), "ł": ("l",), "đ": ("d",), "ý": ("i", "u"), "ph": ("f",), "þ": ("t",), "ð": ("d",),
    **{f"o{mark}": ("o", "u") for mark in APOSTROPHES},
}  # fmt: skip
