"""Reviews by a second person. What is in review already waits from now on, asked for by its author."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def ask_for_those_in_review(apps: Any, schema_editor: Any) -> None:
    review = apps.get_model("testimonies", "Review")
    for testimony in apps.get_model("testimonies", "Testimony").objects.filter(status="in_review"):
        review.objects.create(testimony_id=testimony.pk, asked_by_id=testimony.author_id)


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0008_unsaved_work"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for a reviewer"),
                            ("returned", "returned with a remark"),
                            ("mended", "returned, and seen to"),
                            ("approved", "approved"),
                            ("closed", "closed without an answer"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("passage", models.PositiveSmallIntegerField(null=True)),
                ("passage_words", models.TextField(blank=True)),
                ("remark", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddIndex(
            model_name="testimony",
            index=models.Index(fields=["status", "author", "-id"], name="testimony_by_status"),
        ),
        migrations.AddIndex(
            model_name="testimony",
            index=models.Index(fields=["review_on"], name="testimony_by_review"),
        ),
        migrations.AddField(
            model_name="review",
            name="answered_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="asked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="testimony",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="testimonies.testimony"
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["state", "asked_at"], name="review_by_state"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "returned"])),
                fields=("testimony",),
                name="testimony_has_one_open_review",
            ),
        ),
        migrations.RunPython(ask_for_those_in_review, migrations.RunPython.noop),
    ]
