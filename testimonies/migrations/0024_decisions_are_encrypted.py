"""What was decided about a request may repeat what was asked: it is kept encrypted like that."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Cast

import testimonies.models.editorial.fields


def encrypt(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write every row anew; a cast reads what stands there without opening it."""
    requests = apps.get_model("testimonies", "Request")._base_manager
    plain = requests.annotate(plain=Cast("decision", models.TextField()))
    for key, decision in list(plain.values_list("pk", "plain")):
        requests.filter(pk=key).update(decision=decision)


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0023_alone_in_links_too"),
    ]

    operations = [
        migrations.AlterField(
            model_name="request",
            name="decision",
            field=testimonies.models.editorial.fields.EncryptedTextField(blank=True, verbose_name="decision"),
        ),
        # There is no way back: what is encrypted would be taken for words.
        migrations.RunPython(encrypt),
    ]
