"""What is found while a document is read: what to tell of it, its pictures, and what its paragraphs are."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

SHOWN = 3  # examples of a kind
LONGEST = 60


@dataclass
class Found:
    counts: Counter[str] = field(default_factory=Counter)
    words: dict[str, list[str]] = field(default_factory=dict)  # what was left out, by kind
    examples: dict[str, list[str]] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)  # words of ours, for what cannot be shown
    paragraphs: list[dict[str, Any]] = field(default_factory=list)  # by their number
    pictures: list[dict[str, Any]] = field(default_factory=list)  # by theirs
    links: list[str] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)

    def tell(self, kind: str, count: int = 1, *, shown: str = '') -> None:
        self.counts[kind] += count
        several = self.examples.setdefault(kind, [])
        shown = ' '.join(shown.split())
        if shown and len(several) < SHOWN:
            several.append(shown if len(shown) <= LONGEST else f'{shown[:LONGEST].rstrip()}…')

    def leave_out(self, kind: str, words: str) -> None:
        self.words.setdefault(kind, []).append(words)

    def place(self, what: str, said: str = '') -> str:
        """The words that stand where something cannot be shown. The checklist counts places that begin so."""
        said = f': {" ".join(said.split())}' if said.strip() else ''
        words = f' [Picture left out: {what}{said}; please send a PNG] '
        self.added.append(words)
        return words
