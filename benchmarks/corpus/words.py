"""Invented words of four languages by Zipf's law, and texts made of them.

Each language has a short list of common real words, then words built from syllables and endings: as many as anybody
could want, the rarer the longer one looks. Some words are put into a known share of the texts, so that what is measured
can be said of "a word in 27 % of the texts".
"""

import random
from functools import cached_property, lru_cache
from itertools import accumulate

LISTED = 20_000  # words of a language that are kept in a list; the rest of its tail is made when it is drawn
TAIL = 0.6  # how many words of the endless tail a passage holds on average

# Word → the share of the texts that hold it. The first five are English and stand in English texts only.
FREQUENT = {"bread": 0.27, "winter": 0.24, "suitcase": 0.03, "bicycle": 0.002, "samovar": 0.0004, "дорога": 0.1}

REAL = {
    "en": """the and of to we in that was it they our not there were for with had from but all when my she he
        could what then no who never one some people went house work children came because before after year
        said told morning night train mother father brother village station queue water money papers home""",
    "ru": """и в не на я что он с мы это как они а но же всё так было она его к у из за то ещё только нет
        когда там были тогда потом люди дом работа дети год день ночь поезд мама отец брат деревня станция
        вода деньги нас нам никто очень сказал пришли ушли жили""",
    "kk": """және мен біз бұл ол олар бір да де емес бар жоқ үшін кейін дейін сол осы қалай неге адам үй бала
        жұмыс жыл күн түн пойыз ана әке аға ауыл су ақша қала келді кетті айтты болды едік көп аз жаңа ескі
        ғана өте кеше бүгін""",
    "ky": """жана мен биз бул ал алар бир да эмес бар жок үчүн кийин чейин ошол кандай эмне адам үй бала жумуш
        жыл күн түн поезд эне ата ага айыл суу акча шаар келди кетти айтты болду элек көп аз жаңы эски гана
        өтө кечээ бүгүн""",
}
ONSETS = {
    "en": "b br c ch d dr f fl g gr h k l m n p pl qu r s sh st t th tr v w",
    "ru": "б бл в вр г гр д ж з к кр л м н п пр р с ст т тр ф х ц ч ш щ",
    "kk": "б г ғ д ж з к қ л м н ң п р с т ш",
    "ky": "б г д ж з к л м н ң п р с т ч ш",
}
VOWELS = {"en": "a e i o u ai ea ou", "ru": "а е и о у ы я ю ё", "kk": "а ә е и о ө ұ ү ы і", "ky": "а е и о ө у ү ы э"}
ENDINGS = {
    "en": "t n s ts ed ing er ers le ly ness",
    "ru": "а ы ов ам ах ой ого ая ет ли ка ки ость",
    "kk": "т лар дар дың ға дан мен ым сы лық",
    "ky": "т лар дар дын га дан менен ым сы лык",
}
TAGS = {"en": "en", "ru": "ru", "kk": "kk-Cyrl", "ky": "ky-Cyrl"}


class Language:
    """The words of one language."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tag = TAGS[name]
        self.onsets = ONSETS[name].split()
        self.vowels = VOWELS[name].split()
        self.endings = ENDINGS[name].split()

    @cached_property
    def words(self) -> list[str]:
        """The words of the list, the most frequent first."""
        real = REAL[self.name].split()
        return list(dict.fromkeys([*real, *map(self.invented, range(LISTED))]))[:LISTED]

    @cached_property
    def weights(self) -> list[float]:
        """How often the words come, added up: the n-th some n times more rarely than the first."""
        return list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def invented(self, number: int) -> str:
        """The word of this number, with others of neighbouring numbers it shares a stem."""
        stem, ending = divmod(number, 3)
        syllables, stem = "", stem + 101
        while stem:
            stem, onset = divmod(stem, len(self.onsets))
            stem, vowel = divmod(stem, len(self.vowels))
            syllables += self.onsets[onset] + self.vowels[vowel]
        return syllables + self.endings[(number * 5 + ending) % len(self.endings)]

    def draw(self, rng: random.Random, count: int) -> list[str]:
        """Some words as they come."""
        drawn = rng.choices(self.words, cum_weights=self.weights, k=count)
        if rng.random() < TAIL:
            drawn[rng.randrange(count)] = self.invented(LISTED + rng.randrange(50_000_000))
        return drawn


@lru_cache(maxsize=8)
def language(name: str) -> Language:
    """The language of this name."""
    return Language(name)


def frequent(rng: random.Random, name: str, share: float) -> list[str]:
    """The words of known shares that a text holds, where `share` of all texts are in its language."""
    english = name == "en"
    if name not in ("en", "ru"):
        return []
    return [word for word, wanted in FREQUENT.items() if word.isascii() == english and rng.random() < wanted / share]


def passage(rng: random.Random, spoken: Language, count: int, among: list[str]) -> str:
    """A paragraph of some words in sentences; `among` stand somewhere in it."""
    words = spoken.draw(rng, count)
    for word in among:
        words[rng.randrange(count)] = word
    # Two words of `among` may have been put in one place; the last resort is the end.
    words += [word for word in among if word not in words]
    if rng.random() < 0.2:
        first = rng.randrange(len(words))
        words[first : first + 2] = ["-".join(words[first : first + 2])]
    return " ".join(sentences(rng, words))


def sentences(rng: random.Random, words: list[str]) -> list[str]:
    """The words with capitals, commas and full stops."""
    spelt = []
    while words:
        length = rng.randrange(4, 16)
        now, words = words[:length], words[length:]
        now[0] = now[0].capitalize()
        if len(now) > 7:
            now[4] += ","
        spelt.append(" ".join(now) + rng.choice("...?!…"))
    return spelt


def with_ours(rng: random.Random, text: str) -> str:
    """The text with a mark of the archive's own: words left out, or one put in."""
    words = text.split(" ")
    words.insert(rng.randrange(1, len(words) + 1), rng.choice(("[[…]]", "[[…]]", "[[sic]]", "[[Osh]]")))
    return " ".join(words)
