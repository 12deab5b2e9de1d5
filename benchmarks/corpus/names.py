"""Names for an invented archive: people, towns that exist, waves and tags; rows of text read into tuples."""

from functools import cache
from typing import NamedTuple

# Scholarly, English and Cyrillic spelling of a given name, and the language of the last.
GIVEN = """
    Maržan Marzhan Маржан kk|Ajgul Aigul Айгүл kk|Nurlan Nurlan Нұрлан kk|Aižan Aizhan Айжан kk|Erlan Yerlan Ерлан kk
    Bolat Bulat Болат kk|Žanar Zhanar Жанар kk|Serik Serik Серік kk|Äsel Assel Әсел kk|Dăuren Dauren Дәурен kk
    Šynar Shynar Шынар kk|Galymžan Galymzhan Ғалымжан kk|Ajbek Aibek Айбек ky|Čynara Chynara Чынара ky
    Nurbek Nurbek Нурбек ky|Gülnara Gulnara Гүлнара ky|Bakyt Bakyt Бакыт ky|Žyldyz Jyldyz Жылдыз ky
    Umaj Umai Умай ky|Azamat Azamat Азамат ky|Čolpon Cholpon Чолпон ky|Ermek Ermek Эрмек ky|Meerim Meerim Мээрим ky
    Aleksej Alexey Алексей ru|Ol'ga Olga Ольга ru|Dmitrij Dmitry Дмитрий ru|Natal'ja Natalia Наталья ru
    Sergej Sergey Сергей ru|Ksenija Xenia Ксения ru|Fëdor Fyodor Фёдор ru|Tat'jana Tatiana Татьяна ru
    Jurij Yury Юрий ru|Žanna Zhanna Жанна ru|Il'ja Ilya Илья ru|Ščedrin Shchedrin Щедрин ru|Oleksij Oleksii Олексій uk
    Halyna Halyna Галина uk|Mychajlo Mykhailo Михайло uk|Šahnoza Shahnoza Шаҳноза uz|Otabek Otabek Отабек uz
    Džamšid Jamshid Ҷамшед tg|Firuza Firuza Фирӯза tg
"""
SYLLABLES = """
    ab аб|bek бек|dž дж|er ер|gal гал|žan жан|kar кар|lev лев|mur мур|nur нур|or ор|pet пет|ra ра|sam сам|tur тур|um ум
    fed фед|čer чер|šar шар|jus юс|dor дор|kul кул|mak мак|sul сул|tem тем|il ил|zak зак|bol бол|nad над|ver вер
"""
# Scholarly and Cyrillic ending of a surname.
SURNAME_ENDINGS = "ov ов|eva ева|in ин|skij ский|enko енко|baev баев|uly улы|ova ова"

OCCUPATIONS = "baker|driver|teacher|nurse|student|miner|pensioner|musician|tailor|weaver|shepherd|cook"

