"""Merges that can be undone for a day."""

import django.db.models.deletion
import django.utils.timezone
import testimonies.models.editorial.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0015_last_event_of_publication"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    ("parted", "merge undone"),
                    ("vocabulary", "vocabulary changed"),
                    ("cited", "citing publications changed"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("testimony", "testimony"),
                            ("witness", "witness"),
                            ("place", "place"),
                            ("source", "source"),
                            ("wave", "wave"),
                            ("tag", "tag"),
                        ],
                        max_length=12,
                    ),
                ),
                ("kept", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("before", testimonies.models.editorial.fields.EncryptedTextField()),
                ("called", testimonies.models.editorial.fields.EncryptedTextField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["kind", "kept"], name="merge_by_record")],
            },
        ),
    ]
