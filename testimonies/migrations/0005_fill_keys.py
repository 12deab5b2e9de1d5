from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from testimonies import webaddresses
from testimonies.folding import name_keys


def fill_keys_of_sources(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Source = apps.get_model("testimonies", "Source")
    for source in Source.objects.exclude(url="", archived_url="").iterator():
        Source.objects.filter(pk=source.pk).update(address_key=webaddresses.key(source.url or source.archived_url))


def fill_keys_of_names(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Witness = apps.get_model("testimonies", "Witness")
    WitnessNameForm = apps.get_model("testimonies", "WitnessNameForm")
    WitnessNameKey = apps.get_model("testimonies", "WitnessNameKey")
    for witness in Witness.objects.exclude(naming="not_named_in_source").iterator():
        forms = WitnessNameForm.objects.filter(record_id=witness.pk).values_list("text", "tag")
        keys = {key[:100] for name, tag in [(witness.name, ""), *forms] for key in name_keys(name, tag)}
        WitnessNameKey.objects.bulk_create(WitnessNameKey(witness_id=witness.pk, key=key) for key in sorted(keys))


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0004_keys_of_names_and_addresses"),
    ]

    operations = [
        migrations.RunPython(fill_keys_of_sources, migrations.RunPython.noop),
        migrations.RunPython(fill_keys_of_names, migrations.RunPython.noop),
    ]
