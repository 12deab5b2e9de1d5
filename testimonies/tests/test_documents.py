"""Files to their text: every kind that is read, and a sentence for everything that is not."""

import codecs
from io import BytesIO
from subprocess import CompletedProcess, TimeoutExpired
from unittest.mock import Mock
from zipfile import ZipFile

import pytest

from testimonies.documents import DocumentRefused, confined, opening, text_of
from testimonies.documents.refusal import SENTENCES
from testimonies.tests.paper import WORD, a_docx, a_package, a_pdf

RUSSIAN = "Мы уехали осенью, потому что боялись за сына. Никто не спросил у нас документов."
PAGE = """<!DOCTYPE html>
<html><head><title>Headline of the tab</title><style>p { color: red }</style><script>var p = "<p>never</p>";</script>
</head><body><nav><ul><li>Home</li><li>World</li></ul></nav><header><h1>Bread &amp; borders</h1></header>
<p>We shared the <em>bread</em>
and asked nobody.</p><div role="navigation">More like this</div><p hidden>Old version</p>
<blockquote>&laquo;No papers&raquo;<br>she said.</blockquote><script>track()</script><img src="https://elsewhere.example/x">
</body></html>"""


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "cp866", "mac_cyrillic", "utf-8", "utf-16-le", "utf-16-be"])
def test_letters_are_found_out(encoding):
    assert text_of(RUSSIAN.encode(encoding)).text == RUSSIAN


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_is_no_part_of_the_text(mark, encoding):
    assert text_of(mark + RUSSIAN.encode(encoding)).text == RUSSIAN


def test_a_guess_is_said_and_can_be_corrected():
    kazakh = "Біз күзде кеттік, себебі ұлымыз үшін қорықтық."
    guessed = text_of(kazakh.encode("kz1048"))
    assert guessed.notes == ("Read as: Cyrillic, Windows-1251.",)
    assert text_of(kazakh.encode("kz1048"), encoding="kz1048").text == kazakh
    assert text_of(RUSSIAN.encode()).notes == ()


def test_a_page_is_read_as_it_is_shown():
    assert text_of(PAGE.encode()).text == (
        "Bread & borders\n\nWe shared the bread and asked nobody.\n\n«No papers»\nshe said."
    )
    assert text_of(PAGE.encode()).notes == ()


def test_a_page_says_its_encoding():
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{RUSSIAN}</p></body></html>'
    assert text_of(page.encode("cp1251")).text == RUSSIAN


def test_a_navigation_that_never_ends_swallows_nothing():
    read = text_of(b"<html><body><nav>Home<p>We shared the bread.</p>")
    assert read.text == "Home\n\nWe shared the bread."
    assert read.notes == ("The page does not end as pages do: perhaps it is not complete.",)


def test_a_pdf_gives_its_pages_and_says_which_are_bare():
    read = text_of(a_pdf("We shared the bread.", "", "Nobody asked."))
    assert read.text == "We shared the bread.\n\nNobody asked."
    assert read.notes == ("No text on page 2.",)


def test_a_pdf_that_is_locked_against_changes_only_is_read():
    assert text_of(a_pdf("We shared the bread.", password="")).text == "We shared the bread."


def test_a_word_document_gives_body_and_notes():
    runs = "<w:p><w:r><w:t>No</w:t><w:tab/><w:t>papers</w:t><w:br/><w:t>asked</w:t></w:r></w:p>"
    deleted = "<w:p><w:del><w:r><w:delText>never</w:delText></w:r></w:del></w:p>"
    note = f"<w:footnotes {WORD}><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    content = a_docx("We shared.", RUSSIAN, body=runs + deleted, **{"word/footnotes.xml": note})
    assert text_of(content).text == f"We shared.\n\n{RUSSIAN}\n\nNo\tpapers\nasked\n\nA note."


def test_what_a_file_is_says_its_content():
    assert text_of(a_pdf("We shared."), name="article.txt").text == "We shared."
    assert text_of(b"We shared < nothing.", name="page.html").text == "We shared < nothing."


