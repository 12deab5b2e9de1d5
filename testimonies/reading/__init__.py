"""From a public record to what a page shows: the only thing that the public templates are given.

Every template of `templates/public/` (named without the folder) is rendered with one variable, `page`: one of
the frozen dataclasses of this room (one page has those of `verifying`, which stands above it). What
`testimonies.jinja` makes global stands beside it (`url`, `static`, `archive`, `lang`, `direction`, `_` …). Dates
arrive as words, coded values as words, text in pieces; links arrive as `Link`, and the template turns them into
addresses with `url(link.kind, link.key)`.

===================================  =======================  ===================================
template                             page                     made by
===================================  =======================  ===================================
home.html                            home.HomePage            the view, with `cards.cards`
testimonies.html                     results.ResultsPage      the view, with `cards.cards`
testimony.html, also for an edition  testimony.TestimonyPage  testimony.show_testimony(record, …)
editions.html                        history.HistoryPage      history.history_page(editions, …)
witness.html                         vocabulary.WitnessPage   vocabulary.witness_page(witness, …)
place.html                           vocabulary.PlacePage     vocabulary.place_page(place, …)
wave.html                            vocabulary.WavePage      vocabulary.wave_page(wave, …)
source.html                          vocabulary.SourcePage    vocabulary.source_page(source, …)
tag.html                             vocabulary.TagPage       vocabulary.tag_page(tag, …)
witnesses.html                       lists.ListPage           lists.witnesses(records, …)
places.html                          atlas.PlacesPage         atlas.places_page(records, …)
waves.html                           timeline.TimelinePage    the view, with `weeks.chart`
sources.html                         lists.ListPage           lists.sources(records, …)
tags.html                            lists.ListPage           lists.tags(records, …)
tombstone.html (410)                 absence.Tombstone        absence.tombstone(…)
emptied.html (410), one edition      absence.Emptied          absence.emptied(…)
gone.html (410)                      absence.Gone             the view
unlisted.html (200)                  absence.Unlisted         the view
ark_info.html                        ark.ArkInfo              ark.ark_info(record, …)
about.html                           none                     the view
cite.html                            citing.CitePage          the view
cited.html                           cited.CitedPage          the view
registered.html                      cited.Registered         the view
verify.html                          verifying.page           verifying.page.result_of(answer)
error.html                           absence.ErrorPage        absence.error_page(status, …)
===================================  =======================  ===================================
"""
