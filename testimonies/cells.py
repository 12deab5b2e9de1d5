"""Cells that a spreadsheet would take for a formula: written with an apostrophe before them, and read without it."""

import re

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_ESCAPED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


def escape(cell: str) -> str:
    """The cell as a file holds it. One that looks escaped already gets an apostrophe more, so that nothing is lost."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescape(cell: str) -> str:
    """The cell as it was before `escape`."""
    return cell[1:] if _ESCAPED.match(cell) else cell
