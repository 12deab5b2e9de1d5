"""Of a place it need not be said whether it is a town, a region or a country."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0021_requests_are_encrypted"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalplace",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[("city", "city"), ("region", "region"), ("country", "country")],
                default="",
                help_text="Empty: nothing is said of it.",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="place",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[("city", "city"), ("region", "region"), ("country", "country")],
                default="",
                help_text="Empty: nothing is said of it.",
                max_length=10,
                verbose_name="kind",
            ),
        ),
    ]
