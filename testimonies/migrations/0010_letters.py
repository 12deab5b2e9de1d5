"""The letterbox for requests, and who may open what lies in it: editors and archivists."""

from typing import Any

import django.utils.timezone
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

GROUPS = ("Editor", "Archivist")
PERMISSIONS = ("view_letter", "change_letter")


def give(apps: Any, schema_editor: Any) -> None:
    # Permissions are otherwise made after all migrations, too late for the groups that hold them.
    app = apps.get_app_config("testimonies")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="testimonies", codename__in=PERMISSIONS
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0009_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "asks",
                    models.CharField(
                        choices=[
                            ("correction", "correction"),
                            ("restriction", "restriction"),
                            ("withdrawal", "withdrawal"),
                        ],
                        max_length=12,
                        verbose_name="asks for",
                    ),
                ),
                ("receipt", models.CharField(max_length=12, unique=True, verbose_name="receipt")),
                ("dropped_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="received")),
                ("sealed", models.TextField()),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["dropped_at", "id"],
            },
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
