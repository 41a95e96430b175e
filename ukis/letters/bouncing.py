"""What becomes of a letter that came back, and of its address."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from ukis import days
from ukis.letters.models import Bounce, Letter, SuppressedAddress
from ukis.letters.queueing import State
from ukis.letters.refusing import Cause, suppress
from ukis.letters.reports import Meaning, Report, read
from ukis.letters.return_path import key_of
from ukis.letters.subjects import lock_subject, tell_given_up, tell_unwanted
from ukis.letters.wording import kind_of

# A full mailbox, a server that is away: so many letters with none that arrived between them, over so long a time.
SOFT_LETTERS, SOFT_FOR, SOFT_WITHIN = 3, timedelta(days=7), timedelta(days=120)

log = logging.getLogger(__name__)


def take(raw: bytes, now: datetime | None = None) -> Bounce | None:
    """What this message says of a letter of ours. None where it says nothing of any, or has said so before."""
    report = read(raw)
    letter = _letter_of(report) if report else None
    if report is None or letter is None:
        log.info('A message in the mailbox for letters that come back says nothing of a letter of ours')
        return None
    at = now or timezone.now()
    return (
        unwanted(letter, report, at) if report.verdict == Meaning.UNWANTED else came_back(letter, report, at)
    )


def _letter_of(report: Report) -> Letter | None:
    """By what only whoever had the letter knows: its signed return path, or in a complaint its random Message-ID."""
    if key := key_of(report.to):
        return Letter.objects.filter(pk=key).first()
    return Letter.objects.filter(message_id=report.message_id).first() if report.message_id else None


@transaction.atomic
def came_back(letter: Letter, report: Report, at: datetime) -> Bounce | None:
    row = _in_hand(letter)
    if not (_perhaps_left(row) and row.to_address):
        return None  # said before; or its reader is forgotten, and what a mail server says names them
    row.state, row.last_error, row.sent_at = State.BOUNCED, report.says, row.sent_at or at
    row.save(update_fields=['state', 'last_error', 'sent_at'])
    bounce = _put_down(row, report, at)
    _judge_address(bounce)
    tell_given_up(row)
    return bounce


@transaction.atomic
def unwanted(letter: Letter, report: Report, at: datetime) -> Bounce | None:
    """Its reader pressed the button for unwanted letters: nothing that can be refused goes there, from now on."""
    row = _in_hand(letter)
    said_before = row.bounces.filter(verdict=Meaning.UNWANTED).exists()
    if said_before or not (_perhaps_left(row) and row.to_address):
        return None
    bounce = _put_down(row, report, at)
    suppress(bounce.address, Cause.COMPLAINT, f'{kind_of(row)} ({report.says})', at=at)
    tell_unwanted(row)
    return bounce


def _in_hand(letter: Letter) -> Letter:
    lock_subject(letter)
    return Letter.objects.select_for_update(of=('self',)).get(pk=letter.pk)


def _perhaps_left(row: Letter) -> bool:
    return row.state in (State.SENT, State.SENDING) or bool(row.state == State.WAITING and row.in_doubt)


def _put_down(row: Letter, report: Report, at: datetime) -> Bounce:
    return Bounce.objects.create(
        letter=row,
        address=row.to_address.lower(),
        verdict=report.verdict,
        says=report.says,
        at=at,
    )


def _judge_address(bounce: Bounce) -> None:
    if bounce.verdict == Meaning.DEAD:
        suppress(bounce.address, Cause.BOUNCED, bounce.says, at=bounce.at)
    elif bounce.verdict == Meaning.SOFT and _for_long(bounce):
        why = f'{SOFT_LETTERS} letters came back within some weeks, the last one: {bounce.says}'
        suppress(bounce.address, Cause.BOUNCED_FOR_DAYS, why, at=bounce.at)


def _for_long(bounce: Bounce) -> bool:
    assert bounce.letter.sent_at is not None, 'what came back had left'
    times = _coming_back(bounce.address, bounce.at, bounce.letter.sent_at)
    return len(times) >= SOFT_LETTERS and times[-1] - times[0] >= SOFT_FOR


def came_back_lately(address: str, now: datetime) -> str:
    """How many of the last letters found a full mailbox or its server away, and what comes of it; '' where none did."""
    times = _coming_back(address, now, now)
    if not times:
        return ''
    came = 'One letter came back' if len(times) == 1 else f'{len(times)} letters came back'
    since = f'{"on" if len(times) == 1 else "since"} {days.in_words(days.london_day(times[0]))}'
    return (
        f'{came} {since}: its mailbox is full, or its server away. Where {SOFT_LETTERS} do over {SOFT_FOR.days} days '
        f'or longer, within {SOFT_WITHIN.days}, and none arrives in between, nothing is sent there any more.'
    )


def _coming_back(address: str, now: datetime, before: datetime) -> list[datetime]:
    """Counted from when somebody last lifted it, and anew from a letter sent before that time that arrived."""
    lifted = SuppressedAddress.objects.filter(address=address, lifted_at__isnull=False)
    newest = lifted.order_by('-lifted_at').values_list('lifted_at', flat=True).first()
    since = max(filter(None, (newest, now - SOFT_WITHIN)))
    soft = Bounce.objects.filter(address=address, verdict=Meaning.SOFT, at__gt=since)
    arrived = Letter.objects.annotate(small_address=Lower('to_address')).filter(
        small_address=address, state=State.SENT, sent_at__gt=since - SOFT_WITHIN, sent_at__lt=before
    )
    last = arrived.order_by('-sent_at').values_list('sent_at', flat=True).first()
    if last is not None:
        soft = soft.filter(letter__sent_at__gt=last)
    return list(soft.order_by('at').values_list('at', flat=True))
