"""The states of a second reading, a row each: whom it waits for, and the sentence that either side reads.

To add one: a member of `ReadingState`, its row, the moves that lead there and away (`blog/readings/moves.py`),
their lines in the matrix of `tests/blog/test_readings.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models


class ReadingState(models.TextChoices):
    """As an editor reads them."""

    ASKED = 'asked', 'Asked, no answer yet'
    AGREED = 'agreed', 'Reading it'
    DECLINED = 'declined', 'Said no'
    RETURNED = 'returned', 'Advised'
    TAKEN_BACK = 'taken_back', 'Taken back'


@dataclass(frozen=True, kw_only=True)
class ReadingRow:
    """One state. Blanks of the sentences: {name} {due} {since} {meanwhile}."""

    reader: str  # what the reader reads
    editor: str
    # What either reads once the editor has decided without waiting.
    reader_decided: str = ''
    editor_decided: str = ''
    editor_late: str = ''
    kind: str = 'off'  # the shape beside the reader's words: waits for you, done, off
    open: bool = False  # the editor still hopes for advice


State = ReadingState
STATES: dict[ReadingState, ReadingRow] = {
    State.ASKED: ReadingRow(
        reader='We hope for your advice by {due}.',
        editor='{name} was asked on {since}, has not answered yet, and is to advise by {due}.',
        reader_decided='{meanwhile} meanwhile, and you need do nothing. What you would like to say is still read, '
        'and kept.',
        editor_decided='{name} was asked on {since}, and had not answered when it was decided.',
        editor_late='{name} was asked on {since}, was to advise by {due}, and has not answered.',
        kind='you',
        open=True,
    ),
    State.AGREED: ReadingRow(
        reader='You said yes: thank you. We hope for your advice by {due}.',
        editor='{name} said yes on {since}, and advises by {due}.',
        reader_decided='You said yes: thank you. {meanwhile} meanwhile. What you would like to say is still read, '
        'and kept.',
        editor_decided='{name} said yes on {since}, and had not advised when it was decided.',
        editor_late='{name} said yes, was to advise by {due}, and has not.',
        kind='you',
        open=True,
    ),
    State.DECLINED: ReadingRow(
        reader='You said no on {since}: thank you for telling us.', editor='{name} said no on {since}.'
    ),
    State.RETURNED: ReadingRow(
        reader='You sent your advice on {since}: thank you. The editor has it.',
        editor='{name} advised on {since}.',
        kind='done',
    ),
    State.TAKEN_BACK: ReadingRow(
        reader='The editor took this back on {since}: you need do nothing. Thank you for your time.',
        editor='Taken back from {name} on {since}.',
    ),
}


def row_of(state: str) -> ReadingRow:
    return STATES[ReadingState(state)]


def where(fits: Callable[[ReadingRow], bool]) -> list[ReadingState]:
    return [state for state, row in STATES.items() if fits(row)]


OPEN = where(lambda row: row.open)
