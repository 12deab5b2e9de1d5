"""The languages of the interface: which one an address names, and that nothing else decides it."""

import re
from http import HTTPStatus

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from django.utils.translation import get_language, override

from archive.pagecache import key_of
from testimonies import loghead, tongues, urls
from testimonies.admin import notices
from testimonies.jinja import url
from testimonies.models.public import Identifier
from testimonies.tests import making
from testimonies.views import addresses, standing

OTHERS = ["ru", "kk", "ky", "it"]


@pytest.mark.parametrize(
    ("path", "tag", "neutral"),
    [
        ("/", "en-gb", "/"),
        ("/about/", "en-gb", "/about/"),
        ("/ru/about/", "ru", "/about/"),
        ("/ru/", "ru", "/"),
        ("/ru", "ru", "/"),
        ("/ky/testimonies/?q=a%2Fb", "ky", "/testimonies/?q=a%2Fb"),
        ("/it/?q=1", "it", "/?q=1"),
        ("/it?q=1", "it", "/?q=1"),
        ("/rude/", "en-gb", "/rude/"),
        ("/RU/about/", "en-gb", "/RU/about/"),
    ],
)
def test_an_address_names_a_language_or_none(path, tag, neutral):
    assert (tongues.of(path), tongues.neutral(path)) == (tag, neutral)


def test_a_page_is_told_in_every_language_at_an_address_of_its_own():
    told = [(tongue.tag, tongue.address, tongue.is_spoken) for tongue in tongues.tongues("/kk/places/?page=2")]
    assert told == [
        ("en-gb", "/places/?page=2", False),
        ("ru", "/ru/places/?page=2", False),
        ("kk", "/kk/places/?page=2", True),
        ("ky", "/ky/places/?page=2", False),
        ("it", "/it/places/?page=2", False),
    ]


def test_what_is_no_page_has_no_language():
    assert {route.name for route in urls.in_every_language} == urls.PAGES
    assert {"feed", "table", "data", "ark", "oai", "sitemap", "robots", "live", "picture", "cite_file", None} <= {
        route.name for route in urls.in_none
    }
    with override("ru"):
        assert reverse("feed") == "/feed.atom"
        assert reverse("about") == "/ru/about/"


def test_addresses_follow_the_language_and_citations_do_not():
    assert url("about") == "/about/"
    with override("ru"):
        assert url("about") == "/ru/about/"
        assert url("admin:index") == "/admin/"
        assert addresses.whole(reverse("about")) == "http://testserver/about/"
        assert addresses.permalink("t1bek") == "http://testserver/testimonies/t1bek/"
    assert url("about") == "/about/"


@pytest.mark.parametrize("tag", OTHERS)
@pytest.mark.parametrize("name", ["home", "about", "testimonies", "places"])
@pytest.mark.django_db
def test_page_speaks_the_language_of_its_address(client, tag, name):
    with override(tag):
        address = reverse(name)
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == HTTPStatus.OK
    page = response.content.decode()
    assert f'<html lang="{tag}" dir="ltr">' in page
    assert "Skip to the text" not in page
    # Every link of the frame stays in the language; only the switch leaves it.
    frame = re.sub(r'<nav class="tongues".*?</nav>', "", page, flags=re.DOTALL)
    links = re.findall(r'<(?:a|form)[^>]* (?:href|action)="(/[^"]*)"', frame)
    assert links
    assert [
        link for link in links if not link.startswith((f"/{tag}/", "/testimonies.", "/feed.atom", "/api/v1/"))
    ] == []
    assert not response.cookies
    assert response["Vary"] == "Accept-Encoding"
    assert get_language() == settings.LANGUAGE_CODE


@pytest.mark.django_db
def test_no_header_chooses_the_language_of_a_page(client):
    client.cookies["django_language"] = "ru"
    response = client.get("/about/", headers={"accept-language": "ru"})
    assert b'<html lang="en-gb" dir="ltr">' in response.content


@pytest.mark.parametrize("address", ["/de/", "/en/about/", "/en-gb/about/", "/ru/ru/about/", "/RU/", "/ru/feed.atom"])
@pytest.mark.django_db
def test_what_is_no_language_of_the_archive_is_no_page(client, address):
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.django_db
def test_an_address_is_completed_in_its_language(client):
    assert client.get("/ru").headers["Location"] == "/ru/"
    assert client.get("/ky/about").headers["Location"] == "/ky/about/"


