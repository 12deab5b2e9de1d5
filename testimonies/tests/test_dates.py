"""Partial dates: what is not known stays unknown, and refusals are kind."""

from datetime import date

import pytest
from django.utils.translation import override
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonies.dates import in_pattern, is_after, is_future, parse, sort_key, stored, understand, words, year

DAY = date(2022, 9, 29)

BOUNDED: list[tuple[str, date | None, date | None]] = [
    ("2022-09-29", DAY, DAY),
    ("2022-09", date(2022, 9, 1), date(2022, 9, 30)),
    ("2022", date(2022, 1, 1), date(2022, 12, 31)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("0984", date(984, 1, 1), date(984, 12, 31)),
    ("2022-23", date(2022, 9, 1), date(2022, 11, 30)),
    ("2022-24", date(2022, 1, 1), date(2022, 12, 31)),
    ("2022-33", date(2022, 1, 1), date(2022, 3, 31)),
    ("2022-41", date(2022, 7, 1), date(2022, 12, 31)),
    ("1984~", date(1984, 1, 1), date(1984, 12, 31)),
    ("2022-23~", date(2022, 9, 1), date(2022, 11, 30)),
    ("202X", date(2020, 1, 1), date(2029, 12, 31)),
    ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
    ("20XX-02-29", date(2000, 2, 29), date(2096, 2, 29)),
    ("2022-09-XX", date(2022, 9, 1), date(2022, 9, 30)),
    ("2022-09-1X", date(2022, 9, 10), date(2022, 9, 19)),
    ("2022-XX", date(2022, 1, 1), date(2022, 12, 31)),
    ("2022-XX-31", date(2022, 1, 31), date(2022, 12, 31)),
    ("2022-?09-29", DAY, DAY),
    ("2022-09-22~/2022-09-29", date(2022, 9, 22), DAY),
    ("2022/2023-02", date(2022, 1, 1), date(2023, 2, 28)),
    ("[2022-09,2022-11]", date(2022, 9, 1), date(2022, 11, 30)),
    ("{2022,2024}", date(2022, 1, 1), date(2024, 12, 31)),
    ("[2019,2021..2023]", date(2019, 1, 1), date(2023, 12, 31)),
]
OPEN = [
    ("[..2022-09-29]", None, DAY),
    ("[2022-09-29..]", DAY, None),
    ("../2022-09-29", None, DAY),
    ("/2022-09-29", None, DAY),
    ("2022-09-29/..", DAY, None),
    ("2022-09-29/", DAY, None),
    ("[2020,2022-09-29..]", date(2020, 1, 1), None),
    ("{..2021,2022-09-29}", None, DAY),
    ("XXXX", None, None),
    ("XXXX-12-25", None, None),
]


@pytest.mark.parametrize(("edtf", "earliest", "latest"), BOUNDED + OPEN)
def test_bounds_are_those_that_are_known(edtf, earliest, latest):
    known = parse(edtf)
    assert (known.edtf, known.earliest, known.latest) == (edtf, earliest, latest)
    assert sort_key(edtf) == earliest
    assert stored(edtf) == parse(edtf)


@pytest.mark.parametrize(("edtf", "earliest", "latest"), OPEN)
def test_an_open_end_is_in_no_year(edtf, earliest, latest):
    assert year(edtf) is None


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2022", 2022),
        ("2022-24", 2022),
        ("2022-02/2022-09", 2022),
        ("2021/2022", None),
        ("202X", None),
        ("1984~", 1984),
    ],
)
def test_a_year_is_told_only_where_the_whole_date_lies_in_it(edtf, expected):
    assert year(edtf) == expected


@given(st.dates(min_value=date(1, 1, 1)))
def test_every_day_is_its_own_bounds_and_survives_its_words(day):
    known = parse(day.isoformat())
    assert known.earliest == known.latest == day
    if day.year >= 1000:
        assert understand(words(day.isoformat())) == known


@settings(max_examples=40)
@given(st.integers(1000, 9999), st.integers(1, 12), st.sampled_from(["", "?", "~", "%"]), st.integers(0, 3))
def test_bounds_agree_with_the_edtf_library(number, month, qualifier, unknown):
    text = (f"{number:04d}"[: 4 - unknown] + "X" * unknown) + (f"-{month:02d}" if not unknown else "") + qualifier
    theirs, ours = parse_edtf(text), parse(text)
    assert ours.earliest.timetuple()[:3] == theirs.lower_strict()[:3]
    assert ours.latest.timetuple()[:3] == theirs.upper_strict()[:3]


