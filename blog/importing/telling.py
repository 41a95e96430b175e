"""What an import did, or would do: counted, and listed wherever something was not brought as it was."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from ukis import days
from ukis.markup import Told

# What may become of a text, in the order in which it is told.
NEW, HERE, EDITED, CHANGED, AGAIN, HIDDEN, REFUSED = (
    'new', 'here', 'edited', 'changed', 'again', 'hidden', 'refused',
)  # fmt: skip
OUTCOMES = {
    NEW: ('brought in', 'to be brought in'),
    HERE: ('here already, as they are there', 'here already, as they are there'),
    EDITED: ('edited here since, left as they are', 'edited here since, to be left as they are'),
    CHANGED: (
        'changed there since, left as they are here',
        'changed there since, to be left as they are here',
    ),
    AGAIN: ('in more than one file, taken once', 'in more than one file, to be taken once'),
    HIDDEN: ('not public there, not taken', 'not public there, not to be taken'),
    REFUSED: ('not taken', 'not to be taken'),
}
SHOWN = 200  # lines of one list; a file of the report has them all


@dataclass
class ImportReport:
    dry: bool = False
    outcomes: Counter[str] = field(default_factory=Counter)
    lists: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    told: Told = field(default_factory=Told)
    left_out: Counter[str] = field(default_factory=Counter)
    comments: int = 0
    redirects: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None
    of_feeds: int = 0
    # (old address, today's slug), for whoever keeps the old site's server.
    led: list[tuple[str, str]] = field(default_factory=list)

    @property
    def new(self) -> int:
        return self.outcomes[NEW]

    def add(self, outcome: str, called: str, why: str = '') -> None:
        self.outcomes[outcome] += 1
        if outcome not in (NEW, HERE):
            self.note(OUTCOMES[outcome][self.dry].capitalize(), f'{called}: {why}' if why else called)

    def note(self, heading: str, line: str) -> None:
        self.lists[heading].append(line)

    def saw(self, moment: datetime | None) -> None:
        if moment:
            self.oldest = min(self.oldest or moment, moment)
            self.newest = max(self.newest or moment, moment)

    def summary(self) -> list[str]:
        lines = [f'Texts: {self.outcomes.total():,}.']
        lines += [
            f'  {self.outcomes[one]:,} {words[self.dry]}'
            for one, words in OUTCOMES.items()
            if self.outcomes[one]
        ]
        if self.oldest and self.newest:
            first, last = (days.in_words(days.london_day(one)) for one in (self.oldest, self.newest))
            lines.append(f'The oldest is of {first}, the newest of {last}.')
        if self.of_feeds:
            lines.append(
                f'{self.of_feeds:,} of them came from feeds, and a feed holds only the newest: what is older than the '
                'oldest is not in it. Save the old pages into a folder, and give that too.'
            )
        if self.redirects:
            lines.append(
                f'Old addresses that {"would lead" if self.dry else "lead"} here: {self.redirects:,}.'
            )
        if self.comments:
            lines.append(f'Comments not taken: {self.comments:,}. This site has none.')
        lines += self.told.sentences()
        lines += [
            f'{kind[0].upper()}{kind[1:]}: {count:,}.'
            for kind, count in sorted(self.left_out.items())
            if count
        ]
        return lines

    def text(self, shown: int | None = SHOWN) -> str:
        head = 'Dry run: nothing was written.' if self.dry else 'Done.'
        lines = [head, '', *self.summary()]
        for heading, listed in self.lists.items():
            lines += ['', f'{heading} ({len(listed):,}):', *(f'  {one}' for one in listed[:shown])]
            if shown is not None and len(listed) > shown:
                lines.append(f'  … and {len(listed) - shown:,} more.')
        return '\n'.join(lines) + '\n'
