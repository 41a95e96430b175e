"""The outbox. A letter is a row, queued with what it tells of and sent by the worker afterwards."""

from ukis.letters.emails import framed
from ukis.letters.keeping import TooLate, check_words, edit, hold, recall, release, retry
from ukis.letters.models import LINK, NOTE
from ukis.letters.queueing import cancel, queue
from ukis.letters.sending import MailServerAway, send_due
from ukis.letters.subjects import SUBJECTS, Subject, register_subject

__all__ = [
    'LINK',
    'NOTE',
    'SUBJECTS',
    'MailServerAway',
    'Subject',
    'TooLate',
    'cancel',
    'check_words',
    'edit',
    'framed',
    'hold',
    'queue',
    'recall',
    'register_subject',
    'release',
    'retry',
    'send_due',
]
