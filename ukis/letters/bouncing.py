"""What becomes of a letter that came back, and of its address."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ukis.letters.models import Bounce, Letter, SuppressedAddress
from ukis.letters.queueing import State
from ukis.letters.refusing import Cause, suppress
from ukis.letters.reports import Meaning, Report, read
from ukis.letters.return_path import key_of
from ukis.letters.subjects import lock_subject, tell_given_up

# A full mailbox, a server that is away: so many letters, over so long a time.
SOFT_LETTERS, SOFT_FOR, SOFT_WITHIN = 3, timedelta(days=14), timedelta(days=120)

log = logging.getLogger(__name__)


def take(raw: bytes, now: datetime | None = None) -> Bounce | None:
    """What this message says of a letter of ours. None where it says nothing of any, or has said so before."""
    report = read(raw)
    key = key_of(report.to) if report else None
    letter = Letter.objects.filter(pk=key).first() if key else None
    if report is None or letter is None:
        log.info('A message in the mailbox for letters that come back says nothing of a letter of ours')
        return None
    return came_back(letter, report, now or timezone.now())


@transaction.atomic
def came_back(letter: Letter, report: Report, at: datetime) -> Bounce | None:
    lock_subject(letter)
    row = Letter.objects.select_for_update(of=('self',)).get(pk=letter.pk)
    if not (row.state in (State.SENT, State.SENDING) or (row.state == State.WAITING and row.in_doubt)):
        return None  # said before
    if not row.to_address:
        return None  # its reader is forgotten, and what a mail server says names them
    bounce = Bounce.objects.create(
        letter=row,
        address=row.to_address.lower(),
        verdict=report.verdict,
        says=report.says,
        at=at,
    )
    _judge_address(bounce)
    row.state, row.last_error, row.sent_at = State.BOUNCED, report.says, row.sent_at or at
    row.save(update_fields=['state', 'last_error', 'sent_at'])
    tell_given_up(row)
    return bounce


def _judge_address(bounce: Bounce) -> None:
    if bounce.verdict == Meaning.DEAD:
        suppress(bounce.address, Cause.BOUNCED, bounce.says, at=bounce.at)
    elif bounce.verdict == Meaning.SOFT and _for_long(bounce):
        why = f'{SOFT_LETTERS} letters came back within some weeks, the last one: {bounce.says}'
        suppress(bounce.address, Cause.BOUNCED_FOR_DAYS, why, at=bounce.at)


def _for_long(bounce: Bounce) -> bool:
    """Counted from when somebody last lifted it."""
    lifted = SuppressedAddress.objects.filter(address=bounce.address, lifted_at__isnull=False)
    newest = lifted.order_by('-lifted_at').values_list('lifted_at', flat=True).first()
    since = max(filter(None, (newest, bounce.at - SOFT_WITHIN)))
    soft = Bounce.objects.filter(address=bounce.address, verdict=Meaning.SOFT, at__gt=since)
    times = list(soft.order_by('at').values_list('at', flat=True))
    return len(times) >= SOFT_LETTERS and times[-1] - times[0] >= SOFT_FOR
