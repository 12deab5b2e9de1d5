"""Who may import and export: editors and archivists. An import makes places, waves and tags, as contributors may not."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("Editor", "Archivist")
PERMISSIONS = ("view_importbatch", "add_importbatch", "change_importbatch", "export_testimonies")


def give(apps: Any, schema_editor: Any) -> None:
    # Permissions are otherwise made after all migrations, too late for the groups that hold them.
    app = apps.get_app_config("testimonies")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="testimonies", codename__in=PERMISSIONS
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("testimonies", "0006_imports"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
