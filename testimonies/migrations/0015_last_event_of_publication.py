"""The last event of each publication is found by an index, which serves all that the one before it did."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("testimonies", "0014_citing")]

    operations = [
        migrations.AddIndex(
            model_name="publicationevent",
            index=models.Index(fields=["publication", "number"], name="event_of_publication"),
        ),
        migrations.AlterField(
            model_name="publicationevent",
            name="publication",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="testimonies.publication",
            ),
        ),
    ]
