"""Commissions: an invitation to write, and its way to a promise. The only code that changes one's state."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from blog.commissioning.answering import (
    Suggested,
    accept,
    begin,
    decline,
    expire_due,
    fulfil_due,
    is_theirs,
    keep_first_words,
    propose,
    send_link,
    suggest,
)
from blog.commissioning.asking import (
    ASKED,
    OF_INVITEE,
    Known,
    agree_date,
    change,
    copied,
    correct_address,
    discard,
    draft,
    known,
    move_dates,
    note_no,
    note_yes,
    refuse_date,
    revive,
    send,
    take_back,
)
from blog.commissioning.engine import Actor, roles_of
from blog.commissioning.forgetting import long_over
from blog.commissioning.handing_on import hand_on_from_guests
from blog.commissioning.moves import EDITORS, MOVES, CommissionMove, CommissionParty, in_words
from blog.commissioning.putting_off import note_put_off
from blog.models import Commission, Submission
from blog.states import CLOSED
from blog.states.commission_states import CommissionState, Waits, waits_for
from ukis.engine import Situation
from ukis.private import ByLink

__all__ = [
    'ASKED',
    'EDITORS',
    'MOVES',
    'OF_INVITEE',
    'Actor',
    'ByLink',
    'CommissionMove',
    'CommissionParty',
    'Known',
    'Suggested',
    'accept',
    'agree_date',
    'begin',
    'change',
    'copied',
    'correct_address',
    'decline',
    'discard',
    'draft',
    'expire_due',
    'fulfil_due',
    'hand_on_from_guests',
    'in_words',
    'is_theirs',
    'keep_first_words',
    'known',
    'long_over',
    'move_dates',
    'moves_for',
    'note_no',
    'note_put_off',
    'note_yes',
    'propose',
    'refuse_date',
    'revive',
    'roles_of',
    'send',
    'send_link',
    'suggest',
    'take_back',
    'waiting',
]


def waiting() -> QuerySet[Commission]:
    """What people are asked and have not answered, and what they promised and have not begun."""
    begun = Submission.objects.filter(commission=OuterRef('pk'))
    rows = Commission.objects.filter(state__in=waits_for(Waits.INVITEE))
    rows = rows.exclude(Exists(begun.exclude(state__in=CLOSED)))
    rows = rows.exclude(Q(state=CommissionState.ACCEPTED) & Exists(begun))
    return rows.select_related('editor').order_by('answer_by', 'pk')


def moves_for(commission: Commission, by: Actor) -> list[tuple[CommissionMove, str]]:
    """The buttons for somebody on the commission as it stands, each with why it cannot be pressed just now, or ''."""
    roles = roles_of(commission, by)
    case = Situation(commission, roles, timezone.now())
    return [
        (move, move.guard(case))
        for move in MOVES.values()
        if move.who & roles and commission.state in move.frm
    ]
