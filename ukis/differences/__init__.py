"""What changed between two texts, word by word, as clean HTML with `<ins>` and `<del>`.

However long and odd the texts, comparing them costs no more than the budget of `comparing`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from ukis.differences import blocks, marking
from ukis.differences.comparing import Budget

# A text, and whether it is HTML.
type Part = tuple[str, bool]

IS_SHORT = (
    'So much differs that not all of it was compared word by word: the rest is marked as taken out and put '
    'in anew, though some of it may be the same.'
)


class Compared(NamedTuple):
    """Each part with its changes marked. `is_short`: not all of it was compared, what was left counts as replaced."""

    parts: dict[str, SafeString]
    is_short: bool


def compared(before: Mapping[str, Part], after: Mapping[str, Part]) -> Compared:
    """Parts of the same names. The one called `body` may be long, and alone is cut short."""
    budget, marked = Budget(), {}
    for name, (text, is_html) in sorted(after.items(), key=lambda part: part[0] == 'body'):
        compare = blocks.marked if is_html else marking.text
        marked[name] = mark_safe(compare(before[name][0], text, budget))  # noqa: S308  # built from escaped words and cleaned tags
    return Compared(marked, budget.is_short)
