"""What happens before and after every view, with small views in place of pages."""

import gzip
import json
import logging

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseGone, HttpResponseRedirect, StreamingHttpResponse
from django.urls import path

from archive.logs import JsonLines
from testimonies import loghead

EPOCH = bytes.fromhex("0123456789abcdef")
PUBLIC = "public, max-age=0, s-maxage=60, must-revalidate"


def page(request: HttpRequest, name: str = "") -> HttpResponse:
    return HttpResponse("a page")


def long(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a page " * 100)


def picture(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"a picture " * 100, content_type="image/jpeg")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(["a file "] * 100)


def gone(request: HttpRequest) -> HttpResponse:
    return HttpResponseGone("gone")


def moved(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/page/")


def own_rules(request: HttpRequest) -> HttpResponse:
    return HttpResponse("mine", headers={"Cache-Control": "no-store"})


def publishing(request: HttpRequest) -> HttpResponse:
    """Somebody publishes while this page is made."""
    loghead.write(loghead.read()[0] + 1, EPOCH)
    return HttpResponse("made before or after?")


def failing(request: HttpRequest) -> HttpResponse:
    raise ValueError("Zarina from Osh")


def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user} {request.session.session_key is None}")


def typed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(len(request.POST))


def has_session(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str([name for name in ("session", "user", "_messages") if hasattr(request, name)]))


urlpatterns = [
    path("page/", page, name="page"),
    path("pages/<str:name>/", page, name="named_page"),
    path("long/", long),
    path("admin/long/", long),
    path("picture/", picture),
    path("stream/", stream),
    path("gone/", gone, name="gone"),
    path("moved/", moved, name="moved"),
    path("own-rules/", own_rules),
    path("publishing/", publishing),
    path("failing/", failing, name="failing"),
    path("typed/", typed),
    path("has-session/", has_session),
    path("health/live", page),
    path("admin/", desk, name="desk"),
    path("admin/account/logout/", page, name="account_logout"),
]


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("clear", status=400)


pytestmark = pytest.mark.urls("testimonies.tests.test_middleware")


@pytest.fixture(autouse=True)
def known_log() -> None:
    loghead.write(5, EPOCH)


@pytest.fixture
def log(caplog):
    """The lines that a request leaves, as they are written to stderr."""
    caplog.set_level(logging.INFO, "archive")
    return lambda: [json.loads(JsonLines().format(record)) for record in caplog.records]


def test_a_public_page_carries_a_weak_tag_and_may_be_shared_for_a_minute(client):
    answer = client.get("/page/")
    assert answer["ETag"].startswith('W/"')
    assert answer["Cache-Control"] == PUBLIC


@pytest.mark.parametrize("held", ["{tag}", '"other", {tag}', '{tag},W/"x"', "{strong}", ' , "a" ,{strong}'])
def test_a_copy_that_still_holds_is_confirmed_without_a_body(client, held):
    tag = client.get("/page/")["ETag"]
    answer = client.get("/page/", headers={"If-None-Match": held.format(tag=tag, strong=tag.removeprefix("W/"))})
    assert (answer.status_code, answer.content) == (304, b"")
    assert (answer["ETag"], answer["Cache-Control"]) == (tag, PUBLIC)


def test_texts_go_compressed_to_who_takes_that_and_the_same_each_time(client):
    plain = client.get("/long/")
    short, again = (client.get("/long/", headers={"Accept-Encoding": "gzip, br"}) for _ in range(2))
    assert gzip.decompress(short.content) == plain.content
    assert short.content == again.content
    assert (short["Content-Encoding"], short["Content-Length"]) == ("gzip", str(len(short.content)))
    assert (short["Vary"], plain["Vary"], short["ETag"]) == ("Accept-Encoding", "Accept-Encoding", plain["ETag"])
    confirmed = client.get("/long/", headers={"Accept-Encoding": "gzip", "If-None-Match": short["ETag"]})
    assert (confirmed.status_code, confirmed["Vary"]) == (304, "Accept-Encoding")


@pytest.mark.parametrize("address", ["/admin/long/", "/picture/", "/stream/"])
def test_nothing_else_is_compressed(client, address, db):
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer


def test_head_is_confirmed_too(client):
    tag = client.get("/page/")["ETag"]
    assert client.head("/page/", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("held", ["*", '"*"', "", '"', "W/", "\x7f", "," * 500])
def test_nothing_else_confirms(client, held):
    assert client.get("/page/", headers={"If-None-Match": held}).status_code == 200


def test_a_confirmation_asks_neither_view_nor_database(client, monkeypatch, django_assert_num_queries, db):
    tag = client.get("/pages/a/")["ETag"]
    monkeypatch.setattr("testimonies.tests.test_middleware.urlpatterns", [])
    with django_assert_num_queries(0):
        assert client.get("/pages/a/", headers={"If-None-Match": tag}).status_code == 304


def test_a_publication_makes_every_copy_old(client):
    tag = client.get("/page/")["ETag"]
    loghead.write(6, EPOCH)
    assert client.get("/page/", headers={"If-None-Match": tag}).status_code == 200


def test_a_restored_archive_makes_every_copy_old(client):
    tag = client.get("/page/")["ETag"]
    loghead.write(5, bytes.fromhex("fedcba9876543210"))
    assert client.get("/page/", headers={"If-None-Match": tag}).status_code == 200


def test_the_next_day_makes_every_copy_old(client, monkeypatch):
    tag = client.get("/page/")["ETag"]
    monkeypatch.setattr("testimonies.middleware.time.time", lambda: 4e9)
    assert client.get("/page/", headers={"If-None-Match": tag}).status_code == 200


def test_host_path_and_query_have_tags_of_their_own(client):
    tags = {
        client.get("/page/")["ETag"],
        client.get("/page/?a=1")["ETag"],
        client.get("/page/?a=2")["ETag"],
        client.get("/pages/a/")["ETag"],
        client.get("/page/", headers={"Host": "localhost"})["ETag"],
    }
    assert len(tags) == 5


def test_a_page_made_while_somebody_publishes_has_the_older_tag(client):
    tag = client.get("/publishing/")["ETag"]
    assert client.get("/publishing/", headers={"If-None-Match": tag}).status_code == 200


def test_while_nobody_knows_the_number_nothing_is_promised(client):
    loghead.write(0, loghead.UNKNOWN)
    answer = client.get("/page/")
    assert not answer.has_header("ETag")


@pytest.mark.parametrize(("address", "status"), [("/gone/", 410), ("/nothing/", 404)])
def test_errors_carry_no_tag_and_are_not_kept(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert not answer.has_header("ETag")
    assert answer["Cache-Control"] == "no-store"


def test_a_page_that_is_gone_cannot_be_confirmed(client, monkeypatch):
    tag = client.get("/page/")["ETag"]
    loghead.write(6, EPOCH)
    monkeypatch.setattr("testimonies.tests.test_middleware.urlpatterns", [path("page/", gone)])
    from django.urls import clear_url_caches

    clear_url_caches()
    assert client.get("/page/", headers={"If-None-Match": tag}).status_code == 410
    assert client.get("/page/", headers={"If-None-Match": "*"}).status_code == 410


def test_redirects_are_asked_for_again(client):
    assert client.get("/moved/")["Cache-Control"] == PUBLIC


def test_a_view_may_have_rules_of_its_own(client):
    answer = client.get("/own-rules/")
    assert (answer["Cache-Control"], answer.has_header("ETag")) == ("no-store", False)


def test_health_carries_no_tag(client):
    assert not client.get("/health/live").has_header("ETag")


def test_public_pages_have_no_session_and_set_no_cookie(client):
    answer = client.get("/has-session/", headers={"Cookie": "sessionid=abc; csrftoken=abc"})
    assert answer.content == b"[]"
    assert answer.cookies == {}


def test_the_desk_has_sessions_and_accounts(client, db):
    client.force_login(User.objects.create_user("Gulnara"))
    assert client.get("/admin/").content == b"Gulnara False"


def test_answers_of_the_desk_are_kept_nowhere(client, db):
    answer = client.get("/admin/")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.has_header("ETag")


def test_desk_and_public_pages_say_where_a_link_may_tell_it_was_followed_from(client, db):
    assert client.get("/admin/")["Referrer-Policy"] == "same-origin"
    assert client.get("/page/")["Referrer-Policy"] == "no-referrer"


def test_signing_out_clears_a_shared_computer(client, db):
    assert client.post("/admin/account/logout/")["Clear-Site-Data"] == '"cache", "storage"'
    assert not client.get("/admin/account/logout/").has_header("Clear-Site-Data")


@pytest.mark.parametrize("address", ["/page/", "/admin/", "/gone/", "/nothing/", "/page/?q=%00"])
def test_every_answer_forbids_inline_code_frames_and_guessing_of_types(client, db, address):
    answer = client.get(address)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "address",
    ["/page/?q=%00", "/pages/a%00b/", "/page/?q=" + "a" * 140_000, "/pages/" + "a" * 3000 + "/", "/admin/?x=%00"],
)
def test_impossible_addresses_get_a_clear_400(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.content) == (400, b"clear")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address", ["/page/?q=%ff%fe", "/page/?%", "/page/?q=%ED%A0%80", "/page/?" + "&" * 4000, "/page/?q=%E2%80%AE"]
)
def test_odd_but_possible_addresses_are_answered(client, address):
    assert client.get(address).status_code == 200


def test_an_unknown_host_gets_a_clear_400(client):
    assert client.get("/page/", headers={"Host": "elsewhere.example"}).content == b"clear"


def test_a_form_of_five_megabytes_gets_a_clear_400(client):
    answer = client.post("/typed/", {"text": "a" * 5_000_000}, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.content) == (400, b"clear")


def test_a_form_of_too_many_fields_gets_a_clear_400(client, settings):
    body = "&".join(f"f{n}=1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    answer = client.post("/typed/", body, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.content) == (400, b"clear")


def test_a_request_beyond_the_limit_is_refused_before_it_is_read(client, settings):
    settings.REQUEST_MAX_SIZE = 10
    assert client.post("/page/", b"a" * 11, content_type="application/octet-stream").status_code == 400


@pytest.mark.parametrize("length", ["-1", "many", "٣", "9" * 5000])
def test_a_length_that_is_no_number_is_survived(client, length):
    assert client.get("/page/", CONTENT_LENGTH=length).status_code == 200


def test_the_log_names_the_route_not_the_address(client, log):
    client.get("/pages/Zarina/?q=Zarina", headers={"User-Agent": "Zarina", "Referer": "Zarina"}, REMOTE_ADDR="10.9.8.7")
    (line,) = log()
    assert line | {"ms": 0, "request": "", "time": ""} == {
        "time": "",
        "level": "info",
        "event": "request",
        "method": "GET",
        "route": "named_page",
        "status": 200,
        "ms": 0,
        "request": "",
    }
    assert "Zarina" not in json.dumps(line)
    assert "10.9.8.7" not in json.dumps(line)


def test_the_log_does_not_repeat_an_invented_method(client, log):
    client.generic("ZARINA", "/page/")
    assert log()[0]["method"] == "other"


def test_the_log_tells_which_editor_by_number(client, log, db):
    editor = User.objects.create_user("Gulnara")
    client.force_login(editor)
    client.get("/admin/")
    assert log()[0]["user"] == editor.pk


def test_a_failure_is_logged_with_its_place_but_without_its_words(client, log):
    client.raise_request_exception = False
    answer = client.get("/failing/?q=Zarina")
    failed, answered = log()
    assert (failed["event"], failed["error"]) == ("django.request", "ValueError")
    assert failed["request"] == answered["request"]
    assert failed["at"][-1].endswith(" failing")
    assert (answered["status"], answered["request"]) == (500, answer["X-Request-ID"])
    assert "Zarina" not in json.dumps([failed, answered])
