"""Words typed while the keyboard was set to another alphabet: `<birtr` for Бишкек."""

from __future__ import annotations

# The keys of a US keyboard, without and with Shift, and what they give on the Russian and the Kazakh layout.
_US = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
_RUSSIAN = "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю." + 'Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,'
_KAZAKH = '("әіңғ,.үұқөһйцукенгшщзхъ\\фывапролджэячсмитьбю№' + ")!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?"
_LAYOUTS = [
    table
    for layout in (_RUSSIAN, _KAZAKH)
    for table in (dict(zip(map(ord, _US), layout, strict=True)), dict(zip(map(ord, layout), _US, strict=True)))
]


def other_layouts(text: str) -> list[str]:
    """Return what the same keys give on the other layout: Latin keys in Russian and Kazakh, their keys in Latin.

    Only texts that differ from the one given, have letters, and are of one alphabet throughout come back.
    """
    if not any(map(str.isalpha, text)):
        return []
    typed = (text.translate(table) for table in _LAYOUTS)
    return [other for other in dict.fromkeys(typed) if other != text and _is_of_one_alphabet(other)]


def _is_of_one_alphabet(text: str) -> bool:
    """Return whether all letters are Cyrillic, or all are plain Latin ones."""
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and len({character.isascii() for character in letters}) == 1
