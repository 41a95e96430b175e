"""What staff read of a letter: its kind and what became of it, in the house's words."""

from datetime import datetime

from django.utils import timezone

from ukis import days
from ukis.letters import pausing
from ukis.letters.models import Letter
from ukis.letters.subjects import kinds

State = Letter.State


def kind_of(letter: Letter) -> str:
    return kinds().get(letter.kind) or letter.kind.replace('_', ' ').capitalize()


def fate(letter: Letter, now: datetime | None = None) -> str:
    """What became of it, and when, or what will."""
    doubt = ' (perhaps twice: a worker stopped, or the line broke, in the middle)' if letter.in_doubt else ''
    match letter.state:
        case State.WAITING:
            return _waits(letter, now or timezone.now()) + doubt
        case State.SENT if letter.sent_at:
            return f'Sent {days.moment_in_words(letter.sent_at)}{doubt}'
        case State.FAILED:
            return f'Could not be sent, after {_times(letter.attempts)}'
        case State.BOUNCED if letter.sent_at:
            return f'Sent {days.moment_in_words(letter.sent_at)}, and came back'
        case State.HELD if letter.in_doubt:
            return 'Perhaps sent: a worker stopped, or the line broke, in the middle. Held, and not repeated by itself'
        case State.HELD:
            return 'Held until somebody sends it'
        case State.RECALLED if letter.overtaken_why:
            return f'Not sent, for it was no longer true: {letter.overtaken_why}'
        case State.SUPPRESSED:
            return 'Not sent: the address refuses letters'
    return str(letter.get_state_display()).capitalize()


def _waits(letter: Letter, now: datetime) -> str:
    if pausing.known():
        return 'Waits, for all mail is paused'
    if letter.send_after <= now:
        return 'Goes out now' if not letter.last_error else 'Goes out as soon as the mail server takes it'
    again = 'Tried before, again from ' if letter.attempts else 'Waits until '
    return f'{again}{days.moment_in_words(letter.send_after)}'


def _times(count: int) -> str:
    return {0: 'no attempt', 1: 'one attempt'}.get(count, f'{count} attempts')
