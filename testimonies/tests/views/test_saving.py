"""The copy of an edition that readers keep: whole, the same for ever, and asking nothing of anybody."""

import re
from base64 import b64decode
from http import HTTPStatus

import pytest
from django.urls import reverse

from testimonies.citation.styles import STYLES
from testimonies.models.editorial import Translation
from testimonies.models.public import Publication, PublicationEvent
from testimonies.publishing import publish
from testimonies.tests import making

pytestmark = pytest.mark.django_db

FACE = re.compile(r'font-style: (\w+); font-weight: \d+; src: url\("data:font/woff2;base64,([^"]+)"\)')


def address(publication: Publication, number: int = 1) -> str:
    return reverse("save", args=[publication.identifier, number])


def saved(client, publication: Publication, number: int = 1) -> str:
    response = client.get(address(publication, number))
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def faces(copy: str) -> list[str]:
    """The styles of the faces that a copy brings along, each with a file that is one."""
    found = FACE.findall(copy)
    assert all(b64decode(file).startswith(b"wOF2") for _style, file in found)
    return [style for style, _file in found]


@pytest.fixture
def publication() -> Publication:
    return making.published(
        "We sold the piano.\n\nThen we [[all]] left.",
        places=[making.a_place("Aksay")],
        waves=[making.a_wave()],
        source=making.a_source(url="https://courier.example/2021/bread"),
    )


def test_a_copy_tells_everything_that_the_page_of_the_edition_tells(client, publication):
    copy = saved(client, publication)
    for said in (
        "Words of Aibek, as printed by The Steppe Courier",
        "We sold the piano.",
        "According to the baker",
        "Described as from",
        "The path of the words",
        "https://courier.example/2021/bread",
        "Rights and permission",
        "The speaker was not asked.",
        f"http://testserver/testimonies/{publication.identifier}/editions/1/#p2",
    ):
        assert said in copy, said
    assert all(f"<dt>{style.name}</dt>" in copy for style in STYLES.values())
    assert '<p lang="en"><span class="said">We sold the piano.' in copy


def test_a_copy_says_which_edition_it_is_and_that_it_will_not_learn_of_changes(client, publication):
    copy = saved(client, publication)
    number = PublicationEvent.objects.get(publication=publication, edition=1).number
    assert "This is a saved copy of edition 1, published" in copy
    assert "It does not learn of corrections or of a withdrawal" in copy
    assert f'href="http://testserver/testimonies/{publication.identifier}/"' in copy
    assert f"<dt>Number in the publication log</dt><dd>{number}</dd>" in copy


def test_a_copy_goes_with_its_translations(client):
    testimony = making.a_testimony("We left.\n\nIt rained.")
    Translation.objects.create(testimony=testimony, language="ru", text="Мы уехали.\n\nШёл дождь.", by_machine=True)
    copy = saved(client, publish(testimony, by=None, known_to_differ=True).publication)
    assert '<p class="translated" id="p4" lang="ru"><span class="said">Шёл дождь.' in copy
    assert "by a machine" in copy


def test_a_copy_is_a_file_that_is_kept_and_not_indexed(client, publication):
    response = client.get(address(publication))
    name = f"testimony-{publication.identifier}-edition-1.html"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_a_copy_asks_nothing_of_anybody(client, publication):
    copy = saved(client, publication)
    assert "<script" not in copy
    assert " src=" not in copy
    assert not re.search(r"<(?:link|img|iframe|form|base|object)\b(?! rel=\"canonical\")", copy)
    assert {found[:5] for found in re.findall(r'url\("?([^)]*)', copy)} == {"data:"}
    assert "@import" not in copy
    assert "default-src 'none'" in copy


def test_every_link_in_a_copy_can_be_followed_from_anywhere(client, publication):
    links = re.findall(r'href="([^"]*)"', saved(client, publication))
    assert len(links) > 10
    assert [link for link in links if not link.startswith(("http://", "https://", "mailto:"))] == []


@pytest.mark.parametrize(
    ("words", "styles"),
    [
        ("We left.", ["normal", "italic"]),
        ("Мы уехали.", ["normal", "normal", "italic"]),
        ("Біз кеттік, Әйгүл қалды.", ["normal", "normal", "italic"]),
        ("Maržan of Ḳazaḳ Ġazetí.", ["normal", "italic"]),
        ("вокза\u0301л", ["normal", "normal", "italic"]),
        ("رحلنا", ["normal", "italic"]),
    ],
)
def test_a_copy_brings_along_only_faces_whose_letters_it_shows(client, words, styles):
    source = making.a_source(language="ru") if "а" in words else making.a_source()
    assert faces(saved(client, making.published(words, source=source, language_printed="und"))) == styles


def test_a_copy_is_the_same_whatever_is_published_later(client, publication):
    before = saved(client, publication)
    making.corrected(publication, "We sold nothing.", "A slip.")
    making.published()
    assert saved(client, publication) == before
    assert "We sold nothing." in saved(client, publication, 2)


def test_a_copy_speaks_the_language_of_the_page(client, publication):
    page = client.get(f"/ru{reverse('testimony', args=[publication.identifier])}").content.decode()
    assert f'href="/ru{address(publication)}"' in page
    copy = client.get(f"/ru{address(publication)}").content.decode()
    assert '<html lang="ru" dir="ltr">' in copy
    assert 'href="http://testserver/ru/places/' in copy
    assert f'<a class="address" href="http://testserver/testimonies/{publication.identifier}/">' in copy


def test_the_page_of_an_edition_leads_to_its_own_copy(client, publication):
    making.corrected(publication, "We sold nothing.")
    for number, page in ((2, "testimony"), (1, "edition")):
        arguments = [publication.identifier, *([1] if page == "edition" else [])]
        assert f'href="{address(publication, number)}"' in client.get(reverse(page, args=arguments)).content.decode()


def test_no_copy_is_given_of_what_is_gone_or_hidden(client, publication):
    for make, status in ((making.withdrawn, 410), (making.unlisted, 404), (making.overdue, 404)):
        response = client.get(address(make("Nobody may learn of the bridge.")))
        assert (response.status_code, response["X-Robots-Tag"]) == (status, "noindex")
        assert "Content-Disposition" not in response
        assert b"bridge" not in response.content
    assert client.get(address(making.merged(into=publication))).status_code == HTTPStatus.MOVED_PERMANENTLY
    making.corrected(publication, "We sold nothing.")
    making.emptied(publication)
    assert client.get(address(publication)).status_code == HTTPStatus.GONE
    assert client.get(address(publication, 2)).status_code == HTTPStatus.OK
    assert client.get(address(publication, 3)).status_code == HTTPStatus.NOT_FOUND


def test_a_copy_costs_three_queries(client, publication, django_assert_num_queries):
    with django_assert_num_queries(3):
        saved(client, publication)
