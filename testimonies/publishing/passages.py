"""The numbers of passages: given once per publication, kept while the words stay the same, never given again."""

from collections import defaultdict

from testimonies.models.public import Passage, Publication


class PassageNumbers:
    """Gives every passage of a new edition its number; to be used for one edition only, in reading order."""

    def __init__(self, publication: Publication | None) -> None:
        self.given = publication.passages_numbered if publication else 0
        self.taken: set[int] = set()
        # Words → number → the passage that it last translated, or None; the latest edition's numbers come first.
        self.held: dict[tuple[str, str], dict[int, int | None]] = defaultdict(dict)
        if publication and publication.pk:
            self.remember(publication)

    def remember(self, publication: Publication) -> None:
        """Learn which words had which numbers."""
        earlier = Passage.objects.filter(edition__publication=publication).order_by("-edition__number", "order")
        for passage in earlier:
            numbers = self.held[words(passage.language, passage.text, passage.translates)]
            numbers.setdefault(passage.number, passage.translates)

    def __call__(self, language: str, text: str, translates: int | None) -> int:
        """The number that these words have had, or the next that nobody had.

        Where words stand twice, a translation takes the number of the one that translates the same passage.
        """
        held = self.held[words(language, text, translates)]
        free = {number: translated for number, translated in held.items() if number not in self.taken}
        same = [number for number, translated in free.items() if translated == translates]
        number = next(iter(same or free), None)
        if number is None:
            number = self.given = self.given + 1
        self.taken.add(number)
        return number


def words(language: str, text: str, translates: int | None) -> tuple[str, str]:
    """What makes words the same: quoted words stay what they are when only the name of their language is corrected."""
    return ("" if translates is None else language, text)
