"""Files as editors upload them, made by hand: PDF and DOCX with given words."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfReader, PdfWriter

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def a_pdf(*pages: str, password: str | None = None) -> bytes:
    """A PDF with a line of Latin letters on each page; an empty line is a page without text."""
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
    ]
    font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    for number, words in enumerate(pages):
        drawn = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET" if words else ""
        objects.append(f"<< /Type /Page /Parent 2 0 R /Resources {font} /Contents {4 + 2 * number} 0 R >>")
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    written, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    plain = f"{written}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()
    return plain if password is None else locked(plain, password)


def locked(pdf: bytes, password: str) -> bytes:
    """The same under a password; an empty one only keeps it from being changed."""
    writer, file = PdfWriter(clone_from=PdfReader(BytesIO(pdf))), BytesIO()
    writer.encrypt(password, owner_password="the owner's", algorithm="AES-256")
    writer.write(file)
    return file.getvalue()


def a_docx(*paragraphs: str, body: str = "", before: str = "", **parts: str) -> bytes:
    """A Word document; `body` is markup put in as it is, `before` stands before the document's element."""
    written = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    document = f'<?xml version="1.0"?>{before}<w:document {WORD}><w:body>{written}{body}</w:body></w:document>'
    return a_package(**{"word/document.xml": document, **parts})


def a_package(**parts: str) -> bytes:
    """A zip file."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()
