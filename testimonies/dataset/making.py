"""Having an export made, in a process of its own, so that readers and editors do not wait for it."""

import os
import subprocess
import sys

from django.conf import settings

_made: subprocess.Popen[bytes] | None = None


def start() -> None:
    """Begin to make an export, unless one that was begun here is being made still.

    Other processes of this server may begin one too: the lock lets one of them do it.
    """
    global _made
    if _made is not None and _made.poll() is None:
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "export_data", "--if-due"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": str(settings.SETTINGS_MODULE)}
    _made = subprocess.Popen(  # noqa: S603 - nothing in the line was typed by anybody
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
