"""A picture on its way to the desk: refused before it is sent, or seen to go, and then the page that follows."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Group, User
from PIL import Image
from playwright.sync_api import expect

from testimonies.models.public import Picture

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(page, live_server, client):
    """The form for a new picture."""
    user = User.objects.create_user("gulnara", password=None, is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    page.context.add_cookies(
        [{"name": one.key, "value": one.value, "url": live_server.url} for one in client.cookies.values()]
    )
    page.goto(f"{live_server.url}/admin/testimonies/picture/add/")
    page.get_by_label("Alternative text").fill("A field.")
    return page


def a_file(content: bytes, name: str = "field.png") -> dict:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def a_png() -> bytes:
    file = BytesIO()
    Image.effect_noise((900, 700), 90).save(file, "PNG")
    return file.getvalue()


def test_what_is_taken_is_said_beforehand(form):
    expect(form.get_by_text("JPEG, PNG, WebP or AVIF, up to 20 MB")).to_be_visible()


def test_a_picture_is_seen_to_go_and_the_next_page_follows(form):
    form.evaluate("""() => {
        new MutationObserver(() => {
            const bar = document.querySelector("progress");
            if (bar) sessionStorage.setItem("seen", bar.getAttribute("aria-label"));
        }).observe(document.body, { childList: true, subtree: true });
    }""")
    form.get_by_label("File").set_input_files(a_file(a_png()))
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_text("was added successfully")).to_be_visible()
    assert form.url.endswith("/admin/testimonies/picture/")
    assert form.evaluate("sessionStorage.getItem('seen')") == "field.png"
    assert Picture.objects.get().alternative_text == "A field."


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (a_file(b"0" * (20 * 1024 * 1024 + 1)), "too large: 20 MB"),
        (a_file(b"%PDF", "field.pdf"), "of another kind: .jpg"),
    ],
    ids=["too large", "of another kind"],
)
def test_what_would_be_refused_is_not_sent(form, file, sentence):
    sent = []
    form.on("request", lambda request: sent.append(request.method))
    form.get_by_label("File").set_input_files(file)
    form.get_by_role("button", name="Save", exact=True).click()
    assert sentence in form.get_by_label("File").evaluate("field => field.validationMessage")
    assert "POST" not in sent
    assert not Picture.objects.exists()


def test_what_the_server_refuses_is_said_and_nothing_typed_is_lost(form):
    form.get_by_label("File").set_input_files(a_file(b"no picture"))
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_role("link", name="File")).to_be_visible()
    expect(form.locator(".form-row").get_by_text("This is no picture that can be read.")).to_be_visible()
    expect(form.get_by_label("Alternative text")).to_have_value("A field.")


def test_a_lost_connection_is_said_and_the_form_can_be_sent_again(form):
    form.context.set_offline(True)
    form.get_by_label("File").set_input_files(a_file(a_png()))
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_text("The connection was lost")).to_be_visible()
    form.context.set_offline(False)
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_text("was added successfully")).to_be_visible()
