"""Forgetting a person: what that does to each kind of row, shown beforehand, and done. The row itself keeps its key,
so that history, versions and invoices keep what they point at.

The apps say what they do first (`register_step`), because people's places, offices and drafts end by verbs; then each
`Holding` does what it said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model

from ukis.personal import Fate, Holding, Leaving, holdings

FORMER = 'Former member'
ERASED = '(erased)'

_steps: list[Callable[[Leaving], object]] = []
_printed: list[Callable[[Any], bool]] = []


def register_step(step: Callable[[Leaving], object]) -> None:
    """Called in the transaction that erases, before any row is blanked; in the order in which the apps start."""
    _steps.append(step)


def register_print(names: Callable[[Any], bool]) -> None:
    """Whether anything that is published names a person: then they are asked what becomes of it."""
    _printed.append(names)


def is_in_print(person: Model) -> bool:
    return any(names(person) for names in _printed)


@dataclass(frozen=True)
class PreviewRow:
    words: str
    fate: Fate
    count: int
    why: str


def preview(person: Model) -> list[PreviewRow]:
    """Every kind of row there is of this person, how many, and what becomes of them."""
    found: dict[tuple[str, Fate, str], int] = {}
    for one in holdings():
        if one.erasure is not None and (count := one.of(person).count()):
            key = (one.words, one.erasure.fate, one.erasure.why)
            found[key] = found.get(key, 0) + count
    return [PreviewRow(words, fate, count, why) for (words, fate, why), count in found.items()]


def erase(leaving: Leaving) -> None:
    """All of it, in the caller's transaction. Doing it twice does no more than doing it once."""
    for step in _steps:
        step(leaving)
    for one in sorted(holdings(), key=_is_the_row_itself):
        _erase_rows(one, leaving)


def _is_the_row_itself(one: Holding) -> bool:
    return one.model == get_user_model()._meta.label_lower


def _erase_rows(one: Holding, leaving: Leaving) -> None:
    said = one.erasure
    if said is None:
        return
    rows: Any = one.of(leaving.person)
    if said.by is not None:
        said.by(leaving)
    elif said.blanks:
        rows.order_by().update(**said.blanks)
    elif said.fate == Fate.DELETED:
        rows.order_by().delete()
