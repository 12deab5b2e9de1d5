"""Why a file is not taken, by a word for the readers' own process and in a sentence for the editor."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("This file is empty."),
    "no_text": _("There is no text in this file."),
    "too_large": _("This file is larger than 20 MB. Save its text alone, or paste the part that you quote from."),
    "too_long": _("The text of this file is longer than two million characters. Paste the part that you quote from."),
    "too_much": _("Unpacked, this file is larger than any text: it is not opened. Paste the text instead."),
    "too_slow": _("Reading this file takes too long. Paste the text instead."),
    "damaged": _("This file is damaged or not complete: its text cannot be read. Get it again, or paste the text."),
    "truncated": _("This file breaks off before its end. Get it again, or paste the text."),
    "encrypted": _("This file is locked with a password. Unlock it and save it again, or paste the text."),
    "scanned": _("This PDF holds pictures of pages and no text. Type or paste the words that you quote."),
    "entities": _(
        "This file brings a DOCTYPE with entities of its own, which are never opened. Paste the text instead."
    ),
    "unknown_encoding": _("The letters of this file cannot be made out. Choose its encoding, or paste the text."),
    "other_encoding": _("This file is not in the encoding that you chose. Choose another, or let it be found out."),
    "binary": _("This is no text. Plain text, HTML, PDF and DOCX can be read."),
    "picture": _("This is a picture: its words cannot be read. Type or paste the words that you quote."),
    "old_word": _("This is a Word document of the old kind (.doc). Save it as .docx, or paste the text."),
    "rich_text": _("This is rich text (.rtf). Save it as .docx or plain text, or paste the text."),
    "other_package": _("This is a package, but no Word document. Plain text, HTML, PDF and DOCX can be read."),
    "not_what_it_says": _("This file is not what its name says. Plain text, HTML, PDF and DOCX can be read."),
}


class DocumentRefused(ValueError):
    """A file whose text is not taken; `reason` is a key of SENTENCES, the message its sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(SENTENCES[self.reason])
