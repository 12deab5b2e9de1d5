"""Two at once: real threads, each a browser of its own, pressing the same button at the same moment."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from testimonies.models.editorial import Testimony
from testimonies.models.public import Edition
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled
from testimonies.tests.admin.test_testimony_form import ADD, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(client: Client, address: str, *forms: dict) -> list[int]:
    """Send the forms together; the statuses of the answers."""
    start, answers = threading.Barrier(len(forms)), []

    def send(form: dict) -> None:
        own = Client()
        own.cookies = client.cookies
        start.wait()
        try:
            answers.append(own.post(address, form).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(form,)) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("gulnara"))
    return client


def test_of_two_savings_one_wins(client):
    testimony = making.a_testimony()
    form = client.get(page_of(testimony))
    mine, hers = (filled(form, segments__0__text=words, _save="") for words in ("Mine.", "Hers."))
    assert at_once(client, page_of(testimony), mine, hers) == [200, 302]
    saved = Testimony.objects.get()
    assert saved.version == testimony.version + 1
    assert saved.segments.get().text in ("Mine.", "Hers.")


def test_a_new_testimony_sent_twice_together_is_entered_once(client):
    sent = filled(client.get(ADD), segments__0__text=making.WORDS, _save="")
    assert at_once(client, ADD, sent, sent) == [302, 302]
    assert Testimony.objects.count() == 1


def test_published_twice_together_it_has_one_edition(client):
    testimony = making.a_testimony()
    sent = filled(client.get(page_of(testimony)), _publish="")
    at_once(client, page_of(testimony), sent, sent)
    assert Edition.objects.count() == 1
