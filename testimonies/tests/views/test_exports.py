"""The archive to take away: a page about the files, and files that can be taken in pieces, as long as they may be."""

import hashlib

import pytest

from archive.wsgi import application
from testimonies import publishing
from testimonies.dataset import writing
from testimonies.dataset.formats import EXPORTS
from testimonies.tests import making
from testimonies.tests.canary.crawl import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication():
    return making.published("We sold the piano.")


@pytest.fixture
def export(publication):
    return writing.write()


@pytest.fixture
def address(export):
    return f"/data/{export.named('sqlite').name}"


@pytest.fixture
def content(export):
    return export.path(export.named("sqlite")).read_bytes()


def test_page_names_files_state_and_columns(client, export):
    page = client.get("/data/").content.decode()
    for file in export.files:
        assert file.sha256 in page
        assert f'href="/data/{file.name}"' in page
    assert f"as of number {export.number} of the publication log" in page
    assert "rights_of_words" in page


def test_page_is_asked_for_each_time_for_files_change_by_themselves(client, export):
    response = client.get("/data/")
    assert response["Cache-Control"] == "public, no-cache"
    assert "ETag" not in response


def test_every_file_is_the_one_that_was_made(client, export):
    for file, form in zip(export.files, EXPORTS, strict=True):
        led = client.get(f"/data/{form.name}")
        assert (led.status_code, led["Location"]) == (302, f"/data/{file.name}")
        response = client.get(led["Location"])
        assert hashlib.sha256(response.getvalue()).hexdigest() == file.sha256
        assert response["Content-Length"] == str(file.size)
        assert response["Content-Type"] == form.media_type
        assert response["Content-Disposition"] == f'attachment; filename="{file.name}"'
        assert (response["ETag"], response["Accept-Ranges"]) == (f'"{file.sha256}"', "bytes")
        assert response["Cache-Control"] == "public, no-cache"


def test_digests_are_told_as_their_tool_reads_them(client, export):
    lines = client.get("/data/SHA256SUMS").content.decode().splitlines()
    assert lines == [f"{file.sha256}  {file.name}" for file in export.files]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=7-7", 7, 7),
        ("bytes=100-", 100, -1),
        ("bytes=-5", -5, -1),
        ("bytes=9-99999999", 9, -1),
    ],
)
def test_piece_of_a_file(client, address, content, asked, first, last):
    first, last = first % len(content), last % len(content)
    response = client.get(address, headers={"Range": asked})
    assert response.status_code == 206
    assert response.getvalue() == content[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(content)}"
    assert response["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0", "bytes=99999999-99999999"])
def test_piece_that_there_is_not(client, address, content, asked):
    response = client.get(address, headers={"Range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(content)}")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=5-4", "bytes=-", "lines=1-2", "bytes=x-", "bytes=٣-", "0-1"])
def test_what_is_no_single_range_is_answered_with_the_whole(client, address, content, asked):
    response = client.get(address, headers={"Range": asked})
    assert (response.status_code, response.getvalue()) == (200, content)


def test_piece_of_another_file_is_not_added_to_this_one(client, address, content, export):
    held = {"Range": "bytes=10-", "If-Range": '"another"'}
    assert client.get(address, headers=held).getvalue() == content
    held["If-Range"] = f'"{export.named("sqlite").sha256}"'
    assert client.get(address, headers=held).getvalue() == content[10:]


def test_copy_that_a_reader_has_is_confirmed_as_long_as_it_may_be(client, address, export, publication):
    tag = f'"{export.named("sqlite").sha256}"'
    response = client.get(address, headers={"If-None-Match": f'"x", W/{tag}'})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)
    publishing.withdraw(making.testimony_of(publication), reason="on_request")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 503


def test_head_tells_what_get_tells(client, address):
    read, head = client.get(address), client.head(address)
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert head.headers == read.headers
    part = client.head(address, headers={"Range": "bytes=0-1"})
    assert part.status_code == 200
    for response in (read, head, part):
        response.close()


def test_file_with_withdrawn_words_is_not_given_out_any_more(client, address, publication):
    publishing.withdraw(making.testimony_of(publication), reason="on_request")
    for asked in (address, "/data/csv", "/data/SHA256SUMS"):
        response = client.get(asked)
        assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "300", "no-store")
        assert b"being made anew" in response.content
    assert "being made anew" in client.get("/data/").content.decode()
    writing.write()
    assert client.get(address).status_code == 404
    assert client.get("/data/csv").status_code == 302


@pytest.mark.parametrize(
    "name", ["nothing", "contents.json", "..", "current", "testimonies-1.exe", "testimonies-0.sqlite"]
)
def test_name_that_no_file_has_is_not_found(client, export, name):
    assert client.get(f"/data/{name}").status_code == 404


def test_file_that_is_deleted_at_this_moment_is_being_made(client, address, export):
    export.path(export.named("sqlite")).unlink()
    for headers in ({}, {"Range": "bytes=0-1"}):
        assert client.get(address, headers=headers).status_code == 503


def test_before_anything_was_made_the_page_says_so(client, publication):
    assert "being made anew" in client.get("/data/").content.decode()
    assert client.get("/data/sqlite").status_code == 503
    assert client.get("/data/nothing").status_code == 404


def test_cache_of_pages_keeps_no_file(address, content):
    assert ask(address).body == content
    assert ask(address, Range="bytes=3-5").body == content[3:6]
    assert application.shelf.size == 0 or not [key for key in application.shelf.pages if "/data/" in key[2]]
