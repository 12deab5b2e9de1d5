"""Files to begin with: the columns that most testimonies need, one invented row, and what every column holds."""

from . import columns
from .exporting import FORMATS, Cells, workbook

# Enough for a voice from a printed article; docs/importing.md has the rest.
USUAL = (
    "key quote_1 quote_1_introduction source_title source_publisher source_date source_language source_url"
    " source_selection_note witness_name witness_naming witness_described_as locator language_printed place_1"
    " place_1_within place_1_relation wave_1 tags spoken spoken_basis spoken_basis_reason basis_label basis_kind"
    " basis_statement collection editors_note translation_1 translation_1_language"
)
# What would need something that the archive does not hold yet, or say something of nothing.
_LEFT_EMPTY = {"wave_1", "spoken_basis_reason"}


def template(form: str) -> bytes:
    """A file of this format with the usual columns and an example."""
    names = USUAL.split()
    row: Cells = {name: columns.columns()[columns.general(name)].example for name in names}
    row |= dict.fromkeys(_LEFT_EMPTY, "")
    if form == "xlsx":
        told = [[one.name, str(one.what), one.example] for one in columns.columns().values()]
        return workbook([names, [row[name] for name in names]], ("columns", [["column", "holds", "example"], *told]))
    # Headings are those of the columns that hold anything.
    return FORMATS[form].write([{name: cell for name, cell in row.items() if cell}])
