"""Unsaved work: what stands in an editor's open forms, kept by itself."""

import django.db.models.deletion
import testimonies.models.editorial.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0007_who_may_exchange"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=32)),
                ("data", testimonies.models.editorial.fields.EncryptedTextField()),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "editor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "testimony",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="testimonies.testimony",
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at", "-id"],
                "constraints": [models.UniqueConstraint(fields=("editor", "form"), name="draft_once_for_a_form")],
            },
        ),
    ]
