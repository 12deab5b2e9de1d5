"""Words for every coded value of a public record, chosen so that they say no more than the source does."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from testimonies.reading.remembered import gettext

NAMING = {
    "named_in_source": _("Named so by the source."),
    "not_named_in_source": _("Not named by the source."),
    "anonymous_by_request": _("The name is not given, at the speaker’s request."),
    "pseudonym": _("A name chosen to protect the speaker."),
}

# What may be said in one word where a name stands: nothing for an individual.
VOICE_KIND = {
    "individual": _("One voice."),
    "reported_collective": _("Reported as the words of several; whether one person said them is not stated."),
}

PLACE_KIND = {"city": _("Town"), "region": _("Region"), "country": _("Country")}

PLACE_RELATION = {
    "described_as_from": _("Described as from"),
    "spoken_at": _("Spoken at"),
    "speaks_of": _("Speaks of"),
}

SOURCE_KIND = {
    "press_article": _("Press article"),
    "broadcast": _("Broadcast"),
    "web_page": _("Web page"),
    "book": _("Book"),
    "document": _("Official document"),
    "interview": _("Recorded interview"),
    "letter": _("Letter"),
}

ROLE = {
    "author": _("By"),
    "interviewer": _("Interviewed by"),
    "collector": _("Collected by"),
    "translator": _("Translated by"),
    "editor": _("Edited by"),
}

DERIVATION = {
    "collected_by": _("Collected by"),
    "translated_from": _("Translated from"),
    "quotes": _("Quoted from"),
}

# How words were printed or published, by the kind of the source.
PUBLISHED = {
    "press_article": _("Printed by"),
    "broadcast": _("Broadcast by"),
    "web_page": _("Published by"),
    "book": _("Printed by"),
    "document": _("Published by"),
    "interview": _("Recorded by"),
    "letter": _("Written in"),
}

ATTRIBUTION = {
    "implicit": _("The source does not repeat here who is speaking."),
    "collective": _("The source gives these words to several people; whether one person said them is not stated."),
}

# How the words came about; what the source does not say has the first term of both.
MODE = {"spoken": _("Spoken"), "written": _("Written")}

MODE_NOT_SAID = _("Spoken or written")

JOIN = {
    "reporter": _("The reporter’s own words stand between."),
    "omission": _("The archive left words out here."),
}

RIGHTS_PART = {
    "quotation": _("The quoted words"),
    "translation": _("The translation"),
    "description": _("The archive’s description"),
    "portrait": _("The portrait"),
    "scan": _("The scan"),
}

RIGHTS_URI = {
    "http://rightsstatements.org/vocab/InC/1.0/": _("In copyright"),
    "http://rightsstatements.org/vocab/InC-EDU/1.0/": _("In copyright, educational use permitted"),
    "http://rightsstatements.org/vocab/InC-OW-EU/1.0/": _("In copyright, EU orphan work"),
    "http://rightsstatements.org/vocab/InC-RUU/1.0/": _("In copyright, rights holder cannot be found or identified"),
    "http://rightsstatements.org/vocab/CNE/1.0/": _("Copyright not evaluated"),
    "http://rightsstatements.org/vocab/UND/1.0/": _("Copyright undetermined"),
    "http://rightsstatements.org/vocab/NoC-US/1.0/": _("No copyright in the United States"),
    "http://rightsstatements.org/vocab/NKC/1.0/": _("No known copyright"),
    "https://creativecommons.org/licenses/by/4.0/": _("Creative Commons Attribution 4.0"),
    "https://creativecommons.org/licenses/by-sa/4.0/": _("Creative Commons Attribution-ShareAlike 4.0"),
    "https://creativecommons.org/licenses/by-nc/4.0/": _("Creative Commons Attribution-NonCommercial 4.0"),
    "https://creativecommons.org/licenses/by-nc-nd/4.0/": _(
        "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0"
    ),
    "https://creativecommons.org/publicdomain/zero/1.0/": _("Creative Commons Zero: no rights reserved"),
    "https://creativecommons.org/publicdomain/mark/1.0/": _("Public domain"),
}

PUBLICATION_BASIS = {
    "already_published": _("Already published by others; this is no consent."),
    "written_consent": _("Published with written consent."),
    "spoken_consent": _("Published with spoken consent."),
    "public_statement": _("A public statement of the speaker."),
}

NAME_FORM_STATUS = {
    "current": _("in use"),
    "former": _("former name"),
    "variant": _("variant spelling"),
    "synonym": _("synonym"),
}

WITHDRAWAL_REASON = {
    "on_request": _("On request"),
    "by_the_archive": _("By decision of the archive"),
}


def word(table: Mapping[str, str], code: str) -> str:
    """Return the words of a code in the active language; a code without words is shown as it is, never as an error."""
    return gettext(table[code]) if code in table else code.replace("_", " ")


def mode(code: str) -> str:
    """Return whether words were spoken or written, as a term; both where the source does not say."""
    return gettext(MODE.get(code, MODE_NOT_SAID))


def seen(*, identified: bool, consulted: bool) -> str:
    """Return whether the editors saw the item that a source derives from; nothing to say where they did."""
    if consulted:
        return ""
    if identified:
        return gettext("The item was identified, but not consulted.")
    return gettext("The item was not identified, and so not consulted.")


def withdrawal_reason(code: str) -> str:
    """Return the neutral reason of a tombstone, empty where no reason is given."""
    return word(WITHDRAWAL_REASON, code) if code else ""


def rights(uri: str) -> str:
    """Return the name of a rights statement, or its address where it is none that the archive knows."""
    return word(RIGHTS_URI, uri) if uri in RIGHTS_URI else uri
