"""A picture for a page, in every size and format that is kept."""

from dataclasses import dataclass

from testimonies.models.public import Picture


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of a picture; `name` is the only argument of the URL `picture`."""

    name: str
    format: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture for a page, in several sizes and formats; `fallback` is a JPEG."""

    alternative_text: str
    credit: str
    renditions: tuple[Rendition, ...]
    fallback: Rendition
    focus: str  # the classes that keep the chosen point in sight where the picture is cut


def portrait(picture: Picture | None) -> Portrait | None:
    """Return a picture with its files, the JPEG ones as the fallback; None where there is none."""
    if picture is None or not picture.renditions:
        return None
    files = tuple(
        Rendition(one["name"], one["media_type"].removeprefix("image/"), one["width"], one["height"])
        for one in picture.renditions
    )
    plain = [one for one in files if one.format == "jpeg"] or list(files)
    return Portrait(picture.alternative_text, picture.credit, files, plain[-1], picture.focus)
