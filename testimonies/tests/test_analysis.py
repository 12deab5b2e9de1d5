"""The analyser: words keep their places, hyphens and marks do not hide them, stems are folded too."""

import threading
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonies.analysis import analyse, other_layouts


def _words(text, language=""):
    return [(token.position, text[token.start : token.end]) for token in analyse(text, language)]


def test_words_have_positions_and_places():
    assert _words("Мы шли, всю ночь — 12 km!") == [(0, "Мы"), (1, "шли"), (2, "всю"), (3, "ночь"), (4, "12"), (5, "km")]


def test_hyphened_words_stand_together_and_apart():
    assert _words("near Issyk-Kul today") == [(0, "near"), (1, "Issyk-Kul"), (1, "Issyk"), (2, "Kul"), (3, "today")]
    together = analyse("Issyk-Kul")[0]
    assert not together.loose.isdisjoint(analyse("Иссыккуль")[0].loose)


def test_words_that_lean_on_the_next_are_found_without_them():
    assert _words("dell'Asia") == [(0, "dell'Asia"), (0, "dell"), (1, "Asia")]
    assert _words("Xoʻjand O'sh м'яч can't") == [(0, "Xoʻjand"), (1, "O'sh"), (2, "м'яч"), (3, "can't")]


@pytest.mark.parametrize(
    ("text", "word", "exact"),
    [
        ("[T]hey ran", "[T]hey", "they"),
        ("kid[s]", "kid[s]", "kids"),
        ("un[know]n", "un[know]n", "unknown"),
        ("[thus] it", "thus", "thus"),
        ("[the guards]", "the", "the"),
        ("guards] ran", "guards", "guards"),
        ("mobili\u00adsation", "mobili\u00adsation", "mobilisation"),
        ("и\u0306од", "и\u0306од", "йод"),
        ("Ма\u0301ржан", "Ма\u0301ржан", "ма\u0301ржан"),
        ("می\u200cخواهم", "می\u200cخواهم", "میخواهم"),
        ("oblastʹ", "oblastʹ", "oblast'"),
        ("“words”", "words", "words"),
        ("snake_case", "snake", "snake"),
    ],
)
def test_marks_inside_words_are_read_over(text, word, exact):
    first = analyse(text)[0]
    assert text[first.start : first.end] == word
    assert first.exact == exact


def test_what_was_left_out_parts_a_phrase():
    assert _words("we walked […] home") == [(0, "we"), (1, "walked"), (3, "home")]
    assert _words("we walked [...] home") == [(0, "we"), (1, "walked"), (3, "home")]
    assert _words("we walked … home") == [(0, "we"), (1, "walked"), (2, "home")]


def test_stems_are_folded_so_that_scripts_meet_in_them():
    (inflected,) = analyse("Бишкеке", "ru")
    assert inflected.stem in analyse("Bishkek")[0].loose
    assert analyse("Умай", "ru")[0].stem == "uma"
    assert "umai" in analyse("Умай", "ru")[0].loose


@pytest.mark.parametrize(
    ("word", "language", "stem"),
    [
        ("границы", "ru", "granic"),
        ("границы", "", "granic"),
        ("borders", "en-GB", "border"),
        ("borders", "", "border"),
        ("Umay's", "en", "umai"),
        ("Umay’s", "en", "umai"),
        ("testimonianze", "it", "testimon"),
        ("қалалар", "kk", ""),
        ("қалалар", "uz-Cyrl", ""),
        ("2022", "en", ""),
        ("ბიშკეკი", "", ""),
    ],
)
def test_words_are_stemmed_where_the_language_has_a_stemmer(word, language, stem):
    assert analyse(word, language)[0].stem == stem


@given(st.text(max_size=60))
def test_any_text_has_tokens_in_order_inside_it(text):
    tokens = analyse(text)
    assert [token.position for token in tokens] == sorted(token.position for token in tokens)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(token.exact for token in tokens)


@given(st.lists(st.sampled_from(["Issyk-Kul", "[…]", "[T]hey", "й", "don't", "2022", "—", "“Oʻsh”"]), max_size=8))
def test_normal_form_and_spacing_do_not_matter(words):
    one, other = " ".join(words), unicodedata.normalize("NFD", "\n\t".join(words))
    assert [token[3:] for token in analyse(one)] == [token[3:] for token in analyse(other)]
    assert [token.position for token in analyse(one)] == [token.position for token in analyse(other)]


@pytest.mark.parametrize(
    "junk", ["a" * 200_000, "a-" * 100_000, "[" * 200_000, "a'" * 100_000, "\u0301" * 200_000, "[a]" * 70_000]
)
def test_rubbish_is_read_in_time(junk):
    began = time.process_time()
    assert all(len(token.exact) <= 100 for token in analyse(junk))
    assert time.process_time() - began < 3


def test_threads_do_not_disturb_each_other():
    words = [f"границ{ending}" for ending in ("а", "ы", "у", "ам", "ами", "ах", "ей")]
    stems: list[str] = []

    def stem_all():
        stems.extend(
            token.stem
            for _round in range(30)
            for token in analyse(f"{' '.join(words)} {threading.get_ident()}", "ru")[:7]
        )

    threads = [threading.Thread(target=stem_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(stems) == {"granic"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<birtr", "Бишкек"),
        ("vfh;fy", "маржан"),
        ("Ьфкярфт", "Marzhan"),
        ("ишырлул", "bishkek"),
        ("0fhf5fyls", "қарағанды"),
        ("<birtr Jirf", "Бишкек Ошка"),
    ],
)
def test_words_typed_on_the_other_layout_are_offered(typed, meant):
    assert meant in other_layouts(typed)


@pytest.mark.parametrize("typed", ["", "  ", "123", "\0"])
def test_nothing_is_offered_for_what_has_no_letters(typed):
    assert other_layouts(typed) == []


@given(st.text(max_size=30))
def test_other_layouts_are_of_one_alphabet(text):
    for other in other_layouts(text):
        assert other != text
        assert len({character.isascii() for character in other if character.isalpha()}) == 1