@pytest.mark.parametrize(
    ("edtf", "spoken"),
    [
        ("2022-09-29", "29 September 2022"),
        ("2022-09", "September 2022"),
        ("2022", "2022"),
        ("2022-23", "autumn 2022"),
        ("2022-27", "autumn 2022"),
        ("2022-29", "spring 2022"),
        ("2022-34", "second quarter of 2022"),
        ("2022-23~", "about autumn 2022"),
        ("1984~", "about 1984"),
        ("1984?", "perhaps 1984"),
        ("1984%", "perhaps about 1984"),
        ("198X", "the 1980s"),
        ("19XX", "between 1900 and 1999"),
        ("2022-XX", "2022, month not known"),
        ("2022-XX-XX", "2022, month and day not known"),
        ("2022-09-XX", "September 2022, day not known"),
        ("2022-XX-31", "some time between 31 January 2022 and 31 December 2022"),
        ("XXXX", "date not known"),
        ("[..2022-09-29]", "on or before 29 September 2022"),
        ("[..2022-09]", "in or before September 2022"),
        ("[2023-10-16..]", "on or after 16 October 2023"),
        ("[2021..2023]", "between 2021 and 2023"),
        ("[2021,2022,2023-02]", "2021, 2022 or February 2023"),
        ("{2021,2023}", "2021 and 2023"),
        ("2022-09-22~/2022-09-29", "from about 22 September 2022 to 29 September 2022"),
        ("2022-02/..", "from February 2022 on"),
        ("2022-02/", "from February 2022, end not known"),
        ("../2022", "until 2022"),
        ("/2022", "until 2022, beginning not known"),
    ],
)
def test_dates_are_put_into_words(edtf, spoken):
    assert words(edtf) == spoken


def test_words_follow_the_active_language():
    with override("ru"):
        assert words("2022-03-29") == "29 марта 2022"
        assert understand("29 марта 2022").edtf == "2022-03-29"


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("ru", "12 сентября 2022, сентябрь 2022, осень 2022, март 2022 – май 2022"),
        ("kk", "2022 жылғы 12 қыркүйек, 2022 жылғы қыркүйек, 2022 жылғы күз, 2022 жылғы наурыз – 2022 жылғы мамыр"),
        ("ky", "2022-жылдын 12-сентябры, 2022-жылдын сентябры, 2022-жылдын күзү, 2022-жылдын марты – 2022-жылдын майы"),
        ("it", "12 settembre 2022, settembre 2022, autunno 2022, marzo 2022 – maggio 2022"),
    ],
)
def test_each_language_has_its_own_order_and_cases(language, spoken):
    with override(language):
        assert ", ".join(words(edtf) for edtf in ("2022-09-12", "2022-09", "2022-23", "2022-03/2022-05")) == spoken


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2022-09-29", "2022-09-29"),
        (" [..2022-09-29] ", "[..2022-09-29]"),
        ("autumn 2022", "2022-23"),
        ("Fall 2022", "2022-23"),
        ("winter of 2022", "2022-24"),
        ("29 September 2022", "2022-09-29"),
        ("the 29th of September, 2022", "2022-09-29"),
        ("September 29, 2022", "2022-09-29"),
        ("Sept. 2022", "2022-09"),
        ("SEPTEMBER 2022", "2022-09"),
        ("about 1984", "1984~"),
        ("c. 1984", "1984~"),
        ("c1984", "1984~"),
        ("1984?", "1984?"),
        ("perhaps September 2022", "2022-09?"),
        ("about autumn 2022", "2022-23~"),
        ("perhaps about 1984", "1984%"),
        ("the 1980s", "198X"),
        ("about 1980s", "198X~"),
        ("before 29 September 2022", "[..2022-09-28]"),
        ("before 1 March 2024", "[..2024-02-29]"),
        ("before 2022", "[..2021]"),
        ("after December 2022", "[2023-01..]"),
        ("after 2022", "[2023..]"),
        ("after 31 January 2022", "[2022-02-01..]"),
        ("on or before 29 September 2022", "[..2022-09-29]"),
        ("in or after 2022", "[2022..]"),
        ("not later than 2022", "[..2022]"),
        ("since February 2022", "2022-02/.."),
        ("from February 2022 on", "2022-02/.."),
        ("until 2022", "../2022"),
        ("from 24 February 2022 to September 2022", "2022-02-24/2022-09"),
        ("from February to September 2022", "2022-02/2022-09"),
        ("24 to 29 September 2022", "2022-09-24/2022-09-29"),
        ("24–29 September 2022", "2022-09-24/2022-09-29"),
        ("28 February to 2 March 2022", "2022-02-28/2022-03-02"),
        ("between 1983 and 1985", "[1983..1985]"),
        ("1983 or 1985", "[1983,1985]"),
        ("29/09/2022", "2022-09-29"),
        ("09/29/2022", "2022-09-29"),
        ("09/29/2022, 09.37", "2022-09-29"),
        ("03.04.2022", "2022-04-03"),
        ("05/05/2022", "2022-05-05"),
        ("2022/09/29", "2022-09-29"),
    ],
)
def test_plain_english_is_understood(text, edtf):
    assert understand(text).edtf == edtf