# Country: its Cyrillic name; then its towns and regions, each with its Cyrillic name and, if any, a former name.
COUNTRIES = """
    Kazakhstan:Қазақстан kk
    Almaty Алматы Alma-Ata|Astana Астана Tselinograd|Karaganda Қарағанды|Šymkent Шымкент Chimkent|Aktöbe Ақтөбе
    Taraz Тараз Zhambyl|Pavlodar Павлодар|Semej Семей Semipalatinsk|Atyrau Атырау Guryev|Oral Орал Uralsk
    Kostanaj Қостанай Kustanai|Petropavl Петропавл
    Kyrgyzstan:Кыргызстан ky
    Biškek Бишкек Frunze|Oš Ош|Žalal-Abad Жалал-Абад|Karakol Каракол Przhevalsk|Naryn Нарын|Talas Талас|Batken Баткен
    Tokmok Токмок|Özgön Өзгөн Uzgen
    Uzbekistan:Ўзбекистон uz
    Toškent Тошкент Tashkent|Samarqand Самарқанд|Buxoro Бухоро Bukhara|Andijon Андижон|Nukus Нукус|Fargʻona Фарғона
    Tajikistan:Тоҷикистон tg
    Dušanbe Душанбе Stalinabad|Xuçand Хуҷанд Leninabad|Xoruġ Хоруғ
    Russia:Россия ru
    Moskva Москва Moscow|Omsk Омск|Orenburg Оренбург Chkalov|Samara Самара Kuybyshev|Novosibirsk Новосибирск
    Čeljabinsk Челябинск|Ulan-Ude Улан-Удэ|Barnaul Барнаул|Astrahan' Астрахань|Kazan' Казань|Jakutsk Якутск
    Ukraine:Україна uk
    Charkiv Харків Kharkov|Odesa Одеса Odessa|L'viv Львів Lvov|Cherson Херсон
    Georgia:საქართველო ka
    Tbilisi თბილისი Tiflis|Batumi ბათუმი
    Germany:Германия ru
    Berlin Берлин|Köln Кёльн
    Turkey:Турция ru
    Istanbul Стамбул Constantinople|Ankara Анкара
"""

WAVES = """
    harvest-trains-1954 The harvest trains of 1954|stone-road-1968 Along the stone road, 1968
    river-years The years of the river|late-departures-1991 Late departures of 1991
    autumn-crossing-2022 The autumn crossing of 2022|spring-return The return in spring
"""
# A tag, and its synonym in another language.
TAGS = """
    Queues:Очередь|Schooling:Школа|Letters home:Письма домой|Borders:Шекара|Railways:Теміржол
    Cold quarters:Кыштоо|Family:Отбасы|Housing:Турак жай|Languages:Тіл|Music:Музыка|Hunger:Ачарчылык|Work:Жұмыс
    Festivals:Майрам|Papers:Документы|Hospitals:Больница|Markets:Базар|Rumours:Слухи|Neighbours:Көршілер|Sea:Море
    Elders:Аксакалдар|Journeys:Жол|Silence:Молчание|Weddings:Той|Harvest:Урожай|Exile:Ссылка|Mountains:Тоолор
"""
PUBLISHERS = """
    The Steppe Courier|Вестник Степи|Дала Хабары|Ala-Too Review|Радио Берег|Кут Билим|Borderland Notes|Тихий Дон Ньюс
    Nomad Quarterly|Голос Долины|Ақ Жол Баспа|Station Radio|The Long Table Press|Новая Пристань
"""


class Form(NamedTuple):
    """One way to write a name."""

    text: str
    tag: str


def rows(text: str) -> list[str]:
    """What bars and line ends separate."""
    return [row.strip() for line in text.strip().splitlines() for row in line.split("|")]


SCRIPTS = {"ka": "ka-Geor"}


def tag_of(language: str) -> str:
    """The tag of a language as these names write it."""
    return SCRIPTS.get(language, f"{language}-Cyrl")


@cache
def given_names() -> list[tuple[str, str, Form]]:
    """Scholarly, English, and in the script of the language."""
    return [(own, english, Form(other, tag_of(tag))) for own, english, other, tag in map(str.split, rows(GIVEN))]


@cache
def parts_of_surnames() -> tuple[list[list[str]], list[list[str]]]:
    """Syllables and endings, scholarly and Cyrillic."""
    return [row.split() for row in rows(SYLLABLES)], [row.split() for row in rows(SURNAME_ENDINGS)]


def surname(number: int) -> tuple[str, str]:
    """The surname of this number, scholarly and Cyrillic."""
    syllables, endings = parts_of_surnames()
    number, ending = divmod(number, len(endings))
    parts = [endings[ending]]
    while number or len(parts) < 2:
        number, syllable = divmod(number, len(syllables))
        parts.insert(0, syllables[syllable])
    own, cyrillic = ("".join(spelt).capitalize() for spelt in zip(*parts, strict=True))
    return own, cyrillic
