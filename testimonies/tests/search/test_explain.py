"""Results show the passage that answers best, with the words marked, and say why where that is not plain to see."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonies.search.explain import Explainer, Piece, Reason
from testimonies.search.marks import LENGTH, Marker, excerpt
from testimonies.search.names import Named, Names
from testimonies.search.parse import Phrase, Prefix, Word, parse
from testimonies.tests import invented

CALLED = [
    Named("place", "p1aks", "Aksay", "Aksay"),
    Named("place", "p1aks", "Aksay", "Kazygurt", "kk-Latn"),
    Named("place", "p2kaz", "Kazakhstan", "Kazakhstan"),
    Named("place", "p3far", "Faraway", "Faraway"),
    Named("wave", "dry-spring", "Departures of the dry spring", "Departures of the dry spring"),
    Named("tag", "bread", "Bread", "Bread"),
    Named("tag", "bread", "Bread", "Нан", "kk-Cyrl"),
]
NAMES = Names({kind: lambda kind: [one for one in CALLED if one.kind == kind] for kind in ("place", "wave", "tag")})


def explain(typed, *texts, called=(), languages=(), **changes):
    """The explanation of a testimony of these passages."""
    segments = [invented.segment(*(texts or ["We shared the bread."]))]
    record = invented.record(segments=segments, **changes)
    return Explainer(parse(typed), NAMES, languages).explain(record, called)


def marked(explanation):
    """The excerpt with its hits in stars."""
    return "".join(f"*{piece.text}*" if piece.is_hit else piece.text for piece in explanation.excerpt.pieces)


def said(explanation):
    return [str(reason) for reason in explanation.reasons]


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("bread", "We shared the bread.", "We shared the *bread*."),
        ("BREAD", "Bread, bread!", "*Bread*, *bread*!"),
        ("share", "We shared the bread.", "We *shared* the bread."),
        ("maržan", "Маржан came from Marzhan.", "*Маржан* came from *Marzhan*."),
        ("they", "[T]hey ran, [they] ran.", "*[T]hey* ran, [*they*] ran."),
        ("kul", "At Issyk-Kul lake", "At Issyk-*Kul* lake"),
        ("issyk-kul", "At Issyk-Kul lake", "At *Issyk-Kul* lake"),
        ("issyk issyk-kul", "At Issyk-Kul lake", "At *Issyk-Kul* lake"),
        ('"the bread"', "The bread and the butter", "*The bread* and the butter"),
        ('"issyk-kul lake"', "At Issyk-Kul lake", "At *Issyk-Kul lake*"),
        ('"we […] home"', "We walked, we […] home", "We walked, *we […] home*"),
        ('"shared bread"', "We shared the bread.", "We shared the bread."),
        ("bre*", "Bread, breath, abread", "*Bread*, *breath*, abread"),
        ("мар*", "Maržan, Marat", "*Maržan*, *Marat*"),
        ("-bread shared", "We shared the bread.", "We *shared* the bread."),
        ("bread OR -we OR shared", "We shared the bread.", "We *shared* the *bread*."),
        ("tag:bread", "We shared the bread.", "We shared the bread."),
        ("", "We shared the bread.", "We shared the bread."),
    ],
)
def test_what_was_looked_for_is_marked(typed, text, shown):
    assert marked(explain(typed, text)) == shown


def test_the_passage_that_answers_most_is_shown():
    texts = "We walked.", "The bread, the road, the bread.", "Bread at the border.", "Bread at the border again."
    found = explain("border bread", *texts)
    assert (found.passage, found.language, marked(found)) == ("p3", "en", "*Bread* at the *border*.")
    assert explain("маршрут", *texts).passage == "p1"


def test_letters_go_before_spellings_and_these_before_stems():
    assert explain("bread", "Breads.", "бреад.", "Bread.").passage == "p3"
    assert explain("breads", "Bread.", "бреадс").passage == "p2"


def test_a_translation_is_shown_where_only_it_answers():
    words = [{"id": "p2", "of": "p1", "text": "Мы делили хлеб на границе.", "ours": []}]
    translations = [{**dict.fromkeys(("translator", "translated_from", "note"), ""), "passages": words}]
    translations[0] |= {"language": "ru", "by_machine": False}
    found = explain("граница", translations=translations)
    assert (found.passage, found.language) == ("p2", "ru")
    assert marked(found) == "Мы делили хлеб на *границе*."
    assert explain("bread хлеб", translations=translations).passage == "p1"


def test_the_archives_own_words_are_told_apart():
    segment = invented.segment("[They] ran [home] then")
    segment["passages"][0]["ours"] = [[0, 6], [11, 17]]
    found = Explainer(parse("they ran"), NAMES).explain(invented.record(segments=[segment]))
    assert found.excerpt.pieces == (
        Piece("[", is_ours=True),
        Piece("They", is_hit=True, is_ours=True),
        Piece("]", is_ours=True),
        Piece(" "),
        Piece("ran", is_hit=True),
        Piece(" "),
        Piece("[home]", is_ours=True),
        Piece(" then"),
    )


def test_long_passages_are_cut_between_words_around_the_hits():
    text = "Nobody came. " * 60 + "Then the border opened at noon. " + "Nobody came. " * 60
    found = explain("border noon", text)
    assert marked(found).startswith("Nobody came. ")
    assert "Then the *border* opened at *noon*." in marked(found)
    assert marked(found).endswith((" Nobody", " came."))
    assert LENGTH - 30 < found.excerpt.end - found.excerpt.start <= LENGTH
    assert found.excerpt.is_cut_before
    assert found.excerpt.is_cut_after


def test_the_part_with_most_of_the_query_is_shown():
    filler = "and on and on " * 40
    found = explain("bread border", f"bread {filler} bread at the border {filler} bread bread bread")
    assert "*bread* at the *border*" in marked(found)


@pytest.mark.parametrize(
    ("typed", "text", "reasons"),
    [
        ("Karaganda", "From Караганда by night", ["Караганда, for your “Karaganda”"]),
        ("Бишкекке", "To Bishkekke", ["Bishkekke, for your “Бишкекке”"]),
        ("marzhan", "Maržan said", ["Maržan, for your “marzhan”"]),
        ("marzan", "Maržan said", []),
        ("borders", "The border", []),
        ("граница", "На границе", []),
        ("мар*", "Marat", ["Marat, for your “мар”"]),
        ("mar*", "Maržan", []),
        ("border Aksay", "The border", ["place: Aksay"]),
        ("аксай", "The border", ["place: Aksay, for your “аксай”"]),
        ("Kazygurt", "The border", ["place: Aksay, also called Kazygurt"]),
        ("казыгурт", "The border", ["place: Aksay, also called Kazygurt, for your “казыгурт”"]),
        ("Kazakhstan", "The border", ["place: Aksay in Kazakhstan"]),
        ("Faraway", "The border", []),
        ("dry spring", "The border", ["wave: Departures of the dry spring"]),
        ("нан", "The border", ["tag: Bread, also called Нан"]),
        ("нан aksay", "The border", ["tag: Bread, also called Нан", "place: Aksay"]),
        ("border OR aksay", "The border", []),
        ("faraway OR aksay", "The border", ["place: Aksay"]),
        ("-aksay border", "The border", []),
        ("place:Aksay", "The border", []),
        ("place:аксай", "The border", ["place: Aksay, for your “аксай”"]),
        ("place:Kazakhstan", "The border", ["place: Aksay in Kazakhstan"]),
        ('wave:"dry spring"', "The border", ["wave: Departures of the dry spring"]),
        ("before:2022", "The border", []),
        ("Aibek", "The border", ["witness: Aibek"]),
        ("Айбек", "The border", ["witness: Aibek, for your “Айбек”"]),
        ("baker", "The border", ["witness: Aibek the baker"]),
        ("witness:Айбек", "The border", ["witness: Aibek, for your “Айбек”"]),
        ("witness:Aibek", "The border", []),
        ("courier", "The border", ["source: The Steppe Courier"]),
        ('"steppe courier"', "The border", ["source: The Steppe Courier"]),
        ("onym*", "The border", ["source: Ann Onymous"]),
        ('source:"steppe bread"', "The border", ["source: The Steppe Courier, for your “steppe bread”"]),
    ],
)
def test_reasons_are_given_where_it_is_not_plain_to_see(typed, text, reasons):
    waves = [{"slug": "dry-spring", "name": "Departures of the dry spring"}]
    assert said(explain(typed, text, waves=waves)) == reasons


def test_forms_of_the_voices_name_are_reasons():
    called = [("Ajbek", ""), ("Айбек", "kk-Cyrl"), ("Aibek-aka", "und-Latn")]
    assert said(explain("aka", called=called)) == ["witness: Ajbek, also called Aibek-aka"]
    assert said(explain("айбек", called=called)) == ["witness: Ajbek, also called Айбек"]
    assert explain("айбек", called=called).reasons == (Reason("witness", "Ajbek, also called Айбек"),)


def test_reasons_know_the_language_of_words_of_the_text():
    found = explain("Bishkek", "Были в Бишкеке", language_printed="ru")
    assert marked(found) == "Были в *Бишкеке*"
    assert found.reasons == (Reason("text", "Бишкеке", "Bishkek", "ru"),)


def test_stems_of_the_archives_languages_are_marked():
    assert marked(explain("testimonianze", "A testimonianza")) == "A testimonianza"
    assert marked(explain("testimonianze", "A testimonianza", languages=["it"], language_printed="it")) == (
        "A *testimonianza*"
    )


def test_a_source_that_is_withheld_is_no_reason():
    source = {"identifier": None, "title": "", "publisher": "", "contributions": [], "language": "en"}
    assert said(explain("courier", source=source)) == []


TEXT = st.text(max_size=400) | st.text("ab -[]…'\n\u0301й.", max_size=900)
QUERY = st.text("ab -'\"*й", max_size=30) | st.sampled_from(["a", "b a", '"a b"', "a*", "й", "ab*", "a OR b"])


@given(TEXT, QUERY, st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=4), st.integers(1, 400))
def test_pieces_join_back_to_the_text(text, typed, ours, length):
    leaves = [node for node in parse(typed).nodes if isinstance(node, Word | Phrase | Prefix)]
    hits = Marker(leaves).hits(text, "")
    whole = excerpt(text, hits, ours, length=len(text))
    assert "".join(piece.text for piece in whole.pieces) == text
    marked = "".join(piece.text if piece.is_hit else "\0" for piece in whole.pieces)
    assert all(text[hit.start : hit.end] in marked for hit in hits)
    part = excerpt(text, hits, ours, length)
    assert "".join(piece.text for piece in part.pieces) == text[part.start : part.end]
    assert len(text[part.start : part.end]) <= length
    assert all(piece.text for piece in part.pieces)
    assert (part.is_cut_before, part.is_cut_after) == (part.start > 0, part.end < len(text))


@given(st.lists(st.sampled_from(["bread", "road", "Issyk-Kul", "é", "…"]), max_size=200))
def test_words_are_never_cut(words):
    text = " ".join(words)
    part = excerpt(text, Marker([Word("road")]).hits(text, "en"))
    assert set(text[part.start : part.end].split()) <= set(words)
    assert any(piece.is_hit for piece in part.pieces) == ("road" in words)


@pytest.mark.parametrize(
    "text", ["a" * 5_000, "й" * 5_000, "e\u0301" * 2_500, "a b " * 2_000, "-a" * 2_000, "\n" * 900]
)
def test_strange_texts_are_cut_in_time(text):
    began = time.process_time()
    part = excerpt(text, Marker([Word("a"), Phrase("a b"), Prefix("aa")]).hits(text, ""))
    assert part.end - part.start <= LENGTH
    assert time.process_time() - began < 2