def test_an_ambiguous_day_is_refused_with_both_readings():
    with pytest.raises(ValueError, match=r"03/04/2022.*2022-04-03 or 2022-03-04"):
        understand("03/04/2022")


REFUSED = [
    "",
    "   ",
    "yesterday",
    "late 2022",
    "2022-13",
    "2022-13-01",
    "2022-02-30",
    "31 February 2022",
    "31.02.2022",
    "2022-9-1",
    "22",
    "0000",
    "-0044",
    "Y17000",
    "1560S2",
    "2022-09-29T10:11:12",
    "2022/1999",
    "[2023..2022]",
    "../..",
    "/",
    "..",
    "[..]",
    "[]",
    "[2022]",
    "1/2/3/4",
    "2022-23-01",
    "20 22",
    "before autumn 2022",
    "before 1 January 0001",
    "after 9999",
    "after 99 September 2022",
    "٢٠٢٢",
    "2022-09-29\0",
    "[" * 40,
    "[" + "2022," * 15 + "2022]",
    "9" * 100_000,
    "from " * 20_000,
]


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("reader", [parse, understand])
def test_what_is_no_date_is_refused_with_a_short_sentence(reader, text, capsys):
    with pytest.raises(ValueError, match=r"[.]$") as refusal:
        reader(text)
    assert len(str(refusal.value)) < 400
    assert capsys.readouterr().out == ""


@settings(max_examples=300)
@given(st.text(alphabet="0123456789X-/.,~?%[]{} ", max_size=24) | st.text(max_size=24))
def test_any_text_is_a_date_or_refused(text):
    try:
        known = understand(text)
    except ValueError:
        return
    assert parse(known.edtf) == known
    assert words(known.edtf)
    assert not (known.earliest and known.latest) or known.earliest <= known.latest


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2022-09-29", False),
        ("2022-09-30", True),
        ("2022", False),
        ("2023", True),
        ("[..2022-09-29]", False),
        ("[..2022-09-30]", True),
        ("2022-09-01/..", False),
        ("2022-10/..", True),
        ("XXXX", False),
    ],
)
def test_what_begins_after_today_is_future(edtf, expected):
    assert is_future(edtf, DAY) is expected


def test_seasons_sort_among_months_and_undated_ones_are_told():
    dates = ["2022-10", "2022-23", "2022-22", "2021-24", "2022-08-31"]
    assert sorted(dates, key=sort_key) == ["2021-24", "2022-22", "2022-08-31", "2022-23", "2022-10"]
    assert sort_key("[..2022]") is None


@pytest.mark.parametrize(
    ("edtf", "other", "is_later"),
    [
        ("2021-10-03", "2021-10-02", True),
        ("2021-10-02", "2021-10-02", False),
        ("2021-10", "2021-10-02", False),
        ("2022", "2021-23", True),
        ("../2022", "2021", False),
        ("2022", "2021/..", False),
    ],
)
def test_a_date_is_after_another_where_no_day_of_both_could_be_the_same_or_earlier(edtf, other, is_later):
    assert is_after(edtf, other) is is_later


@pytest.mark.parametrize(
    ("tag", "pattern", "written"),
    [
        ("en", "F j, Y", "October 2, 2021"),
        ("en", "j N Y", "2 Oct. 2021"),
        ("ru", "j E Y", "2 октября 2021"),
        ("ru", "F Y", "октябрь 2021"),
        ("ru", "j N Y", "2 окт. 2021"),
    ],
)
def test_months_in_patterns_are_those_of_running_text(tag, pattern, written):
    with override(tag):
        assert in_pattern(date(2021, 10, 2), pattern) == written
