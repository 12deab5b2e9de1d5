"""The language as printed may be left empty: it is that of the source then."""

from django.db import migrations

from testimonies.models.public.fields import LanguageTagField


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0024_decisions_are_encrypted"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicaltestimony",
            name="language_printed",
            field=LanguageTagField(
                blank=True,
                help_text="Leave empty where it is the language of the source.",
                max_length=35,
                verbose_name="language as printed",
            ),
        ),
        migrations.AlterField(
            model_name="testimony",
            name="language_printed",
            field=LanguageTagField(
                blank=True,
                help_text="Leave empty where it is the language of the source.",
                max_length=35,
                verbose_name="language as printed",
            ),
        ),
    ]
