"""Applications for membership: what an applicant says, how it moves, what is disposed of."""

from django.utils import timezone

from members.applying import principles
from members.applying.deciding import (
    approve,
    ask,
    ask_seat,
    decline,
    reopen,
    running,
    send_again,
    submit,
    withdraw,
)
from members.applying.disposing import dispose, due_to_go
from members.applying.engine import PROCESS, roles_of
from members.applying.moves import MOVES, ApplicationMove, Party, in_words, why_no_approval
from members.applying.words import (
    DRAFT_DAYS,
    Said,
    SentFile,
    begin,
    discard,
    save,
    send_link,
)
from members.models import Application, Person
from ukis.engine import Situation

__all__ = [
    'DRAFT_DAYS',
    'MOVES',
    'ApplicationMove',
    'Party',
    'Said',
    'SentFile',
    'approve',
    'ask',
    'ask_seat',
    'begin',
    'decline',
    'discard',
    'dispose',
    'due_to_go',
    'in_words',
    'moves_for',
    'principles',
    'reopen',
    'roles_of',
    'running',
    'save',
    'send_again',
    'send_link',
    'submit',
    'why_no_approval',
    'withdraw',
]


def moves_for(application: Application, by: Person | None) -> list[ApplicationMove]:
    """The buttons for somebody (None: by the private link) on the application as it stands."""
    roles = roles_of(application, by)
    case = Situation(application, roles, timezone.now())
    return [move for move in MOVES.values() if move.who & roles and not PROCESS.why_not(move, case)]
