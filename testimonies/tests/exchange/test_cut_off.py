"""An import that is killed in the middle leaves the archive as it was, and can be started again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from testimonies.exchange import running
from testimonies.models.editorial import ExchangeKey, ImportBatch, QuoteSegment, Testimony
from testimonies.models.public import Source, Tag, Witness

from .conftest import a_csv, outcomes

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

ROWS = 1200

# A process that stops for good after it has written some testimonies, inside its transaction.
STOPPING = """
import sys, time
from pathlib import Path
import django
from django.conf import settings
django.setup()
from django.db import connection
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = sys.argv[2]
from testimonies.exchange import running, writing
from testimonies.models.editorial import ImportBatch, Testimony
def count(self, rows):
    self.done += rows
    Path(sys.argv[3]).write_text(str(Testimony.objects.count()))
    time.sleep(600)
writing.Writer.count = count
running.step(ImportBatch.objects.get(pk=sys.argv[1]))
"""


def everything() -> list[int]:
    models = (Testimony, QuoteSegment, Source, Witness, Tag, ExchangeKey, Testimony.history.model)
    return [model.objects.count() for model in models]


def killed_in_the_middle(batch: ImportBatch, mark: Path) -> int:
    """How many testimonies the process had written when it was killed."""
    line = [sys.executable, "-c", STOPPING, str(batch.pk), str(connection.settings_dict["NAME"]), str(mark)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": str(settings.SETTINGS_MODULE)}
    process = subprocess.Popen(line, cwd=settings.BASE_DIR, env=environment)
    try:
        for _ in range(600):
            if mark.exists() and mark.read_text():
                break
            assert process.poll() is None
            time.sleep(0.1)
        assert running.is_running(batch)
        with pytest.raises(running.Busy):
            running.step(batch)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    return int(mark.read_text())


def test_an_import_that_is_killed_leaves_nothing_and_goes_through_the_second_time(tmp_path):
    row = {"source_title": "Bread", "witness_name": "Aibek", "tags": "Bread"}
    data = a_csv(*({**row, "witness_described_as": f"Baker {number}"} for number in range(ROWS)))
    batch = running.hand_in(data.encode(), called="bread.csv", form="csv")
    running.step(batch)
    running.confirm(batch)
    before = everything()
    assert killed_in_the_middle(batch, tmp_path / "mark") == 500
    assert everything() == before
    batch.refresh_from_db()
    assert (batch.state, running.is_running(batch)) == (ImportBatch.State.IMPORTING, False)
    running.step(batch)
    assert (batch.state, Testimony.objects.count(), len(outcomes(batch))) == (ImportBatch.State.DONE, ROWS, ROWS)
