"""Why something was changed, in as many words as it takes: a hundred characters cut reasons short."""

from django.db import migrations, models

RECORDS = (
    "event",
    "place",
    "publicationbasis",
    "quotesegment",
    "source",
    "tag",
    "testimony",
    "translation",
    "wave",
    "witness",
)


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0012_who_came_in"),
    ]

    operations = [
        migrations.AlterField(
            model_name=f"historical{name}",
            name="history_change_reason",
            field=models.TextField(null=True),
        )
        for name in RECORDS
    ]
