"""The worker's part. It claims a letter before it speaks to the mail server and records the answer after.

One killed in between leaves exactly that letter in doubt: it is sent again under the same Message-ID and
marked so in the outbox.
"""

import logging
import random
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from email.headerregistry import Address
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError
from django.db.models import Case, F, Value, When
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ukis.letters.models import Letter, PrivateLink, SuppressedAddress
from ukis.letters.queueing import LINK, State
from ukis.society.models import Society

MOST_ATTEMPTS = 8
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
# Longer than a mail server may take to answer: whoever holds a letter this long is dead.
LOST_AFTER = timedelta(minutes=5)

log = logging.getLogger(__name__)


def send_due(limit: int = 20, stop: Callable[[], bool] = lambda: False) -> int:
    """Sends what is due, oldest first, until `limit` or `stop()`. How many letters were taken in hand.

    Call it outside any transaction: each claim and each record must be seen by other workers at once. A
    mail server that cannot be reached ends the round, for it would keep every letter waiting its turn.
    """
    _put_back_lost()
    mailer = mail.mailers.default
    taken = 0
    try:
        for pk in list(
            Letter.objects.due().order_by('send_after', 'pk').values_list('pk', flat=True)[:limit]
        ):
            if stop():
                break
            if letter := _claim(pk):
                taken += 1
                if not _deliver(letter, mailer):
                    break
    finally:
        _hang_up(mailer)
    return taken


def _put_back_lost() -> None:
    lost = Letter.objects.filter(state=State.SENDING, claimed_at__lt=timezone.now() - LOST_AFTER)
    # Asked first, for even an UPDATE of nothing makes SQLite's other writers wait.
    if lost.exists():
        lost.filter(no_more=True).update(state=State.RECALLED, in_doubt=True)
        count = lost.update(state=State.WAITING, in_doubt=True, send_after=timezone.now())
        log.warning('%s letters were in a dead worker’s hands; they are sent again', count)


def _claim(pk: int) -> Letter | None:
    """The letter, if this worker and no other may now send it."""
    mine = Letter.objects.due().filter(pk=pk)
    if not mine.update(state=State.SENDING, claimed_at=timezone.now(), attempts=F('attempts') + 1):
        return None
    letter = Letter.objects.get(pk=pk)
    if SuppressedAddress.objects.filter(address=letter.to_address.lower()).exists():
        _record(letter, state=State.SUPPRESSED)
        return None
    return letter


def _record(letter: Letter, **became: Any) -> None:
    # Whoever else put the letter back meanwhile has taken it over: only our own claim is answered for.
    Letter.objects.filter(pk=letter.pk, state=State.SENDING, claimed_at=letter.claimed_at).update(**became)


def _deliver(letter: Letter, mailer: BaseEmailBackend) -> bool:
    """Sends one and records what came of it. False where the mail server cannot be reached."""
    try:
        mailer.open()
    except (OSError, smtplib.SMTPException) as error:
        _later(letter, error)
        return False
    try:
        mailer.send_messages([_compose(letter)])
    except (OperationalError, InterfaceError):
        raise  # ours, not the mail server's: the letter is found again as lost
    except Exception as error:
        _hang_up(mailer)
        return _not_sent(letter, error)
    _record(letter, state=State.SENT, sent_at=timezone.now(), last_error='')
    return True


def _not_sent(letter: Letter, error: Exception) -> bool:
    """Records why. False where the line went: the server may have had the letter before it did."""
    if isinstance(error, TimeoutError | ConnectionError | smtplib.SMTPServerDisconnected):
        _later(letter, error, in_doubt=True)
        return False
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        _refused(letter, error)
    elif isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500:
        _record(letter, state=State.FAILED, last_error=_words(error))
    else:
        if not isinstance(error, smtplib.SMTPException):
            log.error('Letter %s could not be put together', letter.pk, exc_info=error)
        _later(letter, error)
    return True


def _hang_up(mailer: BaseEmailBackend) -> None:
    with suppress(OSError, smtplib.SMTPException):
        mailer.close()


def _later(letter: Letter, error: Exception, **also: Any) -> None:
    words = _words(error)
    log.warning('Letter %s, attempt %s: %s', letter.pk, letter.attempts, words)
    if letter.attempts >= MOST_ATTEMPTS:
        _record(letter, state=State.FAILED, last_error=words, **also)
    else:
        due = timezone.now() + pause_after(letter.attempts)
        again = Case(When(no_more=True, then=Value(State.RECALLED)), default=Value(State.WAITING))
        _record(letter, state=again, send_after=due, last_error=words, **also)


def pause_after(attempts: int) -> timedelta:
    """1, 3, 9 … minutes up to six hours, a fifth more or less, so that many do not come back at once."""
    return min(FIRST_PAUSE * 3 ** (attempts - 1), LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311


def _refused(letter: Letter, refusal: smtplib.SMTPRecipientsRefused) -> None:
    code, words = next(iter(refusal.recipients.values()))
    reason = f'{code} {words.decode(errors="replace") if isinstance(words, bytes) else words}'
    # 5.7.x and 530 speak of us (relaying, a block list, no sign-in), not of the address.
    if code < 500 or code == 530 or ' 5.7.' in reason:
        return _later(letter, OSError(reason))
    SuppressedAddress.objects.get_or_create(address=letter.to_address.lower(), defaults={'reason': reason})
    return _record(letter, state=State.SUPPRESSED, last_error=reason)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f'{error.smtp_code} {said.decode(errors="replace") if isinstance(said, bytes) else said}'
    return f'{type(error).__name__}: {error}'


def _compose(letter: Letter) -> mail.EmailMultiAlternatives:
    context = {
        'letter': letter,
        'body': _with_link(letter),
        'society': Society.get(),
        'site': settings.LETTERS_URL,
    }
    message = mail.EmailMultiAlternatives(
        subject=letter.subject,
        body=render_to_string('letters/frame.txt', context),
        to=[_mailbox(letter.to_name, letter.to_address)],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={'Message-ID': letter.message_id, 'Auto-Submitted': 'auto-generated'},
    )
    message.attach_alternative(render_to_string('letters/frame.html', context), 'text/html')
    return message


def _mailbox(name: str, address: str) -> str:
    local, _, host = address.rpartition('@')
    return str(Address(display_name=name, username=local, domain=host))


def _with_link(letter: Letter) -> str:
    """The body with a link that works. Its token is in nobody's hands but the recipient's."""
    if not letter.link:
        return letter.body
    if not letter.in_doubt:
        PrivateLink.objects.filter(letter=letter).delete()  # of an attempt that surely did not arrive
    kind, pk = letter.link['about']
    about = ContentType.objects.get_for_id(kind).get_object_for_this_type(pk=pk)
    token = PrivateLink.make(
        purpose=letter.link['purpose'], about=about, days=letter.link['days'], letter=letter
    )
    return letter.body.replace(LINK, settings.LETTERS_URL + reverse(letter.link['view'], args=[token]))