@pytest.mark.django_db
def test_error_pages_speak_the_language_of_the_address(client):
    response = client.get("/it/no/such/", headers={"accept-language": "ru"})
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "Questa pagina non esiste" in response.content.decode()
    refused = client.get("/kk/about/", {"q": "\0"})
    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert "Сұрауды оқу мүмкін болмады" in refused.content.decode()


@pytest.mark.django_db
def test_testimony_names_its_permalink_and_its_other_languages(client):
    publication = making.published()
    path = f"/testimonies/{publication.identifier}/"
    page = client.get(f"/ru{path}").content.decode()
    head = page.partition("</head>")[0]
    assert re.findall(r'rel="canonical" href="([^"]*)"', head) == [f"http://testserver{path}"]
    assert re.findall(r'hreflang="([^"]*)" href="([^"]*)"', head) == [
        ("en", f"http://testserver{path}"),
        *((tag, f"http://testserver/{tag}{path}") for tag in OTHERS),
        ("x-default", f"http://testserver{path}"),
    ]
    assert f"http://testserver{path}editions/1/" in page
    assert f"testserver/ru{path}editions" not in page


@pytest.mark.django_db
def test_the_switch_keeps_the_page_and_its_question(client):
    making.published(tags=[making.a_tag("Work")])
    page = client.get("/testimonies/?q=word&tag=work&page=1").content.decode()
    switch = page.partition('<nav class="tongues"')[2].partition("</nav>")[0]
    assert '<a href="/ky/testimonies/?q=word&amp;tag=work&amp;page=1" lang="ky" hreflang="ky">Кыргызча</a>' in switch
    assert switch.count('aria-current="true"') == 1


@pytest.mark.parametrize(("tag", "way"), [("ru", "/ru/tags/bread/"), ("en-gb", "/tags/bread/")])
def test_merged_record_leads_on_in_the_same_language(tag, way):
    with override(tag):
        assert standing.led_to(Identifier(kind="tag", value="bread")).url == way


@pytest.mark.django_db
def test_facets_are_named_in_the_language_that_is_spoken(client):
    making.published()
    english, russian = (client.get(f"{prefix}/testimonies/").content.decode() for prefix in ("", "/ru"))
    assert "1 testimony" in english
    assert "1 свидетельство" in russian
    assert "1 свидетельство" not in client.get("/testimonies/").content.decode()


@pytest.mark.django_db
def test_copies_of_one_language_confirm_none_of_another(client):
    loghead.write(1, b"language")
    tags = {path: client.get(path).headers["ETag"] for path in ("/about/", "/ru/about/", "/kk/about/")}
    assert len(set(tags.values())) == len(tags)
    assert client.get("/ru/about/", headers={"if-none-match": tags["/about/"]}).status_code == HTTPStatus.OK
    assert client.get("/ru/about/", headers={"if-none-match": tags["/ru/about/"]}).status_code == 304
    asked = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": "http", "QUERY_STRING": ""}
    assert key_of(asked | {"PATH_INFO": "/about/"}) != key_of(asked | {"PATH_INFO": "/ru/about/"})


@pytest.mark.django_db
def test_desk_speaks_what_the_editors_browser_prefers(client):
    for preferred, tag in (("ru", "ru"), ("de, kk;q=0.5", "kk"), ("de", "en-gb"), ("en-US", "en-gb")):
        response = client.get("/admin/account/login/", headers={"accept-language": preferred})
        assert f'<html lang="{tag}"' in response.content.decode(), preferred
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("tag", "subject"), [("en-gb", "Approved and published"), ("it", "Approvata e pubblicata")])
@pytest.mark.django_db
def test_mails_speak_the_language_of_the_archives_mails(settings, django_capture_on_commit_callbacks, tag, subject):
    settings.MAIL_LANGUAGE = tag
    to, by = (User.objects.create_user(name, email=f"{name}@example.org") for name in ("first", "second"))
    with override("ru"), django_capture_on_commit_callbacks(execute=True):
        notices.review_is_approved(to, by)
    assert mail.outbox[0].subject.endswith(f": {subject}")
