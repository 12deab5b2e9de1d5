"""The numbers under a list."""

import pytest

from testimonies.reading.results import Facet, FacetValue, PageLink, Pages, numbered_pages, page_numbers


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [
        (1, 2, [1, 2]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 9]),
        (3, 9, [1, 2, 3, 4, None, 9]),
        (4, 9, [1, 2, 3, 4, 5, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_the_ends_and_the_neighbours_are_shown(current, last, numbers):
    assert page_numbers(current, last) == numbers


def test_one_page_needs_no_numbers():
    assert numbered_pages(1, 1, str) is None
    assert numbered_pages(1, 0, str) is None


def test_a_page_leads_to_its_neighbours():
    assert numbered_pages(1, 2, "?page={}".format) == Pages(
        links=(PageLink(1, "?page=1", is_current=True), PageLink(2, "?page=2")), previous="", next="?page=2"
    )


def test_a_facet_is_in_use_also_by_a_value_behind_more():
    unchosen, chosen = FacetValue("Oral", 2, "?"), FacetValue("Aksay", 1, "?", chosen=True)
    assert not Facet("place", "Place", (unchosen,)).is_in_use
    assert Facet("place", "Place", (unchosen,), rest=(chosen,)).is_in_use