BILLION_LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
LOCKED_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "", "empty"),
        (b" \r\n\t ", "", "empty"),
        (b"<html><body><script>x()</script></body></html>", "", "no_text"),
        (a_docx(), "", "no_text"),
        (a_pdf("We shared the bread.")[:-60], "", "truncated"),
        (a_pdf("We shared the bread.", password="secret"), "", "encrypted"),
        (a_pdf("", ""), "", "scanned"),
        (b"%PDF-1.4 and nothing behind it %%EOF", "", "damaged"),
        (a_docx("We shared the bread.")[:-30], "", "damaged"),
        (a_docx(body="<w:p>"), "", "damaged"),
        (a_docx("&b;", before=BILLION_LAUGHS), "", "entities"),
        (a_docx("We shared.", before="<!DOCTYPE w SYSTEM 'file:///etc/passwd'>"), "", "entities"),
        (b'<!DOCTYPE html [<!ENTITY a "ha">]><html><body>&a;</body></html>', "", "entities"),
        (b'<html><body><!ENTITY a SYSTEM "file:///etc/passwd">&a;</body></html>', "", "entities"),
        (a_package(**{"xl/workbook.xml": "<x/>"}), "table.xlsx", "other_package"),
        (LOCKED_WORD + "EncryptedPackage".encode("utf-16-le"), "", "encrypted"),
        (LOCKED_WORD, "old.doc", "old_word"),
        (b"{\\rtf1 We shared.}", "", "rich_text"),
        (PNG, "scan.png", "picture"),
        (bytes(range(1, 9)) * 100, "", "binary"),
        (b"\0\1\2\3" * 100, "", "binary"),
        (b"We shared.", "article.pdf", "not_what_it_says"),
        (RUSSIAN.encode()[:-2], "", "truncated"),
        (b"We shared. " * 200_000, "", "too_long"),
        (b"x" * (opening.MOST_BYTES + 1), "", "too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content, name, reason):
    with pytest.raises(DocumentRefused) as refused:
        text_of(content, name=name)
    assert refused.value.reason == reason
    assert str(refused.value) == str(SENTENCES[reason])


def test_another_encoding_than_that_of_the_file_is_refused():
    with pytest.raises(DocumentRefused, match="not in the encoding that you chose"):
        text_of(RUSSIAN.encode("cp1251"), encoding="utf-8")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(DocumentRefused, match="larger than any text"):
        text_of(a_docx("0" * 61_000_000))


def test_a_zip_bomb_that_lies_about_its_size_stops_at_the_lie():
    content = a_docx("0" * 61_000_000)
    with ZipFile(BytesIO(content)) as package:
        size = package.getinfo("word/document.xml").file_size
    lying = content.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(DocumentRefused, match="damaged"):
        text_of(lying)


def test_a_file_that_fills_the_memory_is_given_up(monkeypatch):
    monkeypatch.setattr(confined, "BYTES", 200 * 1024 * 1024)
    with pytest.raises(DocumentRefused) as refused:
        text_of(a_docx("0" * 59_000_000))
    assert refused.value.reason == "too_much"


@pytest.mark.parametrize(
    "ended", [{"side_effect": TimeoutExpired("python", 40)}, {"return_value": CompletedProcess([], -24, b"", b"")}]
)
def test_a_file_that_hangs_is_given_up(monkeypatch, ended):
    monkeypatch.setattr(confined.subprocess, "run", Mock(**ended))
    with pytest.raises(DocumentRefused) as refused:
        text_of(a_pdf("We shared the bread."))
    assert refused.value.reason == "too_slow"


def test_the_process_that_reads_is_told_nothing(monkeypatch):
    run = Mock(return_value=CompletedProcess([], 0, b"{}", b""))
    monkeypatch.setattr(confined.subprocess, "run", run)
    with pytest.raises(DocumentRefused):
        confined.read("pdf", b"")
    assert run.call_args.kwargs["env"] == {}
