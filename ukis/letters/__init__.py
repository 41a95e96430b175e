"""The outbox. A letter is a row, queued with what it tells of and sent by the worker afterwards."""

from ukis.letters.by_hand import (
    FROM,
    TooLate,
    beside,
    check_words,
    edit,
    hold,
    recall,
    release,
    retry,
    retry_all,
    take_in_hand,
    why_no_other_note,
    why_not,
)
from ukis.letters.choosing import MailChoice, choose, chosen, not_undoing, register_choices
from ukis.letters.emails import framed
from ukis.letters.models import INSET, LINK, NOTE, without_places
from ukis.letters.queueing import TooManyLetters, cancel, queue
from ukis.letters.refusing import (
    is_refused,
    lift,
    proved,
    proves_nothing,
    sets_no_password,
    suppress,
    unreachable,
)
from ukis.letters.sending import MailServerAway, send_due
from ukis.letters.subjects import SUBJECTS, Foot, Inset, Subject, kinds, register_subject
from ukis.letters.texts import LetterWords, stand_in, written

__all__ = [
    'FROM',
    'INSET',
    'LINK',
    'NOTE',
    'SUBJECTS',
    'Foot',
    'Inset',
    'LetterWords',
    'MailChoice',
    'MailServerAway',
    'Subject',
    'TooLate',
    'TooManyLetters',
    'beside',
    'cancel',
    'check_words',
    'choose',
    'chosen',
    'edit',
    'framed',
    'hold',
    'is_refused',
    'kinds',
    'lift',
    'not_undoing',
    'proved',
    'proves_nothing',
    'queue',
    'recall',
    'register_choices',
    'register_subject',
    'release',
    'retry',
    'retry_all',
    'send_due',
    'sets_no_password',
    'stand_in',
    'suppress',
    'take_in_hand',
    'unreachable',
    'why_no_other_note',
    'why_not',
    'without_places',
    'written',
]
