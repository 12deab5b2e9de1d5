"""Words as a picture: in every script of the archive's faces, never in boxes, never without whose they are."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from testimonies.lettering import faces, placard
from testimonies.lettering.placard import HEIGHT, WIDTH, Placard, draw

PLACARD = Placard(
    words="We sold the piano.",
    tag="en",
    whose="Aibek",
    whence="Press quotation, The Steppe Courier, 2 October 2021",
    held="Archive of Testimonies · archive.example/testimonies/t1bekxx0/",
)
SENTENCE = "They slept in the school, and in the morning they were gone, all but one."


def drawn(words: str, **changes: str) -> Image.Image:
    return Image.open(BytesIO(draw(replace(PLACARD, words=words, **changes))))


def set_in(words: str) -> list[str]:
    """The lines in which words are set."""
    pen = placard._Pen(ImageDraw.Draw(Image.new("RGB", (1, 1))), "en")
    return placard._set(pen, words.split(" "))[1]


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many pixels in a box are not paper."""
    found = image.crop(box).getcolors(2**20) or []
    return sum(int(number) for number, colour in found if colour != (251, 248, 241))


def test_picture_has_the_size_that_links_are_shown_in_and_carries_nothing_else():
    image = drawn("We sold the piano.")
    assert (image.format, image.size, image.mode) == ("PNG", (WIDTH, HEIGHT), "RGB")
    assert (image.info, dict(image.getexif())) == ({}, {})


def test_same_words_make_the_same_picture():
    assert draw(PLACARD) == draw(PLACARD)


@pytest.mark.parametrize("part", ["words", "whose", "whence", "held"])
def test_every_line_is_drawn_and_none_is_ever_left_out(part):
    changed = replace(PLACARD, **{part: f"{getattr(PLACARD, part)} Й"})
    assert draw(changed) != draw(PLACARD)
    bare = replace(PLACARD, **{part: " \n"})
    assert not bare.can_be_set
    with pytest.raises(ValueError, match="no letter"):
        draw(bare)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("ru", "Мы продали пианино на вокза\u0301ле. Ёлка, ещё, съезд."),
        ("kk", "Біз бүкіл көшеге нан пісірдік: Әйгүл, Ғалым, Қаныш, Ұлан, Һәм, Ңң, Өө, Үү."),
        ("ky", "Биз бүт көчөгө нан бышырып, таңында кетип калышты."),
        ("kk-Latn", "Bız bükıl köşege nan pısırdık, Äjgül, Ğalym, ñ, ū."),
        ("und-Latn", "Maržan, Ǧulnār, Ḳazaḳ, z\u0306 g\u0300 i\u0361u t\u0361s."),
    ],
)
def test_words_are_drawn_in_their_own_letters(tag, words):
    assert replace(PLACARD, words=words, whose=words[:20], tag=tag).can_be_set
    assert ink(drawn(words, tag=tag), (0, 0, WIDTH, 450)) > 2000


@pytest.mark.parametrize("words", ["رحلنا ليلاً", "我们走了", "We left 🙂", "Մենք գնացինք", "we\u200bleft", "х\u0323"])
@pytest.mark.parametrize("part", ["words", "whose", "whence", "held"])
def test_what_the_faces_do_not_hold_is_not_drawn_at_all(part, words):
    assert not replace(PLACARD, **{part: words}).can_be_set


def test_words_with_marks_are_left_alone_where_nothing_puts_the_marks_in_their_places(monkeypatch):
    with_marks = replace(PLACARD, words="вокза\u0301л")
    assert with_marks.can_be_set
    monkeypatch.setattr(placard, "_shapes", lambda: False)
    assert not with_marks.can_be_set
    assert replace(PLACARD, words="Cafe\u0301, ещё й").can_be_set  # these have letters of their own
    assert draw(PLACARD)


def test_nothing_is_drawn_by_a_pillow_that_cannot_read_the_files(monkeypatch):
    monkeypatch.setattr(placard, "_reads_fonts", lambda: False)
    assert not PLACARD.can_be_set


def test_a_line_that_would_be_too_small_to_read_is_not_drawn():
    assert replace(PLACARD, whence="x" * 120).can_be_set
    assert not replace(PLACARD, whence="x" * 121).can_be_set
    assert not replace(PLACARD, words=f"We left {'x' * 33}").can_be_set


def test_short_words_are_set_whole():
    assert set_in("We sold the piano.") == ["We sold the piano."]
    assert " ".join(set_in(" ".join([SENTENCE] * 3))) == " ".join([SENTENCE] * 3)


def test_long_words_end_with_a_sentence_and_say_that_there_is_more():
    lines = set_in(" ".join([SENTENCE] * 20))
    told = " ".join(lines)
    assert told.endswith(f"all but one. {placard.LEFT_OUT}")
    assert told.removesuffix(f" {placard.LEFT_OUT}") == " ".join([SENTENCE] * (len(told) // len(SENTENCE)))
    assert 300 < len(told) < 600


def test_a_sentence_without_end_is_cut_between_two_words():
    told = " ".join(set_in("bread and " * 200))
    assert told.endswith((f"bread {placard.LEFT_OUT}", f"and {placard.LEFT_OUT}"))
    assert len(told) > 300


def test_a_short_sentence_does_not_stand_for_a_long_one_behind_it():
    told = " ".join(set_in(f"No. {'bread and ' * 200}"))
    assert told.startswith("No. bread and bread")
    assert len(told) > 300


def test_longest_words_stay_within_the_picture():
    image = drawn(" ".join(["WWWWWWWW", "MMM", "щщщщщщ"] * 40), whose="Ж" * 120, whence="Щ" * 120, held="W" * 120)
    assert ink(image, (0, 0, 30, HEIGHT)) == 0
    assert ink(image, (WIDTH - 40, 0, WIDTH, HEIGHT)) == 0
    assert ink(image, (0, 0, WIDTH, 30)) == ink(image, (0, HEIGHT - 20, WIDTH, HEIGHT)) == 0


def test_whoever_does_not_see_the_picture_is_told_the_same():
    assert PLACARD.told == f"“We sold the piano.” – Aibek. {PLACARD.whence}"
    assert f"in the morning {placard.LEFT_OUT}” – Aibek" in replace(PLACARD, words=" ".join([SENTENCE] * 20)).told


def test_letters_go_with_their_marks_into_one_file():
    cut = faces.runs("Мы вокза\u0301л Ғ a\u0306", faces.REGULAR)
    names = [(face.file.name.removeprefix("noto-serif-regular-").removesuffix(".woff2"), run) for face, run in cut]
    assert names == [
        ("cyrillic", "Мы"),
        ("latin", " "),
        ("cyrillic", "вокза\u0301л"),
        ("latin", " "),
        ("cyrillic", "Ғ"),
        ("latin", " ă"),
    ]
    assert not faces.hold("ع", faces.REGULAR)


def test_faces_are_those_of_the_style_sheet():
    assert len(faces.faces()) == 8
    assert {face.kind for face in faces.faces()} == {faces.REGULAR, faces.ITALIC, faces.SEMIBOLD}
    assert all(face.file.exists() for face in faces.faces())
