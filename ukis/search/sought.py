"""What is looked for, word by word: the ways in which a database may find it."""

from collections.abc import Sequence
from dataclasses import dataclass

# A facet: too long for PostgreSQL to know all places of its words.
LONG = 'long'


@dataclass(frozen=True)
class One:
    """One of these: a stem, and the word as it was typed."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Begins:
    word: str


@dataclass(frozen=True)
class Phrase:
    """In a row, as they stand."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class All:
    """Anywhere, each of them."""

    ways: tuple['Sought', ...]


type Sought = One | Begins | Phrase | All


def has_rows(sought: Sequence[Sequence[Sought]]) -> bool:
    """Whether anything in it has to stand in a row."""
    return any(isinstance(way, Phrase) and len(way.words) > 1 for ways in sought for way in ways)
