"""Two harvesters that know nothing of each other take the whole archive over the wire: sickle, and oaipmh's client."""

from datetime import datetime

import pytest
from oaipmh.client import Client
from oaipmh.metadata import MetadataRegistry, oai_dc_reader
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from testimonies.harvesting import harvest
from testimonies.tests import making

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def archive(live_server, settings, monkeypatch):
    """An archive of five records in parts of two, one of them deleted, and the address of its door."""
    monkeypatch.setattr(harvest, "PER_PAGE", 2)
    settings.ARCHIVE = settings.ARCHIVE | {"url": live_server.url}
    wave = making.a_wave()
    held = [making.published(f"Word {number}.", waves=[wave] if number % 2 else []) for number in range(4)]
    gone = making.withdrawn(waves=[wave])
    return f"{live_server.url}/oai", [one.identifier for one in held], gone.identifier, f"wave.{wave.slug}"


def test_sickle_takes_the_whole_archive(archive):
    address, held, gone, wave = archive
    sickle = Sickle(address)
    assert sickle.Identify().deletedRecord == "persistent"
    assert {one.metadataPrefix for one in sickle.ListMetadataFormats()} == {"oai_dc", "datacite", "mods", "testimony"}
    assert wave in [one.setSpec for one in sickle.ListSets()]
    records = list(sickle.ListRecords(metadataPrefix="oai_dc"))
    assert [tail(one.header.identifier) for one in records] == [*held, gone]
    assert [one.deleted for one in records] == [False] * 4 + [True]
    assert records[0].metadata["creator"] == ["Aibek"]
    assert len(list(sickle.ListRecords(metadataPrefix="oai_dc", ignore_deleted=True))) == 4
    chosen = sickle.ListIdentifiers(metadataPrefix="mods", set=wave)
    assert [tail(one.identifier) for one in chosen] == [held[1], held[3], gone]
    stamp = records[-1].header.datestamp
    since = sickle.ListIdentifiers(**{"metadataPrefix": "oai_dc", "from": stamp, "until": stamp})
    assert gone in [tail(one.identifier) for one in since]
    with pytest.raises(NoRecordsMatch):
        sickle.ListRecords(metadataPrefix="oai_dc", until="1999-01-01")
    single = sickle.GetRecord(metadataPrefix="datacite", identifier=records[0].header.identifier)
    assert held[0] in single.raw


def test_oaipmh_takes_the_whole_archive(archive):
    address, held, gone, wave = archive
    registry = MetadataRegistry()
    registry.registerReader("oai_dc", oai_dc_reader)
    client = Client(address, registry)
    client.updateGranularity()
    assert client.identify().baseURL() == address
    records = list(client.listRecords(metadataPrefix="oai_dc"))
    assert [tail(header.identifier()) for header, _, _ in records] == [*held, gone]
    assert [header.isDeleted() for header, _, _ in records] == [False] * 4 + [True]
    assert records[0][1].getField("creator") == ["Aibek"]
    chosen = client.listIdentifiers(metadataPrefix="oai_dc", set=wave)
    assert [tail(header.identifier()) for header in chosen] == [held[1], held[3], gone]
    assert wave in [spec for spec, _, _ in client.listSets()]
    since = client.listRecords(metadataPrefix="oai_dc", from_=datetime(2020, 1, 1), until=datetime(2100, 1, 1))  # noqa: DTZ001  # the client wants it so
    assert len(list(since)) == 5
    header, metadata, _ = client.getRecord(identifier=records[0][0].identifier(), metadataPrefix="oai_dc")
    assert (tail(header.identifier()), metadata.getField("title")[0][:14]) == (held[0], "Words of Aibek")


def tail(identifier: str) -> str:
    """The identifier of the archive in that of the protocol."""
    return identifier.rpartition(":")[2]
