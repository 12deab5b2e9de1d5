"""Atom feeds (RFC 4287): the newest publications, of the whole archive, of one list or of one search.

Readers of feeds keep what they were sent. So a testimony that is gone from sight is sent once more under its old name,
without a word of it, in every feed: nobody remembers to which lists it belonged.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from testimonies.forms import QuestionForm
from testimonies.models.public import LogHead, Publication, PublicationEvent
from testimonies.reading.rows import rows_of
from testimonies.search import FACETS, NEWEST, PER_PAGE, Question, search
from testimonies.views import addresses, answer
from testimonies.views.browse import question_of

# How long, and of how many, it is said that they are gone: by then every reader of feeds has asked again.
SAID_FOR: Final = timedelta(days=90)
MOST_SAID: Final = 50


class Feed(Atom1Feed):
    """A feed that was changed when the publication log was, with entries or without."""

    def latest_post_date(self) -> datetime:
        """The time of the log's last event."""
        changed: datetime = self.feed["changed"]
        return changed


@answer.read_only
def feed(request: HttpRequest) -> HttpResponse:
    """The newest testimonies that a question finds."""
    asked = question_of(QuestionForm(request.GET)).sorted_by(NEWEST)
    results = search(asked, PER_PAGE, counting=False)
    question = results.question
    made = Feed(
        title=title(question),
        author_name=settings.ARCHIVE["name"],
        link=addresses.whole(addresses.testimonies(question)),
        description="",
        language=get_language(),
        feed_url=addresses.whole(addresses.feed(question)),
        changed=LogHead.objects.values_list("at", flat=True).get(pk=1),
    )
    keys = [*results.keys, *changed_for_safety(results.keys)] if not list(question.parts()) else results.keys
    for row in rows_of(keys):
        made.add_item(**entry(row))
    for one in gone():
        made.add_item(**one)
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    made.write(response, "utf-8")
    return response


def title(question: Question) -> str:
    """The name of the archive, and what narrows the list."""
    named = [
        f"{facet.label}: {label}"
        for facet in FACETS
        if (keys := question.chosen.get(facet.name))
        for label in facet.named(keys, {}).values()
    ]
    asked = "; ".join([*([f"“{question.words}”"] if question.words else []), *named])
    told = {"archive": settings.ARCHIVE["name"], "asked": asked}
    return _("%(archive)s: %(asked)s") % told if asked else told["archive"]


def changed_for_safety(given: tuple[int, ...]) -> list[int]:
    """The keys of further testimonies of which an edition was emptied lately: they are sent again, as they stand."""
    since = timezone.now() - SAID_FOR
    emptied = PublicationEvent.objects.erasing().filter(at__gte=since).exclude(publication__in=given)
    keys = emptied.order_by("-number").values_list("publication", flat=True)[:MOST_SAID]
    return list(dict.fromkeys(keys))


def gone() -> Iterator[dict[str, Any]]:
    """What was in feeds and is out of sight since: that it is, and nothing of what it was."""
    lately = Publication.objects.gone_since(timezone.now() - SAID_FOR).order_by("-changed_at", "-pk")
    said: dict[str, str] = {
        Publication.State.WITHDRAWN: _("This testimony was withdrawn"),
        Publication.State.MERGED: _("This testimony was found to be the same as another"),
    }
    for one in lately.values("identifier", "state", "first_published_at", "changed_at")[:MOST_SAID]:
        permalink = addresses.permalink(one["identifier"])
        yield {
            "title": said.get(one["state"], _("This testimony is under review")),
            "link": permalink,
            "unique_id": name_of(one["identifier"], one["first_published_at"]),
            "description": "",
            "pubdate": one["first_published_at"],
            "updateddate": one["changed_at"],
        }


def name_of(identifier: str, first_published: datetime) -> str:
    """The name of an entry, which never changes (a tag URI, RFC 4151)."""
    return get_tag_uri(addresses.permalink(identifier).rstrip("/"), first_published)


def entry(row: Mapping[str, Any]) -> dict[str, Any]:
    """One testimony: its words, whose they are, and when they were published and changed here."""
    permalink = addresses.permalink(row["identifier"])
    return {
        "title": row["title"],
        "link": permalink,
        "unique_id": name_of(row["identifier"], datetime.fromisoformat(row["first_published"])),
        "description": format_html_join("", "<p>{}</p>", ((words,) for words in row["words"])),
        "author_name": row["witness"],
        "categories": row["tags"],
        "pubdate": datetime.fromisoformat(row["first_published"]),
        "updateddate": datetime.fromisoformat(row["changed"]),
    }
