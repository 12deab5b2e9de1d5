"""The addresses of the archive, which never change. Those of records are named by the kind of the record."""

from django.urls import path, re_path, register_converter

from testimonies.api import documentation, door, operations
from testimonies.views import (
    about,
    ark,
    asking,
    atlas,
    browse,
    cited,
    citing,
    downloads,
    exports,
    feeds,
    files,
    health,
    home,
    indexes,
    links,
    memento,
    oai,
    pictures,
    saving,
    sitemap,
    suggest,
    testimony,
    timeline,
    verify,
    vocabulary,
)


class EditionNumber:
    """A number as it is counted, without zeros before it; no testimony has a million editions."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        """The number in the address."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The address of the number."""
        return str(value)


register_converter(EditionNumber, "number")

urlpatterns = [
    path("", home.home, name="home"),
    path("testimonies/", browse.testimonies, name="testimonies"),
    path("testimonies.csv", downloads.table, name="table"),
    path("testimonies.json", downloads.data, name="data"),
    path("feed.atom", feeds.feed, name="feed"),
    path("testimonies/<str:identifier>/", testimony.testimony, name="testimony"),
    path("testimonies/<str:identifier>/editions/", testimony.editions, name="editions"),
    path("testimonies/<str:identifier>/editions/<number:number>/", testimony.edition, name="edition"),
    path("testimonies/<str:identifier>/editions/<number:number>/save/", saving.save, name="save"),
    path("testimonies/<str:identifier>/editions/<number:number>/placard.png", links.placard, name="placard"),
    path("testimonies/<str:identifier>/cited/", cited.cited, name="cited"),
    path("testimonies/<str:identifier>/timegate/", memento.timegate, name="timegate"),
    path("testimonies/<str:identifier>/timemap/", memento.timemap, name="timemap"),
    path("testimonies/<str:identifier>/cite/<str:form>/", citing.file, name="cite_file"),
    path("testimonies/<str:identifier>/linkset/", citing.linkset, name="linkset"),
    path("unapi", citing.unapi, name="unapi"),
    path("witnesses/", indexes.witnesses, name="witnesses"),
    path("witnesses/<str:identifier>/", vocabulary.witness, name="witness"),
    path("places/", atlas.places, name="places"),
    path("places.csv", atlas.table, name="places_table"),
    path("places/<str:identifier>/", vocabulary.place, name="place"),
    path("waves/", timeline.waves, name="waves"),
    path("waves.csv", timeline.table, name="waves_table"),
    path("waves/<str:slug>/", vocabulary.wave, name="wave"),
    path("sources/", indexes.sources, name="sources"),
    path("sources/<str:identifier>/", vocabulary.source, name="source"),
    path("tags/", indexes.tags, name="tags"),
    path("tags/<str:slug>/", vocabulary.tag, name="tag"),
    path("pictures/<str:name>", pictures.picture, name="picture"),
    path("suggest/", suggest.suggest, name="suggest"),
    path("verify/", verify.verify, name="verify"),
    path("about/", about.about, name="about"),
    path("about/request/", asking.ask, name="ask"),
    path("cite/", about.cite, name="cite"),
    path("ark:/<str:naan>/<str:identifier>", ark.ark, name="ark"),
    # The newer spelling has no slash after the label; case means nothing in it. What stands behind is handed on.
    re_path(r"^[aA][rR][kK]:/?(?P<naan>[^/]+)/(?P<identifier>[^/]+)(?P<suffix>/.*)?$", ark.ark),
    path("oai", oai.oai, name="oai"),
    path("schemas/record-1.xsd", oai.schema, name="schema"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemaps/pages.xml", sitemap.pages, name="sitemap_pages"),
    path("sitemaps/<number:number>.xml", sitemap.part, name="sitemap_part"),
    path("robots.txt", files.robots, name="robots"),
    path(".well-known/security.txt", files.security, name="security"),
    path("favicon.ico", files.icon, name="icon"),
    path("api/", documentation.newest, name="api"),
    path(operations.ADDRESS, documentation.page, name="api_documentation"),
    path(f"{operations.ADDRESS}openapi.json", documentation.document, name="api_document"),
    *operations.addresses(),
    re_path(r"^api/.*", door.nothing),
    path("data/", exports.exports, name="exports"),
    path("data/SHA256SUMS", exports.sums, name="sums"),
    path("data/<str:name>", exports.export, name="export"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]

# What people read has an address for each language (testimonies/tongues.py); what is not named here has one only.
PAGES = frozenset({
    "home", "testimonies", "testimony", "editions", "edition", "save", "witnesses", "witness", "places", "place",
    "waves", "wave", "sources", "source", "tags", "tag", "suggest", "verify", "cited", "about", "ask",
    "cite", "exports", "api_documentation",
})  # fmt: skip

in_every_language = [route for route in urlpatterns if route.name in PAGES]
in_none = [route for route in urlpatterns if route.name not in PAGES]
