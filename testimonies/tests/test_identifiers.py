"""Identifiers: every slip of the keyboard is noticed, and the identifier that was meant is offered."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonies.identifiers import ALPHABET, candidates, check_character, is_wellformed, mint, normalise

identifiers = st.integers(min_value=0).map(lambda seed: mint(Random(seed)))
places = st.integers(min_value=0, max_value=7)
characters = st.sampled_from(ALPHABET)


def test_check_character_is_that_of_the_noid_documentation():
    # The example of the NOID documentation, "13030/xf93gt2", ends in "q"; there the slash counts as a place
    # of value 0.
    assert check_character("13030" + "0" + "xf93gt2") == "q"


@given(identifiers)
def test_minted_identifier_is_well_formed_and_begins_with_a_letter(identifier):
    assert is_wellformed(identifier)
    assert len(identifier) == 8
    assert identifier[0].isalpha()
    assert set(identifier) <= set(ALPHABET)


def test_minting_draws_from_the_system_by_default():
    assert len({mint() for _ in range(100)}) == 100


@given(identifiers, places, characters)
def test_every_single_substitution_is_noticed(identifier, place, character):
    changed = identifier[:place] + character + identifier[place + 1 :]
    assert is_wellformed(changed) == (changed == identifier)


@given(identifiers, st.integers(min_value=0, max_value=6))
def test_every_swap_of_neighbours_is_noticed(identifier, place):
    swapped = identifier[:place] + identifier[place + 1] + identifier[place] + identifier[place + 2 :]
    assert is_wellformed(swapped) == (swapped == identifier)


@given(identifiers, places, characters)
def test_one_wrong_character_is_offered_the_right_identifier(identifier, place, character):
    changed = identifier[:place] + character + identifier[place + 1 :]
    assert (identifier in candidates(changed)) == (changed != identifier)


@given(identifiers, st.integers(min_value=0, max_value=6))
def test_two_swapped_characters_are_offered_the_right_identifier(identifier, place):
    swapped = identifier[:place] + identifier[place + 1] + identifier[place] + identifier[place + 2 :]
    if swapped != identifier:
        assert identifier in candidates(swapped)


@given(identifiers, places)
def test_a_lost_character_is_offered_the_right_identifier(identifier, place):
    assert identifier in candidates(identifier[:place] + identifier[place + 1 :])


@given(identifiers, places, characters)
def test_an_added_character_is_offered_the_right_identifier(identifier, place, character):
    assert identifier in candidates(identifier[:place] + character + identifier[place:])


@given(identifiers)
def test_an_identifier_survives_being_read_aloud_and_typed_again(identifier):
    spaced = f" {identifier[:4].upper()}-{identifier[4:]} ".replace("0", "O").replace("1", "l")
    assert normalise(spaced) == identifier


@given(st.text())
def test_any_text_is_answered_and_candidates_are_well_formed(text):
    assert all(is_wellformed(candidate) for candidate in candidates(text))


@pytest.mark.parametrize("text", ["", "0000000", "a" * 100_000, "k2m9x8", "K2M9X8QQ\n", "k2m9x8qé", "٠٠٠٠٠٠٠٠"])
def test_what_is_no_identifier_is_not_taken_for_one(text):
    assert not is_wellformed(text)
