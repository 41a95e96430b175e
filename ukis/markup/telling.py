"""What is told of a text that was cleaned: what was left out of it and what came in changed, by name and number."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Kind:
    """How one of them and how several are called. What is not `left_out` came in as something else."""

    one: str
    many: str
    left_out: bool = True
    counts_words: bool = False  # a reader would miss the words: how many there were is told with it


def _changed(one: str, many: str) -> Kind:
    return Kind(one, many, left_out=False)


# In the order in which they are told.
KINDS = {
    'comment': Kind('comment', 'comments'),
    'deletion': Kind('tracked deletion', 'tracked deletions', counts_words=True),
    'struck': Kind('struck-out passage', 'struck-out passages', counts_words=True),
    'hidden': Kind('hidden passage', 'hidden passages', counts_words=True),
    'foreign picture': Kind('picture from another site', 'pictures from another site'),
    'local picture': Kind(
        'picture that was not uploaded here', 'pictures that were not uploaded here'
    ),
    'embedded': Kind('embedded video or page', 'embedded videos or pages'),
    'drawing': Kind('drawing', 'drawings'),
    'link': Kind('link that a reader could not follow', 'links that a reader could not follow'),
    'picture link': Kind('link around a picture', 'links around pictures'),
    'note link': Kind('link to a note that is not there', 'links to notes that are not there'),
    'form field': Kind('form field', 'form fields'),
    'script': Kind('script', 'scripts'),
    'underlining': Kind('underlining', 'underlinings'),
    'colour': Kind('colour', 'colours'),
    'font': Kind('font', 'fonts'),
    'insertion': _changed('tracked insertion is plain text now', 'tracked insertions are plain text now'),
    'embedding': _changed('embedded video or page is a link now', 'embedded videos or pages are links now'),
    'nested table': _changed('table inside a table is paragraphs now', 'tables inside tables are paragraphs now'),
    'inner heading': _changed(
        'heading inside a list, table or quotation is bold text now',
        'headings inside lists, tables or quotations are bold text now',
    ),
    'formula': _changed('formula is plain text now', 'formulas are plain text now'),
    'loose list': _changed(
        'list came without numbers or bullets and is bulleted now',
        'lists came without numbers or bullets and are bulleted now',
    ),
}  # fmt: skip


@dataclass(slots=True)
class Told:
    """How many of each kind, and how many words went with them."""

    counts: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, count: int = 1, words: int = 0) -> None:
        if count or words:
            self.counts[kind] += count
            self.words[kind] += words

    def __bool__(self) -> bool:
        return any(self.counts.values())

    def __add__(self, other: 'Told') -> 'Told':
        return Told(self.counts + other.counts, self.words + other.words)

    def sentences(self, kinds: Mapping[str, Kind] = KINDS) -> list[str]:
        """['Left out: 2 comments, 1 tracked deletion (6 words).', 'Changed: 1 formula is plain text now.']"""
        told = []
        for label, left_out in (('Left out', True), ('Changed', False)):
            parts = [self._part(name, kind) for name, kind in kinds.items() if kind.left_out == left_out]
            if any(parts):
                told.append(f'{label}: {", ".join(filter(None, parts))}.')
        return told

    def _part(self, name: str, kind: Kind) -> str:
        count = self.counts[name]
        if not count:
            return ''
        said = f'{count:,} {kind.one if count == 1 else kind.many}'
        words = self.words[name] if kind.counts_words else 0
        return f'{said} ({words:,} word{"" if words == 1 else "s"})' if words else said


def word_count(text: str) -> int:
    """Words as a word processor counts them: between spaces, with at least one letter or digit."""
    return sum(1 for word in text.split() if any(letter.isalnum() for letter in word))
