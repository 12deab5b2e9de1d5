"""Every page that shows a record or a list leads to the same as data."""

import re

import pytest
from django.urls import reverse

from testimonies.tests import making

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<link rel="alternate" type="application/json" href="([^"]*)">')


def test_every_page_of_records_leads_to_its_own_data(client):
    publication = making.published(places=[making.a_place()], waves=[making.a_wave()], tags=[making.a_tag()])
    making.corrected(publication, "Other words.")
    key = publication.identifier
    kinds = ("witness", "place", "wave", "source", "tag")
    held = (publication.witness, publication.places.get(), publication.waves.get(), publication.source)
    records = {kind: one.address for kind, one in zip(kinds, (*held, publication.tags.get()), strict=True)}
    pages = [reverse(kind, args=[address]) for kind, address in records.items()]
    expected = {page: f"/api/v1{page}" for page in pages}
    expected |= {f"/{name}/": f"/api/v1/{name}/" for name in ("witnesses", "places", "waves", "sources", "tags")}
    expected |= {
        "/": "/api/v1/testimonies/",
        "/testimonies/?q=other&tag=bread": "/api/v1/testimonies/?q=other&amp;tag=bread",
        f"/testimonies/{key}/": f"/api/v1/testimonies/{key}/",
        f"/testimonies/{key}/editions/": f"/api/v1/testimonies/{key}/editions/",
        f"/testimonies/{key}/editions/1/": f"/api/v1/testimonies/{key}/editions/1/",
        f"/testimonies/{key}/editions/2/": f"/api/v1/testimonies/{key}/",
    }
    for address, data in expected.items():
        page = client.get(address).content.decode()
        assert LINK.findall(page) == [data], address
        assert page.count(f'href="{data}"') == 2, address  # in its head for programs, in its foot for people
        assert client.get(data.replace("&amp;", "&")).status_code == 200


def test_every_page_leads_to_the_description(client):
    for address in ("/", "/about/", "/nowhere"):
        assert 'rel="service-desc"' in client.get(address).content.decode()
