"""The book at the door, and who may read it: archivists."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def give(apps: Any, schema_editor: Any) -> None:
    # Permissions are otherwise made after all migrations, too late for the groups that hold them.
    app = apps.get_app_config("testimonies")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="testimonies", codename="view_accountevent"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Archivist"):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0011_presence"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("signed_in", "signed in"),
                            ("failed", "wrong password or code"),
                            ("refused", "refused after too many attempts"),
                            ("factor_added", "second factor set up"),
                            ("factor_removed", "second factor given up"),
                            ("factors_taken", "second factors taken away by an archivist"),
                            ("password_changed", "password changed"),
                            ("sessions_ended", "sessions ended by an archivist"),
                        ],
                        max_length=20,
                        verbose_name="what",
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="at")),
                ("times", models.PositiveIntegerField(default=1, verbose_name="times")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        help_text="None where the name was that of no account.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "event at the door",
                "verbose_name_plural": "who came in",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
