"""Letters that only an editor opens are fields of a kind of their own."""

from django.db import migrations

import testimonies.models.public.fields


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0018_focus"),
    ]

    operations = [
        migrations.AlterField(
            model_name="citingletter",
            name="sealed",
            field=testimonies.models.public.fields.SealedTextField(),
        ),
        migrations.AlterField(
            model_name="letter",
            name="sealed",
            field=testimonies.models.public.fields.SealedTextField(),
        ),
    ]
