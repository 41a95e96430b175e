"""The states of a commission, a row each: whom it waits for, and the sentence that either side reads.

To add one: a member of `CommissionState`, its row, the moves that lead there and away (`blog/commissioning/moves.py`),
their lines in the matrix of `tests/blog/test_commissions.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class CommissionState(models.TextChoices):
    """As an editor reads them."""

    DRAFT = 'draft', 'Not sent yet'
    SENT = 'sent', 'Waiting for an answer'
    ACCEPTED = 'accepted', 'Promised'
    DECLINED = 'declined', 'Said no'
    EXPIRED = 'expired', 'No answer'
    TAKEN_BACK = 'taken_back', 'Taken back'
    FULFILLED = 'fulfilled', 'Published'


class Waits(StrEnum):
    """For whom it waits."""

    EDITOR = 'editor'
    INVITEE = 'invitee'
    NOBODY = 'nobody'


@dataclass(frozen=True, kw_only=True)
class CommissionRow:
    """One state. Blanks of the sentences: {name} {answer_by} {deadline} {since} {proposed}."""

    invitee: str  # what the invitee reads
    editor: str
    waits: Waits
    # What either reads while a later date that the invitee proposed has no answer.
    invitee_proposed: str = ''
    invitee_proposed_soon: str = ''  # until the day to answer by: then they hear how it stands
    editor_proposed: str = ''
    desk_proposed: str = ''  # in place of the state's name
    # Once their words are with the editors.
    invitee_sent: str = ''
    editor_sent: str = ''
    # Once these words came to nothing, by either side.
    invitee_over: str = ''
    editor_over: str = ''
    editor_late: str = ''  # once the day to answer by is past
    editor_asked_again: str = ''  # declined, with 'ask me again after …'
    invitee_named: str = ''  # declined, with somebody else's name
    answered: bool = False  # by the invitee, who may change it
    kind: str = 'off'  # the shape beside the invitee's words: waits for you, done, off
    open: bool = False  # the editor still hopes for words


State = CommissionState
STATES: dict[CommissionState, CommissionRow] = {
    State.DRAFT: CommissionRow(
        invitee='You have not been asked yet.',
        editor='Nobody has been asked yet.',
        waits=Waits.EDITOR,
        open=True,
    ),
    State.SENT: CommissionRow(
        invitee='We hope for your answer by {answer_by}.',
        editor='{name} was asked on {since}, and answers by {answer_by}.',
        invitee_proposed='You asked for {proposed} instead of {deadline}. The editor answers you; you can still '
        'change your mind here.',
        invitee_proposed_soon='You asked for {proposed} instead of {deadline}. The editor answers you by letter, and '
        'by {answer_by} you hear how it stands; you can still change your mind here.',
        editor_proposed='{name} would write it by {proposed} instead of {deadline}. Agree to it, or not.',
        desk_proposed='They ask for another date',
        editor_late='{name} was asked on {since}, was to answer by {answer_by}, and has not.',
        waits=Waits.INVITEE,
        kind='you',
        open=True,
    ),
    State.ACCEPTED: CommissionRow(
        invitee='You said yes: thank you. We hope for your words by {deadline}.',
        editor='{name} said yes on {since}, and writes by {deadline}.',
        invitee_proposed='You said yes, and asked for {proposed} instead of {deadline}. The editor answers you.',
        editor_proposed='{name} said yes, and asks for {proposed} instead of {deadline}. Agree to it, or not.',
        desk_proposed='Promised, for another date',
        invitee_sent='You said yes, and sent us your words: thank you. The editor answers you.',
        editor_sent='{name} said yes, and has sent the words.',
        invitee_over='You said yes, and what you wrote is closed: you need do nothing more. Write to us if you wish to '
        'talk about it.',
        editor_over='{name} said yes, and it came to nothing. Ask again, or take it back.',
        answered=True,
        waits=Waits.INVITEE,
        kind='you',
        open=True,
    ),
    State.DECLINED: CommissionRow(
        invitee='You said no on {since}: thank you for telling us.',
        invitee_named='You said no on {since}, and named somebody else: thank you. The editor decides whether to '
        'ask them.',
        answered=True,
        editor='{name} said no on {since}.',
        editor_asked_again='{name} said no on {since}, and may be asked again after {again}.',
        waits=Waits.NOBODY,
    ),
    State.EXPIRED: CommissionRow(
        invitee='We hoped for your answer by {answer_by} and had none. If it is not too late for you, answer now.',
        editor='{name} did not answer by {answer_by}.',
        waits=Waits.NOBODY,
    ),
    State.TAKEN_BACK: CommissionRow(
        invitee='The editor took this back on {since}: you need do nothing. Write to us if you wish to talk about it.',
        editor='Taken back on {since}.',
        waits=Waits.NOBODY,
    ),
    State.FULFILLED: CommissionRow(
        invitee='What you wrote has been published: thank you.',
        editor='{name} wrote it, and it has been published.',
        waits=Waits.NOBODY,
        kind='done',
    ),
}


def row_of(state: str) -> CommissionRow:
    return STATES[CommissionState(state)]


def waits_for(whom: Waits) -> list[CommissionState]:
    return where(lambda row: row.waits == whom)


def where(fits: Callable[[CommissionRow], bool]) -> list[CommissionState]:
    return [state for state, row in STATES.items() if fits(row)]
