"""Imports: files that were handed in, their rows, what they made, and the keys under which files know records."""

import django.db.models.deletion
import testimonies.models.editorial.consent
import testimonies.models.editorial.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0005_fill_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        storage=testimonies.models.editorial.fields.EncryptedStorage(),
                        upload_to=testimonies.models.editorial.consent.document_name,
                        verbose_name="file",
                    ),
                ),
                ("called", models.CharField(max_length=200, verbose_name="called")),
                (
                    "format",
                    models.CharField(
                        choices=[("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON")],
                        max_length=4,
                        verbose_name="format",
                    ),
                ),
                (
                    "encoding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Unicode (UTF-8 or UTF-16), as most programs write it"),
                            ("windows-1251", "Windows-1251, an older Cyrillic encoding"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="letters",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("handed_in", "being looked through"),
                            ("refused", "refused: nothing was imported"),
                            ("ready", "looked through, waiting for your yes"),
                            ("importing", "being imported"),
                            ("done", "imported"),
                            ("undone", "undone"),
                            ("discarded", "discarded: nothing was imported"),
                        ],
                        default="handed_in",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("handed_in_at", models.DateTimeField(auto_now_add=True, verbose_name="handed in")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                ("faults", models.JSONField(blank=True, default=list)),
                ("shown", models.CharField(blank=True, max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-id"],
                "permissions": [("export_testimonies", "Can export testimonies")],
            },
        ),
        migrations.CreateModel(
            name="ImportedRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (one, one)
                            for one in (
                                "agent",
                                "collection",
                                "place",
                                "source",
                                "wave",
                                "event",
                                "tag",
                                "basis",
                                "witness",
                            )
                        ],
                        max_length=10,
                    ),
                ),
                ("record", models.PositiveBigIntegerField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="made", to="testimonies.importbatch"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("key", models.CharField(blank=True, max_length=100, verbose_name="key")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("creates", "new"),
                            ("changes", "changed"),
                            ("same", "unchanged"),
                            ("refused", "refused"),
                        ],
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("faults", models.JSONField(blank=True, default=list)),
                ("remarks", models.JSONField(blank=True, default=list)),
                ("version", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="testimonies.importbatch"
                    ),
                ),
                (
                    "testimony",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="testimonies.testimony",
                    ),
                ),
            ],
            options={
                "ordering": ["number", "id"],
            },
        ),
        migrations.CreateModel(
            name="ExchangeKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("testimony", "testimony"),
                            ("source", "source"),
                            ("witness", "witness"),
                            ("place", "place"),
                            ("basis", "basis"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(max_length=100)),
                (
                    "basis",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="testimonies.publicationbasis",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="testimonies.place"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="testimonies.source",
                    ),
                ),
                (
                    "testimony",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="testimonies.testimony",
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="testimonies.witness",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="exchange_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "testimony"), ("testimony__isnull", False)),
                            models.Q(("kind", "source"), ("source__isnull", False)),
                            models.Q(("kind", "witness"), ("witness__isnull", False)),
                            models.Q(("kind", "place"), ("place__isnull", False)),
                            models.Q(("basis__isnull", False), ("kind", "basis")),
                            _connector="OR",
                        ),
                        name="exchange_key_leads_to_its_kind",
                    ),
                ],
            },
        ),
    ]
