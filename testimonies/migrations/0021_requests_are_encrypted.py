"""What somebody wrote in a request is kept encrypted, and the address for an answer has a field of its own."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Cast

import testimonies.models.editorial.fields


def encrypt(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write every row anew; a cast reads what stands there without opening it."""
    requests = apps.get_model("testimonies", "Request")._base_manager
    plain = {f"plain_{name}": Cast(name, models.TextField()) for name in ("who", "ground")}
    for key, who, ground in list(requests.annotate(**plain).values_list("pk", *plain)):
        requests.filter(pk=key).update(who=who, ground=ground)


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0020_sample_collections"),
    ]

    operations = [
        migrations.AddField(
            model_name="request",
            name="reply",
            field=testimonies.models.editorial.fields.EncryptedTextField(
                blank=True,
                help_text="A mail address or a telephone number.",
                max_length=300,
                verbose_name="how to answer",
            ),
        ),
        migrations.AlterField(
            model_name="request",
            name="ground",
            field=testimonies.models.editorial.fields.EncryptedTextField(blank=True, verbose_name="on what ground"),
        ),
        migrations.AlterField(
            model_name="request",
            name="who",
            field=testimonies.models.editorial.fields.EncryptedTextField(
                help_text="In what relation to the witness.", max_length=300, verbose_name="who asks"
            ),
        ),
        # There is no way back: what is encrypted would be taken for words.
        migrations.RunPython(encrypt),
    ]
