"""By chance, and in bulk."""

import random
from collections.abc import Iterable, Sequence
from itertools import accumulate, batched
from typing import Any

from django.db import models

WORDS = """
    evidence practice change team service school clinic nurse teacher child family outcome trial reach adopt fidelity
    context barrier enabler coach lead learn scale sustain measure cost equity voice policy region council hospital
    community partner funding pilot method theory model frame reflect question answer year
""".split()


class Zipf:
    """Draws from rows, the first of them most often."""

    def __init__(self, chance: random.Random, rows: Sequence[Any]) -> None:
        self.chance, self.rows = chance, rows
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(len(rows))))

    def draw(self, count: int = 1) -> list[Any]:
        """Up to `count` rows, each once."""
        return list(dict.fromkeys(self.chance.choices(self.rows, cum_weights=self.weights, k=count)))


def words(chance: random.Random, count: int) -> str:
    return ' '.join(chance.choices(WORDS, k=count)).capitalize()


def text(chance: random.Random) -> str:
    """The body of a blog."""
    return ''.join(f'<p>{words(chance, 80)}.</p>' for _ in range(8))


def in_bulk(rows: Iterable[Any]) -> list[Any]:
    """Writes rows of one model."""
    rows = list(rows)
    for batch in batched(rows, 500):
        model: type[models.Model] = type(batch[0])
        model._default_manager.bulk_create(batch)
    return rows
