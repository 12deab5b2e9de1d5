"""The one head of the publication log, and the three editorial groups with what each may do."""

import secrets
from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.utils import timezone

WRITTEN_BY_CONTRIBUTORS = [
    "testimony",
    "quotesegment",
    "testimonyplace",
    "testimonywave",
    "testimonycontribution",
    "translation",
    "witness",
    "witnessnameform",
    "place",
    "placenameform",
    "source",
    "contribution",
    "derivation",
    "sourcesnapshot",
    "agent",
    "event",
    "picture",
]
PARTS = [
    "quotesegment",
    "testimonyplace",
    "testimonywave",
    "testimonytag",
    "testimonycontribution",
    "translation",
    "witnessnameform",
    "placenameform",
    "contribution",
    "derivation",
    "wavenameform",
    "tagnameform",
]
WRITTEN_BY_EDITORS = [
    *WRITTEN_BY_CONTRIBUTORS,
    "wave",
    "wavenameform",
    "tag",
    "tagnameform",
    "collection",
    "publicationbasis",
    "request",
]
READ_BY_ALL = [*WRITTEN_BY_EDITORS, "publication", "edition", "publicationevent"]
KEPT_BY_ARCHIVISTS = ["identity", "identityaccess"]


def codenames(actions: list[str], models: list[str]) -> list[str]:
    return [f"{action}_{model}" for model in models for action in actions]


CONTRIBUTOR = [
    *codenames(["view"], [one for one in READ_BY_ALL if one not in ("publicationbasis", "request")]),
    "view_publicationbasis",
    *codenames(["add", "change"], [*WRITTEN_BY_CONTRIBUTORS, "testimonytag"]),
    *codenames(["delete"], PARTS),
]
EDITOR = [
    *codenames(["view"], READ_BY_ALL),
    *codenames(["add", "change", "delete"], [*WRITTEN_BY_EDITORS, "testimonytag"]),
    "publish_testimony",
    "withdraw_testimony",
]
ARCHIVIST = [
    *EDITOR,
    *codenames(["view", "add", "change"], KEPT_BY_ARCHIVISTS[:1]),
    "view_identityaccess",
    "view_identifier",
    "open_identity",
    "empty_edition",
    "merge_records",
]
OF_OTHER_APPS = {"Archivist": ["add_user", "change_user", "view_user", "view_group", "view_logentry"]}


def make_head(apps: Any, schema_editor: Any) -> None:
    apps.get_model("testimonies", "LogHead").objects.get_or_create(
        pk=1, defaults={"number": 0, "at": timezone.now(), "epoch": secrets.token_hex(8)}
    )


def make_groups(apps: Any, schema_editor: Any) -> None:
    # Permissions are otherwise made after all migrations, too late for the groups that hold them.
    for label in ("testimonies", "auth", "admin"):
        app = apps.get_app_config(label)
        app.models_module = True
        create_permissions(app, apps=apps, verbosity=0)
        app.models_module = None
    permission = apps.get_model("auth", "Permission").objects
    for name, wanted in (("Contributor", CONTRIBUTOR), ("Editor", EDITOR), ("Archivist", ARCHIVIST)):
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.set(permission.filter(content_type__app_label="testimonies", codename__in=wanted))
        group.permissions.add(*permission.filter(codename__in=OF_OTHER_APPS.get(name, [])))


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_head, migrations.RunPython.noop),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
