"""The look of a copy that readers keep: the pages' own style sheet, and of the faces those files that it needs."""

from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from markupsafe import Markup

from testimonies.lettering.faces import ITALIC, REGULAR, Face, Kind, needed


def styles(body: str) -> Markup:
    """Everything that a page with this body needs in its one style element."""
    faces = [face for kind, text in _Letters(body).shown.items() for face in needed(text, kind)]
    sheet = (Path(settings.BASE_DIR) / "static" / "css" / "base.css").read_text(encoding="utf-8")
    return Markup("\n".join(["", *map(_with_its_file, faces), sheet]))  # noqa: S704  # the archive's own files


class _Letters(HTMLParser):
    """The text that a body shows in each kind of letter; no element of it but `i` is set in another."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.kind = REGULAR
        self.shown: dict[Kind, str] = {REGULAR: "", ITALIC: ""}
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go over to italics."""
        self.kind = ITALIC if tag == "i" else self.kind

    def handle_endtag(self, tag: str) -> None:
        """Go back."""
        self.kind = REGULAR if tag == "i" else self.kind

    def handle_data(self, data: str) -> None:
        """Keep what is shown."""
        self.shown[self.kind] += data


def _with_its_file(face: Face) -> str:
    """The rule of a face that brings its file along."""
    style, weight = face.kind
    return (
        f'@font-face {{ font-family: "Noto Serif"; font-style: {style}; font-weight: {weight}; '
        f'src: url("data:font/woff2;base64,{b64encode(face.file.read_bytes()).decode()}") format("woff2"); '
        f"unicode-range: {face.ranges}; }}"
    )
