"""What was left open where a value is missing, and what is left of a publication that is gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0002_log_head_and_groups"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="place",
            name="place_has_both_coordinates_or_none",
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(
                        ("latitude__isnull", False),
                        ("latitude__range", (-90, 90)),
                        ("longitude__isnull", False),
                        ("longitude__range", (-180, 180)),
                    ),
                    _connector="OR",
                ),
                name="place_has_both_coordinates_or_none",
                violation_error_message="Give both coordinates or none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["withdrawn", "merged"]), _negated=True),
                    models.Q(
                        ("collection__isnull", True),
                        ("excerpt", ""),
                        ("featured", False),
                        ("happened_event__isnull", True),
                        ("language", ""),
                        ("printed_earliest__isnull", True),
                        ("source__isnull", True),
                        ("spoken_earliest__isnull", True),
                        ("title", ""),
                        ("witness__isnull", True),
                        ("words", ""),
                        ("year_printed__isnull", True),
                        ("year_spoken__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="publication_gone_holds_nothing",
            ),
        ),
    ]
