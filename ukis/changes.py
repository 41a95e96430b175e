"""Something changed that other rows follow from: said once, in the transaction that changes it, heard by many.

Whoever keeps such rows says so from its `AppConfig.ready()`, so that the cellar need not know who listens.
"""

from collections.abc import Callable, Collection

# A row of any kind: its content type's key and its own.
type Key = tuple[int, int]

_of_tags: list[Callable[[Collection[Key]], None]] = []


def hear_of_tags(hearer: Callable[[Collection[Key]], None]) -> None:
    """It is called after rows were given other tags by a change of the tags themselves."""
    _of_tags.append(hearer)


def tell_of_tags(rows: Collection[Key]) -> None:
    for hearer in _of_tags:
        hearer(rows)
