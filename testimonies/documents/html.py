"""HTML to the text that a page shows. Nothing is fetched, no entity but HTML's own is known, no script runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from testimonies.documents.refusal import DocumentRefused

_ENTITIES = re.compile(r"<!ENTITY\b|<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_UNREAD = frozenset({"head", "script", "style", "template", "noscript", "svg", "math", "select", "button", "iframe"})
_NAVIGATION = frozenset({"navigation", "menu", "menubar", "search"})
_VOID = frozenset({"area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|"
    "header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
)
_SPACE = re.compile(r"[^\S\n]+")


def read(content: bytes) -> tuple[str, list[int]]:
    """Return the text of a page in UTF-8 without scripts, styles and navigation; there are no bare pages."""
    page = content.decode()
    if _ENTITIES.search(page):
        raise DocumentRefused("entities")
    shown = Shown(leave_out_navigation=True)
    shown.take(page)
    if shown.inside:
        # A navigation, or another part that is not read, was never closed: better too much than half a page.
        shown = Shown(leave_out_navigation=False)
        shown.take(page)
    return shown.text(), []


class Shown(HTMLParser):
    """Collects what a page shows; `inside` names the part that is being left out."""

    def __init__(self, *, leave_out_navigation: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.leave_out_navigation = leave_out_navigation
        self.inside, self.depth = "", 0
        self.pieces: list[str] = []

    def take(self, page: str) -> None:
        """Read the whole page."""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or to leave out."""
        if self.inside:
            self.depth += tag == self.inside
        elif tag not in _VOID and self.is_left_out(tag, dict(attrs)):
            self.inside, self.depth = tag, 1
        elif _BLOCKS.fullmatch(tag):
            self.pieces.append("\n\n")
        elif tag in ("br", "td", "th"):
            self.pieces.append("\n" if tag == "br" else " ")

    def handle_endtag(self, tag: str) -> None:
        """End a line, or what is left out."""
        if tag == self.inside:
            self.depth -= 1
            self.inside = self.inside if self.depth else ""
        elif not self.inside and _BLOCKS.fullmatch(tag):
            self.pieces.append("\n\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """In HTML a slash closes nothing but what is empty anyway, or drawn."""
        if tag not in ("svg", "math"):
            self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        """Keep what is shown; the ends of lines in the file are spaces."""
        if not self.inside:
            self.pieces.append(data.replace("\n", " "))

    def is_left_out(self, tag: str, attributes: dict[str, str | None]) -> bool:
        """Whether readers of the page would not call it its text."""
        if tag in _UNREAD:
            return True
        is_navigation = tag == "nav" or (attributes.get("role") or "").lower() in _NAVIGATION
        return self.leave_out_navigation and (is_navigation or "hidden" in attributes)

    def text(self) -> str:
        """The text, its paragraphs parted by an empty line."""
        lines = (line.strip() for line in _SPACE.sub(" ", "".join(self.pieces)).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
