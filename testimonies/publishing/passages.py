"""The numbers of passages: given once per publication, kept while the words stay the same, never given again."""

from collections import defaultdict, deque

from testimonies.models.public import Passage, Publication


class PassageNumbers:
    """Gives every passage of a new edition its number; to be used for one edition only, in reading order."""

    def __init__(self, publication: Publication | None) -> None:
        self.given = publication.passages_numbered if publication else 0
        self.taken: set[int] = set()
        self.held: dict[tuple[str, str, bool], deque[int]] = defaultdict(deque)
        if publication and publication.pk:
            self.remember(publication)

    def remember(self, publication: Publication) -> None:
        """Learn which words had which numbers; the latest edition's come first where words stood twice."""
        earlier = Passage.objects.filter(edition__publication=publication).order_by("-edition__number", "order")
        for passage in earlier:
            numbers = self.held[passage.language, passage.text, passage.translates is not None]
            if passage.number not in numbers:
                numbers.append(passage.number)

    def __call__(self, language: str, text: str, translates: int | None) -> int:
        """The number that these words have had, or the next that nobody had."""
        numbers = self.held[language, text, translates is not None]
        while numbers:
            number = numbers.popleft()
            if number not in self.taken:
                break
        else:
            self.given += 1
            number = self.given
        self.taken.add(number)
        return number
