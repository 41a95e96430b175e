"""Second readings: a reader's request and answer. The only code that changes the state of one."""

from django.db.models import QuerySet
from django.utils import timezone

from blog.models import Reading, Submission
from blog.readings.answering import Advice, agree, decline, keep_notes, return_advice, send_link
from blog.readings.asking import (
    KnownReader,
    ask,
    correct_address,
    known_reader,
    move_date,
    note_advice,
    note_no,
    remind,
    revive,
    share,
    take_back,
)
from blog.readings.engine import Actor, is_named, parties_on, roles_of
from blog.readings.forgetting import long_over
from blog.readings.moves import (
    EDITORS,
    MOVES,
    ReadingMove,
    ReadingParty,
    in_words,
    readers_are_asked,
)
from blog.readings.putting_off import note_put_off
from blog.workflow import Role
from members.models import Person
from ukis.engine import Situation
from ukis.private import ByLink

__all__ = [
    'EDITORS',
    'MOVES',
    'Actor',
    'Advice',
    'ByLink',
    'KnownReader',
    'ReadingMove',
    'ReadingParty',
    'agree',
    'ask',
    'before_decision',
    'correct_address',
    'decline',
    'in_words',
    'is_named',
    'keep_notes',
    'known_reader',
    'long_over',
    'may_ask',
    'move_date',
    'moves_for',
    'note_advice',
    'note_no',
    'note_put_off',
    'of_submission',
    'parties_on',
    'readers_are_asked',
    'remind',
    'return_advice',
    'revive',
    'roles_of',
    'send_link',
    'share',
    'take_back',
    'waiting_for',
]


def waiting_for(person) -> QuerySet[Reading]:
    """What somebody is asked to read, or said that they would, before it is decided."""
    return Reading.objects.filter(reader=person).open().with_sentences().order_by('due_on', 'pk')


def of_submission(submission: Submission) -> list[Reading]:
    """With their sentences; the long texts of the version stay where they are."""
    found = list(
        Reading.objects.filter(submission=submission)
        .select_related('asked_by', 'version')
        .defer('version__body', 'version__references', 'version__byline', 'version__standfirst')
    )
    for row in found:
        row.submission = submission
    return found


def before_decision(submission: Submission) -> dict[str, list[Reading]]:
    """What whoever decides is shown first: advice that the author has not seen, and readings that have not come."""
    found = of_submission(submission)
    return {
        'readings_kept': [one for one in found if one.is_returned and not one.shared_at],
        'readings_open': [one for one in found if one.is_open and not one.is_decided],
    }


def may_ask(submission: Submission, person: Person, roles: frozenset[Role] | None = None) -> bool:
    return not readers_are_asked(submission.state) and bool(parties_on(submission, person, roles))


def moves_for(reading: Reading, by: Actor) -> list[tuple[ReadingMove, str]]:
    """The buttons for somebody on the reading as it stands, each with why it cannot be pressed just now, or ''."""
    roles = roles_of(reading, by)
    case = Situation(reading, roles, timezone.now())
    return [
        (move, move.guard(case)) for move in MOVES.values() if move.who & roles and reading.state in move.frm
    ]
