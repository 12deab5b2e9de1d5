"""Who may erase words for good: archivists."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations


def give(apps: Any, schema_editor: Any) -> None:
    # Permissions are otherwise made after all migrations, too late for the groups that hold them.
    app = apps.get_app_config("testimonies")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="testimonies", codename="erase_testimony"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Archivist"):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0016_merges"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="testimony",
            options={
                "ordering": ["-id"],
                "permissions": [
                    ("publish_testimony", "Can publish, unlist and renew testimonies"),
                    ("withdraw_testimony", "Can withdraw testimonies"),
                    ("empty_edition", "Can empty an edition that endangers somebody"),
                    ("merge_records", "Can merge records"),
                    ("erase_testimony", "Can erase the words of a testimony for good"),
                ],
                "verbose_name": "testimony",
                "verbose_name_plural": "testimonies",
            },
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
