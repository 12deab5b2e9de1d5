"""What the archive is, and how it is cited."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from testimonies import identifiers
from testimonies.models.public import Edition, Publication
from testimonies.reading.ark import AboutPage
from testimonies.reading.citing import CitePage, Example
from testimonies.views import answer, citing


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
    return answer.page("cite.html", CitePage(example=example(first, edition) if first and edition else None))


def example(publication: Publication, edition: Edition) -> Example:
    """A held testimony, cited as a whole and by its first passage."""
    item = citing.item_in(publication, edition)
    first = item.of_passage(item.passage_names[0])
    return Example(
        identifier=item.identifier,
        title=item.title,
        edition=item.edition,
        permalink=item.permalink,
        edition_permalink=item.edition_permalink,
        ark=item.ark,
        styles=citing.styles_of(item),
        passage=first.passage,
        passage_words=first.words,
        passage_styles=citing.styles_of(first),
    )
