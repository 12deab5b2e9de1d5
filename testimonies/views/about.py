"""What the archive is, and how it is cited."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from testimonies import identifiers
from testimonies.citation.sentence import sentence
from testimonies.models.public import Edition, Publication
from testimonies.reading.ark import AboutPage
from testimonies.reading.citing import CitePage, Example
from testimonies.views import addresses, answer


@answer.read_only
def about(request: HttpRequest) -> HttpResponse:
    """What is kept here, and by what rules."""
    naan = settings.ARCHIVE["naan"]
    return answer.page("about.html", AboutPage(naan=naan, is_for_tests=naan == identifiers.TEST_NAAN))


@answer.read_only
def cite(request: HttpRequest) -> HttpResponse:
    """How to cite, by the example of the testimony that was published first."""
    publications = Publication.objects.listed().select_related("current_edition")
    first = publications.order_by("first_published_at", "pk").first()
    edition = first.current_edition if first else None
    return answer.page("cite.html", CitePage(example=example(first.identifier, edition) if first and edition else None))


def example(identifier: str, edition: Edition) -> Example:
    """A held testimony, cited as a whole and by its first passage."""
    record = edition.record or {}
    passage = record["segments"][0]["passages"][0]
    permalink = addresses.edition_permalink(identifier, edition.number)

    def cited(passage: str = "") -> str:
        return sentence(
            record,
            archive=settings.ARCHIVE["name"],
            edition=edition.number,
            published_at=edition.published_at,
            permalink=permalink,
            passage=passage,
        )

    return Example(
        identifier=identifier,
        title=record["title"],
        edition=edition.number,
        permalink=addresses.permalink(identifier),
        edition_permalink=permalink,
        ark=f"ark:/{settings.ARCHIVE['naan']}/{identifier}",
        citation=cited(),
        passage=passage["id"],
        passage_words=passage["text"],
        passage_citation=cited(passage["id"]),
    )
