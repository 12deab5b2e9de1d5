"""Getting ready to serve: one server at a time."""

import pytest
from django.db import connection

from testimonies.management.commands.prepare_archive import PREPARING, one_at_a_time

HELD = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is one machine's, where a file is the lock")
def test_servers_on_several_machines_make_the_tables_one_after_the_other(settings, tmp_path):
    settings.ARCHIVE_DATA = tmp_path
    held = []
    for enter in (False, True, False):
        with one_at_a_time() if enter else connection.cursor(), connection.cursor() as cursor:
            cursor.execute(HELD, [PREPARING])
            held.append(cursor.fetchone()[0])
    assert held == [0, 1, 0]
