"""Deleting what is in use: it is said what uses it, with a way there."""

import pytest

from testimonies.models.editorial import Identity, TestimonyContribution, Translation
from testimonies.models.public import Agent, Contribution, Event
from testimonies.tests import making

LIST = "/admin/testimonies/testimony/"


def deleting(client, record) -> str:
    page = f"/admin/testimonies/{record._meta.model_name}/{record.pk}/delete/"
    answers = [client.get(page), client.post(page, {"post": "yes"})]
    assert [one.status_code for one in answers] == [200, 200]
    assert type(record).objects.filter(pk=record.pk).exists()
    told = [one.content.decode() for one in answers]
    assert "permission" not in told[0] + told[1]
    return told[0]


def listed(client, record) -> list[int]:
    answer = client.get(LIST, {"uses": f"{record._meta.model_name}-{record.pk}"})
    assert answer.status_code == 200
    return sorted(one.pk for one in answer.context["cl"].result_list)


def test_a_source_says_how_many_testimonies_use_it_and_leads_to_them(archivist):
    source, other = making.a_source("Bread"), making.a_source("Other")
    draft = making.a_testimony(source=source)
    elsewhere = making.a_testimony(spoken="2021", spoken_basis="elsewhere", spoken_basis_source=source)
    making.a_testimony(source=other)
    told = deleting(archivist, source)
    assert "2 testimonies use “The Steppe Courier: Bread”." in told
    assert f'href="{LIST}?uses=source-{source.pk}"' in told
    assert listed(archivist, source) == [draft.pk, elsewhere.pk]
    making.published(source=other)
    told = deleting(archivist, other)
    assert "2 testimonies use" in told
    assert "is part of what has been published" in told
    assert "Words of" not in told


@pytest.mark.parametrize("kind", ["witness", "wave", "place", "tag", "basis", "agent", "translator"])
def test_whatever_a_testimony_uses_says_so(archivist, kind):
    agent = Agent.objects.create(name="Aliya")
    made = {"witness": making.a_witness, "wave": making.a_wave, "place": making.a_place}
    made |= {"tag": making.a_tag, "basis": making.a_basis}
    record = made[kind]() if kind in made else agent
    given = {kind: record} if kind in ("witness", "basis") else {}
    given |= {f"{kind}s": [record]} if kind in ("wave", "place", "tag") else {}
    testimony = making.a_testimony(**given)
    if kind == "agent":
        TestimonyContribution.objects.create(testimony=testimony, agent=agent)
    if kind == "translator":
        Translation.objects.create(testimony=testimony, language="ru", text="…", translator=agent)
    assert "1 testimony uses" in deleting(archivist, record)
    assert listed(archivist, record) == [testimony.pk]


def test_other_records_are_named_as_far_as_one_may_see_them(archivist):
    source, agent = making.a_source("Diary"), Agent.objects.create(name="Aliya")
    event = Event.objects.create(name="The dry week", date="2020", source=source)
    assert f'href="/admin/testimonies/event/{event.pk}/change/"' in deleting(archivist, source)
    Contribution.objects.create(source=source, agent=agent, role=Contribution.Role.values[0])
    assert f'href="/admin/testimonies/source/{source.pk}/change/"' in deleting(archivist, agent)
    witness = making.a_witness()
    Identity.objects.create(witness=witness, true_name="Salt")
    group = archivist.user.groups.get()
    group.permissions.remove(group.permissions.get(codename="open_identity"))
    told = deleting(archivist, witness)
    assert "Other records of the archive refer to it." in told
    assert "Identity of" not in told


@pytest.mark.parametrize("asked", ["", "x", "source-", "source-x", "source-0", "user-1", "source-" + "9" * 40])
def test_an_address_that_names_no_record_narrows_nothing(archivist, asked):
    testimony = making.a_testimony()
    answer = archivist.get(LIST, {"uses": asked}, follow=True)
    assert answer.status_code == 200
    assert [one.pk for one in answer.context["cl"].result_list] == [testimony.pk]
