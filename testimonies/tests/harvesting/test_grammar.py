"""The schemas that answers are held to do find what is wrong."""

import pytest
from lxml import etree

from testimonies.tests.harvesting import grammar

ANSWER = """
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
  <responseDate>2024-03-02T12:00:00Z</responseDate>
  <request verb="GetRecord" identifier="oai:archive.example:b1" metadataPrefix="oai_dc">http://archive.example/oai</request>
  <GetRecord><record>
    <header><identifier>oai:archive.example:b1</identifier><datestamp>2024-03-01T10:00:00Z</datestamp></header>
    <metadata>
      <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:title xml:lang="en">We shared the bread.</dc:title>
      </oai_dc:dc>
    </metadata>
  </record></GetRecord>
</OAI-PMH>
"""


def test_an_answer_of_the_protocol_is_taken():
    grammar.check(ANSWER.encode())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('verb="GetRecord"', 'verb="GetRecords"'),
        ("<header>", "<header><setSpec>a b</setSpec>"),
        ("dc:title", "dc:heading"),
        ('xml:lang="en"', 'lang="en"'),
        ("<metadata>", "<metadata/><metadata>"),
    ],
)
def test_what_the_schemas_do_not_have_is_noticed(right, wrong):
    with pytest.raises(etree.DocumentInvalid):
        grammar.check(ANSWER.replace(right, wrong).encode())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("2024-03-01T10:00:00Z", "2024-03-01"), ("2024-03-02T12:00:00Z", "2024-03-02T12:00:00")],
)
def test_dates_that_are_not_to_the_second_in_utc_are_noticed(right, wrong):
    with pytest.raises(AssertionError):
        grammar.check(ANSWER.replace(right, wrong).encode())
