"""Web addresses that lead to the same page share a key."""

import pytest

from testimonies.webaddresses import key, page


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/story/7",
        "https://example.org/story/7/",
        "https://www.example.org/story/7",
        "HTTPS://WWW.Example.ORG:443/story//7#top",
        "http://example.org:80/story/7?utm_source=mail&fbclid=x",
        "example.org/story/7",
        " https://example.org./story/%37 ",
        "https://web.archive.org/web/20220929120000/https://www.example.org/story/7",
        "http://web.archive.org/web/20220929120000id_/http:/www.example.org/story/7",
    ],
)
def test_one_page_has_one_form(address):
    assert page(address) == "example.org/story/7"
    assert key(address) == key("https://example.org/story/7")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/story/8",
        "https://example.org/Story/7",
        "https://example.org/story/7?page=2",
        "https://example.org:8080/story/7",
        "https://news.example.org/story/7",
    ],
)
def test_another_page_has_another(address):
    assert key(address) != key("https://example.org/story/7")


def test_what_is_asked_has_an_order_of_its_own():
    assert page("https://example.org/?b=2&a=%D0%B0") == page("http://example.org?a=а&b=2")
    assert page("https://пример.рф/") == page("https://xn--e1afmkfd.xn--p1ai")


@pytest.mark.parametrize("address", ["", " ", "https://", "http://[::1", "https://example.org:99999999/"])
def test_what_is_no_address_has_no_key(address):
    assert (page(address), key(address)) == ("", "")
