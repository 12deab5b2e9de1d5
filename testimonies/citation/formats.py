"""FORMATS, the table of everything that an item can be written as: one row and one file a format.

Addresses, page headers, negotiation, the box on the page, unAPI and the tests walk the table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from testimonies.citation import (
    bibtex,
    csl_json,
    datacite,
    dublin_core,
    json_ld,
    mods,
    plain_text,
    ris,
    tei,
    zotero_rdf,
)
from testimonies.citation.item import Item


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `key` stands in addresses; `holds_words` says whether it carries the words or only describes them.

    `unapi` is the name by which unAPI's readers know it, where they do.
    """

    key: str
    name: str | Promise
    media_type: str
    extension: str
    write: Callable[[Item], bytes]
    holds_words: bool = False
    unapi: str = ""

    @property
    def content_type(self) -> str:
        """The media type as it is served: text says its encoding; XML and JSON are UTF-8 by themselves."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


# Where two rows share a media type, whoever asks for it gets the first.
ROWS = (
    Format("csl", "CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl_json.write),
    Format("bibtex", "BibTeX", "application/x-bibtex", "bib", bibtex.write_bibtex, unapi="bibtex"),
    Format("biblatex", "BibLaTeX", "application/x-bibtex", "bib", bibtex.write_biblatex),
    Format("ris", "RIS", "application/x-research-info-systems", "ris", ris.write, unapi="ris"),
    Format("zotero", "Zotero RDF", "application/rdf+xml", "rdf", zotero_rdf.write, unapi="rdf_zotero"),
    Format("mods", "MODS", "application/mods+xml", "xml", mods.write, unapi="mods"),
    Format("dc", "Dublin Core", "application/xml", "xml", dublin_core.write, unapi="oai_dc"),
    Format("datacite", "DataCite JSON", "application/vnd.datacite.datacite+json", "json", datacite.write_json),
    Format("datacite-xml", "DataCite XML", "application/vnd.datacite.datacite+xml", "xml", datacite.write_xml),
    Format("jsonld", "JSON-LD", "application/ld+json", "jsonld", json_ld.write),
    Format("text", _("Plain text"), "text/plain", "txt", plain_text.write, holds_words=True),
    Format("tei", "TEI", "application/tei+xml", "xml", tei.write, holds_words=True),
)

# By the names of unAPI, the best first.
UNAPI: Mapping[str, Format] = MappingProxyType(
    {row.unapi: row for row in sorted(ROWS, key=lambda row: row.key != "zotero") if row.unapi}
)

FORMATS: Mapping[str, Format] = MappingProxyType({row.key: row for row in ROWS})
