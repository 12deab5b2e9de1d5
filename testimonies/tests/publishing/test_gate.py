"""The gate: one test a reason, in the words that an editor reads."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from testimonies.models.editorial import (
    Disclosure,
    PublicationBasis,
    QuoteSegment,
    Testimony,
    TestimonyPlace,
    TestimonyWave,
    Translation,
)
from testimonies.models.public import Agent, Contribution, Event, Place, Source, Witness
from testimonies.publishing import NotPublishable, Refusal, merge, publish, reasons_against
from testimonies.tests import making
from testimonies.tests.making import (
    a_basis,
    a_picture,
    a_place,
    a_source,
    a_tag,
    a_testimony,
    a_wave,
    a_witness,
    published,
)

pytestmark = pytest.mark.django_db

TODAY = date(2022, 11, 1)
INTERVIEW = {"kind": Source.Kind.INTERVIEW, "publisher": "", "title": "Recording 4"}


def reasons(testimony: Testimony, **options) -> list[tuple[str, str]]:
    """Field and sentence of each refusal on the first of November 2022."""
    return [(one.field, one.sentence) for one in reasons_against(testimony, **{"today": TODAY, **options})]


def test_the_gate_opens_for_what_lacks_nothing():
    assert reasons(a_testimony()) == []


def test_an_empty_draft_is_told_all_that_it_lacks():
    assert reasons(Testimony.objects.create()) == [
        ("source", "It has no source: say where the words come from."),
        ("witness", "It has no witness: say whose words they are."),
        ("basis", "It has no basis for publication."),
        ("language_printed", "It is not said in which language the words are printed."),
        ("segments", "It has no words yet."),
    ]


CONSENT = {"kind": PublicationBasis.Kind.WRITTEN_CONSENT, "asked": True, "date": date(2022, 5, 1)}


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (CONSENT, []),
        (CONSENT | {"date": date(2022, 11, 1)}, []),
        (CONSENT | {"date": date(2022, 11, 2)}, ["The basis for publication has a date in the future."]),
        (CONSENT | {"ended_on": date(2022, 11, 2)}, []),
        (CONSENT | {"ended_on": date(2022, 11, 1)}, ["The basis for publication has ended."]),
        (CONSENT | {"date": None}, ["The consent has no date."]),
        ({"kind": PublicationBasis.Kind.PUBLIC_STATEMENT}, []),
        ({}, ["The basis says “already published”, but nobody can look the source up."]),
    ],
)
def test_the_basis_holds_today(changes, sentences):
    testimony = a_testimony(source=a_source(**INTERVIEW), basis=a_basis(**changes))
    assert reasons(testimony) == [("basis", sentence) for sentence in sentences]


@pytest.mark.parametrize("changes", [{"spoken": "2021-10-03"}, {"spoken": "2021", "spoken_public": "2022"}])
def test_words_are_spoken_before_they_are_printed(changes):
    sentence = "This is after the day of the source (2 October 2021): words are spoken before they are printed."
    assert reasons(a_testimony(**changes)) == [(list(changes)[-1], sentence)]
    assert reasons(a_testimony(**changes, source=a_source(date=""))) == []


def test_a_recording_on_the_web_can_be_looked_up():
    assert reasons(a_testimony(source=a_source(**INTERVIEW, url="https://recordings.example/4"))) == []


@pytest.mark.parametrize("text", ["", "  "])
def test_a_picture_is_told_in_words_to_those_who_cannot_see_it(text):
    source = a_source(scan=a_picture(alternative_text=text), **INTERVIEW)
    basis = a_basis(kind=PublicationBasis.Kind.WRITTEN_CONSENT, asked=True, date=date(2022, 10, 1))
    witness = a_witness(portrait=a_picture(alternative_text=text))
    assert reasons(a_testimony(witness=witness, source=source, basis=basis)) == [
        ("witness", "The portrait has no alternative text."),
        ("source", "The scan of the source has no alternative text."),
    ]


def test_a_press_quotation_gives_no_right_to_a_portrait():
    testimony = a_testimony(witness=a_witness(portrait=a_picture()))
    assert reasons(testimony) == [
        ("witness", "A portrait is never shown on the basis of a press quotation alone."),
    ]


def test_segments_say_what_stands_between_them():
    testimony = a_testimony()
    QuoteSegment.objects.create(testimony=testimony, order=1, text="And then?")
    told = "Say what stands before each further run of words: the reporter's words, or an omission."
    assert reasons(testimony) == [("segments", told)]
    testimony.segments.all()[1].delete()
    first = testimony.segments.get()
    first.joined_by = QuoteSegment.Join.OMISSION
    first.save()
    assert reasons(testimony) == [("segments", "Nothing can stand before the first run of words.")]


def test_blank_words_are_no_words():
    assert reasons(a_testimony(" \n\n \n")) == [("segments", "It has no words yet.")]


def test_a_translation_has_as_many_passages_as_the_words():
    testimony = a_testimony("One.\n\nTwo.")
    Translation.objects.create(testimony=testimony, language="ru", text="Раз.", by_machine=True)
    told = "The translation (ru) has 1 passages, the quoted words have 2."
    assert reasons(testimony) == [("translations", told)]


def test_a_translation_says_who_made_it():
    testimony = a_testimony("One.")
    translation = Translation.objects.create(testimony=testimony, language="ru", text="Раз.")
    assert reasons(testimony) == [("translations", "Say who translated it, or that a machine did.")]
    translation.translator = Agent.objects.create(name="Dana Berk")
    translation.save()
    assert reasons(testimony) == []


WITHHOLD = ("source_withheld", "The source leads to the person whose name is hidden: withhold the source.")
PARAPHRASE = ("wording", "A search for these very words leads to the person: paraphrase openly.")


@pytest.mark.parametrize("naming", [Witness.Naming.PSEUDONYM, Witness.Naming.ANONYMOUS_BY_REQUEST])
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, [WITHHOLD, PARAPHRASE]),
        ({"wording": "paraphrase"}, [WITHHOLD]),
        ({"source_withheld": True}, [PARAPHRASE]),
        ({"source_withheld": True, "wording": "paraphrase"}, []),
    ],
)
def test_a_hidden_name_is_not_given_away_by_a_printed_source(naming, changes, told):
    assert reasons(a_testimony(witness=a_witness("Berk", naming=naming), **changes)) == told


def test_a_hidden_name_may_stand_over_words_that_nobody_can_look_up():
    witness = a_witness("Berk", naming=Witness.Naming.PSEUDONYM)
    assert reasons(a_testimony(witness=witness, source=a_source(**INTERVIEW), basis=a_basis(**CONSENT))) == []


def test_an_unnamed_voice_hides_nothing():
    assert reasons(a_testimony(witness=a_witness("Voice", naming=Witness.Naming.NOT_NAMED_IN_SOURCE))) == []


def test_a_face_gives_a_hidden_name_away():
    witness = a_witness("Berk", naming=Witness.Naming.PSEUDONYM, portrait=a_picture())
    testimony = a_testimony(witness=witness, source=a_source(**INTERVIEW), basis=a_basis(**CONSENT))
    assert reasons(testimony) == [
        ("witness", "A portrait shows the person whose name is hidden: take it away."),
    ]


FUTURE = "2022-12"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"spoken": FUTURE}, ("spoken", "The date of speaking lies in the future.")),
        ({"spoken_public": FUTURE}, ("spoken_public", "The date of speaking that readers see lies in the future.")),
        ({"happened": FUTURE}, ("happened", "The date of what happened lies in the future.")),
        ({"happened_public": FUTURE}, ("happened_public", "The date that readers see lies in the future.")),
        ({"spoken": "2022-11-02"}, ("spoken", "The date of speaking lies in the future.")),
        ({"spoken": "2022-11-01"}, None),
        (
            {"embargo_until": date(2022, 11, 2)},
            ("embargo_until", "It may not be published before the day that you set."),
        ),
        ({"embargo_until": date(2022, 11, 1)}, None),
        (
            {"review_on": date(2022, 10, 31)},
            ("review_on", "Its review date has passed: review it and set a new date."),
        ),
        ({"review_on": date(2022, 11, 1)}, None),
        (
            {"may_be_featured": True},
            ("read_whole", "Only words whose source somebody has read whole may be featured."),
        ),
        ({"may_be_featured": True, "read_whole": True}, None),
    ],
)
def test_days_and_display(changes, told):
    assert reasons(a_testimony(**changes, source=a_source(date=""))) == ([told] if told else [])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"date": FUTURE}, "The date of the source lies in the future."),
        ({"accessed_on": date(2022, 11, 2)}, "The source was read on a day in the future."),
    ],
)
def test_the_source_does_not_come_from_the_future(changes, sentence):
    assert reasons(a_testimony(source=a_source(**changes))) == [("source", sentence)]


def test_an_event_does_not_lie_in_the_future():
    event = Event.objects.create(name="The vote", date=FUTURE, source=a_source())
    assert reasons(a_testimony(happened_event=event)) == [("happened_event", "The event lies in the future.")]


def test_a_collective_voice_is_never_featured():
    witness = a_witness("Others", kind=Witness.Kind.REPORTED_COLLECTIVE)
    testimony = a_testimony(witness=witness, may_be_featured=True, read_whole=True)
    assert reasons(testimony) == [("may_be_featured", "A collective voice is never featured.")]


def test_an_address_is_never_given_twice():
    tag, other = a_tag("Roads"), a_tag("Ways")
    wave, other_wave = a_wave("Spring"), a_wave("Thaw")
    published(tags=[tag], waves=[wave])
    merge(tag, into=other)
    merge(wave, into=other_wave)
    testimony = a_testimony(tags=[a_tag("Roads")], waves=[a_wave("Spring")])
    taken = "This address belonged to another record once and is never given again. Choose another."
    assert reasons(testimony) == [("waves", f"Spring: {taken}"), ("tags", f"Roads: {taken}")]


def test_a_withdrawal_is_final():
    testimony = making.testimony_of(making.withdrawn())
    told = "It was withdrawn, and a withdrawal is final: enter it anew if there is a new basis."
    assert reasons(testimony, today=None) == [("status", told)]


def test_a_merged_testimony_is_not_published_again():
    testimony = making.testimony_of(making.merged(into=published()))
    assert reasons(testimony, today=None) == [("status", "It was merged with another testimony.")]


def test_another_person_than_the_author_publishes(settings):
    settings.EDITORS_MAY_PUBLISH_OWN_WORK = False
    author, other = (User.objects.create_user(name) for name in ("author", "other"))
    testimony = a_testimony(author=author)
    assert reasons(testimony, by=other) == [("status", "It has not been sent to review.")]
    testimony.status = Testimony.Status.IN_REVIEW
    assert reasons(testimony, by=other) == []
    assert reasons(testimony, by=author) == [("author", "You wrote it: somebody else reviews and publishes it.")]


def test_an_archive_of_one_may_publish_its_own_work(settings):
    settings.EDITORS_MAY_PUBLISH_OWN_WORK = True
    author = User.objects.create_user("author")
    assert reasons(a_testimony(author=author), by=author) == []


def hidden_place(testimony: Testimony, place: Place, **changes) -> None:
    TestimonyPlace.objects.create(testimony=testimony, place=place, **{"disclosure": Disclosure.WITHHELD, **changes})


def test_a_coarser_place_is_one_in_which_the_true_one_lies():
    berk, far = a_place("Berkland"), a_place("Farland")
    region = a_place("Steppe region", parent=berk)
    town = a_place("Aksay", parent=region)
    for shown, told in (
        (berk, []),
        (region, []),
        (far, ["“Farland” is not coarser than the true place: choose the region or country it lies in."]),
        (town, ["“Aksay” is not coarser than the true place: choose the region or country it lies in."]),
    ):
        testimony = a_testimony()
        hidden_place(testimony, town, public_place=shown, disclosure=Disclosure.COARSER)
        assert reasons(testimony) == [("placements", sentence) for sentence in told]


@pytest.mark.parametrize(
    ("true", "shown", "opens"),
    [
        ("2019-03-17", "2019-03", True),
        ("2019-03-17", "2019", True),
        ("2019-03-17", "201X", True),
        ("2019-03-17", "2019-03-17", False),
        ("2019-03-17", "2020", False),
        ("2019-03", "2019-03-17", False),
        ("2019-03", "2019-02/2019-04", True),
        ("[..2019-03-17]", "[..2019]", True),
        ("[..2019-03-17]", "2019", False),
    ],
)
def test_a_coarser_date_is_one_in_which_the_true_one_lies(true, shown, opens):
    testimony = a_testimony(spoken=true, spoken_public=shown, spoken_disclosure=Disclosure.COARSER)
    fields = [field for field, _sentence in reasons(testimony)]
    assert fields == ([] if opens else ["spoken_public"])


def test_a_date_that_is_not_coarser_is_told_in_words():
    testimony = a_testimony(happened="2019", happened_public="2020-03", happened_disclosure=Disclosure.COARSER)
    assert reasons(testimony) == [
        (
            "happened_public",
            "“March 2020” is not coarser than the true date: choose a longer time in which it lies.",
        )
    ]


HIDDEN_PLACE = (
    "placements",
    "“Aksay” is not to be shown, but stands in the words, the notes or the voice's description.",
)


def in_a_segment(testimony: Testimony) -> None:
    QuoteSegment.objects.create(testimony=testimony, order=1, joined_by="omission", text="We left Aksay.")


def in_an_introduction(testimony: Testimony) -> None:
    QuoteSegment.objects.create(
        testimony=testimony, order=1, joined_by="omission", text="We left.", introduction="Aibek of Aksay adds"
    )


def in_a_translation(testimony: Testimony) -> None:
    Translation.objects.create(testimony=testimony, language="ru", text="Мы из Аксая.", by_machine=True)


def in_a_reason(testimony: Testimony) -> None:
    TestimonyWave.objects.create(
        testimony=testimony, wave=a_wave(), basis="inferred", basis_reason="The bazaar of Aksay is named."
    )


def in_the_source(testimony: Testimony) -> None:
    testimony.source.dateline = "Aksay"
    testimony.source.save()


def in_the_description_of_the_voice(testimony: Testimony) -> None:
    testimony.witness.described_as = "Aibek from Aksay"
    testimony.witness.save()


def in_the_context(testimony: Testimony) -> None:
    testimony.context_note = "Said in Aksay."


def in_the_scope_of_the_basis(testimony: Testimony) -> None:
    testimony.basis.scope = "What was said at Aksay."
    testimony.basis.save()


@pytest.mark.parametrize(
    "tell",
    [
        in_a_segment,
        in_an_introduction,
        in_a_translation,
        in_a_reason,
        in_the_source,
        in_the_description_of_the_voice,
        in_the_context,
        in_the_scope_of_the_basis,
    ],
)
def test_a_place_that_is_not_shown_stands_nowhere_else(tell):
    testimony = a_testimony()
    hidden_place(testimony, a_place("Aksay"))
    assert reasons(testimony) == []
    tell(testimony)
    assert reasons(testimony) == [HIDDEN_PLACE]


def test_other_names_of_a_hidden_place_are_looked_for_too():
    place = a_place("Aksay")
    place.forms.create(text="Whitewater", tag="en", attested_in="a map")
    testimony = a_testimony("We left Whitewater.")
    hidden_place(testimony, place)
    assert reasons(testimony) == [HIDDEN_PLACE]


def test_a_hidden_name_inside_another_word_gives_nothing_away():
    testimony = a_testimony("He was a josher.")
    hidden_place(testimony, a_place("Osh"))
    assert reasons(testimony) == []


def test_a_coarser_place_may_be_called_after_the_true_one():
    region = a_place("Aksay region", kind=Place.Kind.REGION)
    testimony = a_testimony()
    hidden_place(testimony, a_place("Aksay", parent=region), public_place=region, disclosure=Disclosure.COARSER)
    assert reasons(testimony) == []


def test_a_place_that_the_words_speak_of_openly_is_not_searched_for():
    town = a_place("Aksay")
    testimony = a_testimony("We left Aksay.", places=[("speaks_of", town)])
    hidden_place(testimony, town)
    assert reasons(testimony) == []


def test_a_day_that_is_not_shown_stands_nowhere_else():
    testimony = a_testimony("On 17 March 2019 we left.", spoken="2019-03-17", spoken_disclosure=Disclosure.WITHHELD)
    assert reasons(testimony) == [
        ("spoken", "“17 March 2019” is not to be shown, but stands in the words or the notes."),
    ]


def test_a_withheld_source_is_named_nowhere():
    source = a_source("Bread and borders", url="https://courier.example/bread")
    Contribution.objects.create(source=source, agent=Agent.objects.create(name="Dana Berk"))
    told = "The source is withheld, but “%s” stands in the words or the notes."
    for note, name in (
        ("Printed by The Steppe Courier.", "The Steppe Courier"),
        ("See https://courier.example/bread for more.", "https://courier.example/bread"),
        ("The headline was Bread and borders.", "Bread and borders"),
        ("Heard by Dana Berk.", "Dana Berk"),
    ):
        testimony = a_testimony(source=source, source_withheld=True, lineage=note)
        assert reasons(testimony) == [("source_withheld", told % name)]
    assert reasons(a_testimony(source=source, source_withheld=True, lineage="Printed in a newspaper.")) == []


def test_a_withheld_source_is_not_the_source_of_a_value():
    source = a_source()
    testimony = a_testimony(
        source=source, source_withheld=True, spoken="2019", spoken_basis="elsewhere", spoken_basis_source=source
    )
    assert reasons(testimony) == [
        ("source_withheld", "The source that you withhold is named as the other source of a value."),
    ]


def test_publishing_is_refused_with_all_reasons_and_writes_nothing():
    testimony = Testimony.objects.create()
    with pytest.raises(NotPublishable) as refused:
        publish(testimony, by=None)
    lacking = ["source", "witness", "basis", "language_printed", "segments"]
    assert [refusal.field for refusal in refused.value.refusals] == lacking
    assert str(refused.value).startswith("It has no source: say where the words come from. It has no witness")
    assert Refusal("source", "It has no source: say where the words come from.") == refused.value.refusals[0]
    testimony.refresh_from_db()
    assert (testimony.status, testimony.publication) == ("draft", None)


@pytest.mark.parametrize(
    ("words", "is_refused"),
    [
        ("We shared \u202ethe bread.", True),
        ("We shared the \u202cbread.", True),
        ("We shared \u2067the\nbread\u2069.", True),
        ("We shared \u202bthe\u202c \u2067bread\u2069.", False),
        ("We shared the bread.\u200f", False),
    ],
)
def test_a_direction_that_is_set_and_not_ended_is_a_reason(words, is_refused):
    testimony = a_testimony()
    segment = testimony.segments.get()
    segment.text = words
    segment.save()
    sentence = "It has a character that cannot be seen and turns the direction of what follows: take it out."
    assert (("segments", sentence) in reasons(testimony)) is is_refused
