"""An index that followed the log holds what one made from nothing holds, whatever was done."""

import pytest

from testimonies.search import follow

from .contents import contents
from .series import Series

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(3))
def test_following_the_log_gives_what_beginning_anew_gives(seed):
    series = Series(seed)
    done = set()
    for _ in range(60):
        done.add(series.step())
        followed = follow.up_to_date()
        with follow.turn("making"):
            fresh = follow.made(None)
        assert contents(followed) == contents(fresh), series.said
    assert len(contents(followed)["numbers"]["newest"]) > 3
    assert len(done) > 15
