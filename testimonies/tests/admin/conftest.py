"""Editors at their desk: accounts in their groups, and forms sent as a browser sends them."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client

from testimonies.middleware import SessionLimits


class Member(Client):
    """A browser that knows who is signed in."""

    user: User


@pytest.fixture(autouse=True)
def nothing_sent_yet(db) -> None:
    cache.clear()


def noted(client: Client) -> None:
    """Somebody who has been here for a moment: the first request of a session writes down that it began."""
    session = client.session
    session.update({SessionLimits.BEGAN: time.time(), SessionLimits.SEEN: time.time()})
    session.save()


@pytest.fixture
def enter() -> Callable[..., Member]:
    """A browser in which somebody of the group is signed in; "nobody" is not."""

    def as_member(group: str, name: str = "") -> Member:
        client = Member()
        if group != "nobody":
            user = User.objects.create_user(name or group.lower(), password=None, is_staff=True)
            user.groups.add(Group.objects.get(name=group))
            client.force_login(user)
            client.user = user
            noted(client)
        return client

    return as_member


@pytest.fixture
def contributor(enter) -> Member:
    return enter("Contributor")


@pytest.fixture
def editor(enter) -> Member:
    return enter("Editor")


@pytest.fixture
def archivist(enter) -> Member:
    return enter("Archivist")


def filled(answer: Any, **changes: Any) -> dict[str, Any]:
    """What the form of a page sends when nothing but `changes` is typed ("__" stands for "-" in names)."""
    context = answer.context
    parts = [part.formset for part in context.get("inline_admin_formsets", [])]
    forms = [context["adminform"].form, *[form for part in parts for form in (part.management_form, *part.forms)]]
    sent = {field.html_name: field.value() for form in forms for field in form}
    typed = {name.replace("__", "-"): value for name, value in changes.items()}
    sent |= {"once": context.get("once") or sent.get("once", ""), **typed}
    return {name: value for name, value in sent.items() if value is not None and value is not False}


def said(answer: Any) -> str:
    """The messages on the page that follows."""
    return " ".join(str(message) for message in answer.context["messages"])
