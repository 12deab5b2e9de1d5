"""Publications that cite testimonies: a letterbox for them, what was accepted, and who decides on them."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

GROUPS = ("Editor", "Archivist")
PERMISSIONS = ("view_citingletter", "change_citingletter", "view_citingwork", "change_citingwork")


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
        ("testimonies", "0013_reasons_of_any_length"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="times_cited",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="publicationevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("published", "published"),
                    ("unlisted", "unlisted"),
                    ("renewed", "renewed"),
                    ("withdrawn", "withdrawn"),
                    ("erased", "erased"),
                    ("merged", "merged"),
                    ("vocabulary", "vocabulary changed"),
                    ("cited", "citing publications changed"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="CitingLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.PositiveIntegerField(verbose_name="edition")),
                ("passage", models.PositiveIntegerField(blank=True, null=True, verbose_name="passage")),
                ("receipt", models.CharField(max_length=12, unique=True, verbose_name="receipt")),
                ("dropped_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="received")),
                ("sealed", models.TextField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="testimonies.publication",
                        verbose_name="testimony",
                    ),
                ),
            ],
            options={
                "verbose_name": "registered citation",
                "verbose_name_plural": "registered citations",
                "ordering": ["dropped_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="CitingWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.PositiveIntegerField(verbose_name="edition")),
                (
                    "passage",
                    models.PositiveIntegerField(blank=True, help_text="3 is p3.", null=True, verbose_name="passage"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "article in a journal"),
                            ("book", "book"),
                            ("chapter", "chapter of a book"),
                            ("thesis", "thesis"),
                            ("report", "report"),
                            ("press", "newspaper or magazine"),
                            ("film", "film, broadcast or exhibition"),
                            ("web", "web page"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("reference", models.CharField(max_length=500, verbose_name="reference")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="address")),
                ("accepted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="accepted")),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citing_works",
                        to="testimonies.publication",
                        verbose_name="testimony",
                    ),
                ),
            ],
            options={
                "verbose_name": "citing publication",
                "verbose_name_plural": "citing publications",
                "ordering": ["-year", "-id"],
            },
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
