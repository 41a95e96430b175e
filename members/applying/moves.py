"""The moves of an application, a row each, and who may make them."""

from dataclasses import dataclass
from enum import StrEnum

from members.application_states import ApplicationState as State
from members.applying import principles
from members.models import Application
from ukis import engine
from ukis.engine import Situation


class Party(StrEnum):
    """What somebody is to an application."""

    APPLICANT = 'applicant'
    STAFF = 'staff'


APPLICANT, STAFF = frozenset({Party.APPLICANT}), frozenset({Party.STAFF})


@dataclass(frozen=True, kw_only=True)
class ApplicationMove(engine.Move[Application, Party]):
    """`letter`: the kind that the applicant gets, where it is not the verb that knows more; `to_staff`: the one that
    staff get. `decides`: it is kept who made it, when and why. `tells`: who is written to, for the button."""

    letter: str = ''
    to_staff: str = ''
    tells: str = 'nobody'
    decides: bool = False
    history: str  # what stands of it in the history
    grave: bool = False


def _complete(case: Situation[Application, Party]) -> str:
    if not case.row.complete:
        return 'This application is not filled in yet. Go on with it, and send it then.'
    return ''


def why_no_approval(row: Application) -> str:
    """What staff have is what the applicant last sent, whole and agreed to; changes that are only saved are neither."""
    if row.complete and row.agreed_at:
        return ''
    return (
        'It cannot be approved as it stands: the applicant changed it and has not sent it again, or has not agreed to '
        'the principles. Ask for more; they send it again then.'
    )


def _is_whole(case: Situation[Application, Party]) -> str:
    return why_no_approval(case.row)


def _complete_and_agreed(case: Situation[Application, Party]) -> str:
    return _complete(case) or principles.changed_since(case.row)


def _has_organisation(case: Situation[Application, Party]) -> str:
    return _complete(case) or ('' if case.row.organisation_id else 'It names no organisation that we know.')


_ROWS = (
    ApplicationMove(
        name='submit',
        label='Send the application',
        frm=(State.DRAFT,),
        to=State.SUBMITTED,
        who=APPLICANT,
        guard=_complete_and_agreed,
        letter='application_received',
        to_staff='application_arrived',
        history='Sent',
    ),
    ApplicationMove(
        name='ask_seat',
        label='Ask for a place',
        frm=(State.DRAFT, State.ASKED),
        to=State.REFERRED,
        who=APPLICANT,
        guard=_has_organisation,
        history='Asked its main contacts for a place instead',
    ),
    ApplicationMove(
        name='send_again',
        label='Send it again',
        frm=(State.ASKED,),
        to=State.SUBMITTED,
        who=APPLICANT,
        guard=_complete_and_agreed,
        letter='application_received',
        to_staff='application_arrived',
        history='Sent again',
    ),
    ApplicationMove(
        name='withdraw',
        label='Withdraw the application',
        frm=(State.SUBMITTED, State.ASKED),
        to=State.WITHDRAWN,
        who=APPLICANT,
        history='Withdrawn by the applicant',
        grave=True,
    ),
    ApplicationMove(
        name='approve',
        label='Approve',
        frm=(State.SUBMITTED, State.ASKED),
        to=State.APPROVED,
        who=STAFF,
        guard=_is_whole,
        letter='application_approved',
        tells='the applicant, with what to pay',
        decides=True,
        history='Approved',
    ),
    ApplicationMove(
        name='ask',
        label='Ask for more',
        frm=(State.SUBMITTED, State.ASKED),
        to=State.ASKED,
        who=STAFF,
        asks=('note',),
        letter='application_asked',
        tells='the applicant',
        history='Asked for more',
    ),
    ApplicationMove(
        name='decline',
        label='Decline',
        frm=(State.SUBMITTED, State.ASKED),
        to=State.DECLINED,
        who=STAFF,
        asks=('note',),
        letter='application_declined',
        tells='the applicant, with your reason',
        decides=True,
        history='Declined',
        grave=True,
    ),
    ApplicationMove(
        name='reopen',
        label='Reopen',
        frm=(State.DECLINED, State.WITHDRAWN),
        to=State.SUBMITTED,
        who=STAFF,
        asks=('note',),
        letter='application_reopened',
        tells='the applicant',
        history='Reopened',
    ),
)
MOVES = {move.name: move for move in _ROWS}
EVENTS = {'begin': 'Begun'}


def in_words(move: str) -> str:
    return MOVES[move].history if move in MOVES else EVENTS[move]
