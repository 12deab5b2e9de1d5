"""What letters and groups of letters stand for, script by script, in one inner alphabet.

The inner alphabet is a to z without accents and four signs: Z for zh, S for sh, C for ch, T for ts. `y` is a
vowel so narrow that some spellings leave it out (Russian ы, Kazakh і); elsewhere it counts as i.

A unit that languages or romanisations read differently has several readings, the likeliest first. `^` and `$`
stand for the beginning and the end of a word.
"""

from __future__ import annotations

import re

Table = dict[str, tuple[str, ...]]

APOSTROPHES = "'’‘`´ʼʻʹʺʽ′″"


def _table(rows: str) -> Table:
    """Read "unit reading,reading unit reading …" into a table; "-" is silence."""
    words = rows.split()
    readings = (tuple(reading.replace("-", "") for reading in word.split(",")) for word in words[1::2])
    return dict(zip(words[::2], readings, strict=True))


CYRILLIC = _table("""
    а a  б b  в v  г g  д d  дж Z  е e  ё e,io  ж Z  з z  и i  й i  к k  л l  м m  н n  о o  п p  р r
    с s  т t  тс T  у u  ф f  х h  ц T  ч C  ш S  щ SC  ъ -  ы y  ь -  э e  ю iu  я ia  нб mb  нп mp
    жё Ze,Zo,Zio  чё Ce,Co,Cio  шё Se,So,Sio  щё SCe,SCo,SCio
    є ie  і y  ї i  ґ g  ў u,o  ӯ u,o  ӣ i  ҷ Z  ҳ h  қ k  ғ g  ң n,ng  ә a  ө o  ү u  ұ u  һ h
    җ Z  ӂ Z  ҹ C  ҡ k  ҙ z  ҫ s  ҕ g  ҥ n,ng  ӧ o  ӱ u  ӓ a  ӹ i  ҋ i  ӏ -
    ј i  љ li  њ ni  ћ C  ђ Z  џ Z  ѓ g  ќ k  ѕ z  ѣ e  ѳ f  ѵ i  ѫ u  ѧ ia
""")

LATIN = _table("""
    a a  b b  d d  e e  f f  g g  h h  i i  k k  l l  m m  n n  o o  p p  r r  s s  t t  u u  v v  z z
    c T,k,Z  ch C,h  ck k  j i,Z  q k  w u,v  x ks,h  y y  yo io,e  jo io,e,Zo  ph f  nb mb  np mp
    sh S  sch S,SC  shch SC  schtsch SC  tsch C  tch C  dsch Z  zh Z  dzh Z  dj Z,di  kh h  gh g
    ts T  tz T  cz C,T  š S  tš C  ś S  ŝ S,SC  ş S  ș S  šč SC  č C  ç C  ć C  ĉ C  ž Z  ź z  ż Z  dž Z
    ğ g  ñ n,ng  ń n,ng  ŋ n,ng  ň n,ng  ņ n,ng  ı y  ə a  ý i,u  ţ T  ț T  ß s  æ e  ø o  ł l  đ d
    ħ h  þ t  ð d
""") | {f"o{mark}": ("o", "u") for mark in APOSTROPHES}

# What a language adds, by its tag or by letters that only it has: readings that lead to the spellings of its
# neighbours for the same name. They come first; none is taken away, because tags are not always right.
PROFILES: dict[str, Table] = {
    # О and o stand where Russian, Kazakh and Persian have а: Toshkent, Buxoro.
    "uz": _table("о o,a  o o,a"),
    # Kazakh ш answers to ч of its neighbours, final с to з, final қ to х: Шыңғыс, Чингиз; қазақ, казах.
    "kk": _table("ш S,C  с$ s,z  қ$ k,h"),
    "kk-Latn": _table("sh S,C  ş S,C  s$ s,z  q$ k,h"),
    "ş": _table("ş S,C"),
    "q": _table("q$ k,h"),
    # Ukrainian г is h; і stands for о and е of Russian, -ій for -ей, О- for А-: Харків, Олексій.
    "uk": _table("г h,g  ів$ yv,ov,ev  їв$ iv,ev  ій$ ii,ei  ^о o,a"),
    "uk-Latn": _table("h h,g  iv$ yv,ov,ev  ii$ ii,ei  ij$ ii,ei  iy$ ii,ei  ^o o,a"),
    # German has s for з, z for ц and sch also for ж: Kasachstan, Jelzin, Schukow.
    "de": _table("s s,z  st st  sp sp  ss s  z T,z  sch S,Z,SC  ch h,C  w v  ä a,e"),
    "pl": _table("sz S  cz C  rz Z,rz  ch h  c T  w v  j i  szcz SC"),
    "fr": _table("ch S,C  ou u  j Z  gu g  qu k  ï i"),
    "tr": _table("c Z  j Z"),
    "az": _table("c Z  j Z  q g,k  x h"),
}

# Which profile a word calls for by its letters.
EVIDENCE: list[tuple[str, re.Pattern[str]]] = [
    ("uk", re.compile("[їєґ]|^(?!.*[әғқңөұүһ]).*і")),
    ("kk", re.compile("[әғқңөұүһ]")),
    ("uz", re.compile(f"[ўҳҷӣӯ]|^(?!.*[әңөұүһ]).*[қғ]|[og][{APOSTROPHES}]|[aeiou]x[aeiou]")),
    ("kk-Latn", re.compile("[ñğıǵńŋ].*[şs]|[şs].*[ñğıǵńŋ]")),
    ("ş", re.compile("ş")),
    ("q", re.compile("q$")),
    ("de", re.compile("sch|[eo]wa?$")),
    ("pl", re.compile("[żśćźąęł]")),
]

# Languages whose tag calls for profiles.
TAGGED: dict[str, tuple[str, ...]] = {
    "uz": ("uz",), "tg": ("uz",), "kk": ("kk", "kk-Latn", "q"), "kaa": ("kk", "kk-Latn", "q"), "uk": ("uk", "uk-Latn"),
    "be": ("uk",), "de": ("de",), "pl": ("pl",), "fr": ("fr",), "tr": ("tr",), "az": ("az",), "tk": ("tr",),
}  # fmt: skip
