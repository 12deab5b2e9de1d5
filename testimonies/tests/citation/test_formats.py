"""Every format of the table, written from invented records."""

from xml.etree import ElementTree

import pytest

from testimonies.citation.formats import FORMATS
from testimonies.citation.item import UnknownSchemaError
from testimonies.tests.invented import an_item, record

XML = [form for form in FORMATS.values() if form.media_type.endswith("xml")]
NASTY = "Кто “здесь” & <b>{where}</b> \\ $5 % #1_2 ~^ \ud83d\ude00 \x0b\x00 end"


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.key)
def test_every_format_names_voice_archive_and_address(form):
    told = form.write(an_item()).decode()
    assert "Aibek" in told
    assert "Archive of Testimonies" in told
    assert "http://testserver/testimonies/t1bek/" in told


@pytest.mark.parametrize("form", XML, ids=lambda form: form.key)
def test_xml_can_be_read_whatever_is_in_the_record(form):
    made = record(title=NASTY, context_note=NASTY, witness={"name": NASTY}, source={"title": NASTY})
    assert ElementTree.fromstring(form.write(an_item(made))) is not None


def test_schema_without_a_reader_is_refused():
    with pytest.raises(UnknownSchemaError):
        an_item(record(schema=99))
