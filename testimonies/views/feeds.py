"""Atom feeds (RFC 4287): the newest publications, of the whole archive or of one search."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from testimonies.forms import QuestionForm
from testimonies.models.public import LogHead
from testimonies.reading.rows import rows_of
from testimonies.search import NEWEST, PER_PAGE, search
from testimonies.views import addresses, answer
from testimonies.views.browse import question_of


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
    name = settings.ARCHIVE["name"]
    made = Feed(
        title=_("%(archive)s: “%(words)s”") % {"archive": name, "words": question.words} if question.words else name,
        link=addresses.whole(addresses.testimonies(question)),
        description="",
        language=get_language(),
        feed_url=addresses.whole(addresses.feed(question)),
        changed=LogHead.objects.values_list("at", flat=True).get(pk=1),
    )
    for row in rows_of(results.keys):
        made.add_item(**entry(row))
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    made.write(response, "utf-8")
    return response


def entry(row: Mapping[str, Any]) -> dict[str, Any]:
    """One testimony: its words, whose they are, and when they were published and changed here."""
    permalink = addresses.permalink(row["identifier"])
    return {
        "title": row["title"],
        "link": permalink,
        "unique_id": permalink,
        "description": format_html_join("", "<p>{}</p>", ((words,) for words in row["words"])),
        "author_name": row["witness"],
        "categories": row["tags"],
        "pubdate": datetime.fromisoformat(row["first_published"]),
        "updateddate": datetime.fromisoformat(row["changed"]),
    }
