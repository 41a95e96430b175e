"""The worker's part. It claims a letter before it speaks to the mail server and records the answer after.

One killed in between leaves exactly that letter in doubt: it is sent again under the same Message-ID and
marked so in the outbox. A mail server that is away is no letter's failure: all wait, and none has been tried.
"""

import logging
import random
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connections, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from ukis.letters import pausing, reports
from ukis.letters.emails import compose
from ukis.letters.models import Letter
from ukis.letters.queueing import State
from ukis.letters.refusing import Cause, is_refused
from ukis.letters.refusing import suppress as refuse
from ukis.letters.subjects import (
    is_not_repeated,
    lock_subject,
    put_off_until,
    tell_doubted,
    tell_given_up,
    tell_left,
    tell_recalled,
    why_overtaken,
)
from ukis.letters.texts import anew

# Given up after this many attempts over this long, as mail servers do among themselves: a weekend passes.
MOST_ATTEMPTS, TRIED_FOR = 8, timedelta(days=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
# One that may have arrived is repeated more rarely, for each time may be a second copy.
FIRST_DOUBT, LONGEST_DOUBT = timedelta(minutes=10), timedelta(days=1)
# Longer than a mail server may take to answer: whoever holds a letter this long is dead.
LOST_AFTER = timedelta(minutes=5)
# A database that restarts in the moment of the mail server's yes is given this long (seconds) to be told of it.
TELLING = (0.2, 1, 3, 6)
AT_ONCE = 50

log = logging.getLogger(__name__)


class MailServerAway(Exception):
    """Nobody answers, or not to us: no letter can be sent just now. Its text says what was heard."""


def send_due(limit: int = 20, stop: Callable[[], bool] = lambda: False) -> int:
    """Sends what is due, oldest first, until `limit` or `stop()`. How many letters were taken in hand.

    Call it outside any transaction: each claim and each record must be seen by other workers at once.
    None while all mail is paused.
    Raises MailServerAway with every letter as it was, but the one in whose middle the line broke.
    """
    _put_back_lost()
    _tell_unheard()
    if pausing.is_on():
        return 0
    mailer = mail.mailers.default
    taken = 0
    try:
        for pk in list(
            Letter.objects.due().order_by('send_after', 'pk').values_list('pk', flat=True)[:limit]
        ):
            if stop():
                break
            _call(mailer)
            if letter := _claim(pk):
                taken += 1
                _deliver(letter, mailer)
    finally:
        _hang_up(mailer)
    return taken


def _put_back_lost() -> None:
    for letter in Letter.objects.filter(state=State.SENDING, claimed_at__lt=timezone.now() - LOST_AFTER)[
        :AT_ONCE
    ]:
        log.warning('Letter %s was in a dead worker’s hands', letter.pk)
        _record(letter, state=State.WAITING, in_doubt=True, send_after=timezone.now())


def _tell_unheard() -> None:
    for letter in Letter.objects.filter(unheard=True)[:AT_ONCE]:
        with transaction.atomic():
            lock_subject(letter)
            row = Letter.objects.select_for_update(of=('self',)).get(pk=letter.pk)
            if row.unheard and tell_left(row):
                row.unheard = False
                row.save(update_fields=['unheard'])


def _call(mailer: BaseEmailBackend) -> None:
    try:
        mailer.open()
    except (OSError, smtplib.SMTPException) as error:
        _hang_up(mailer)
        raise MailServerAway(_words(error)) from error


def _hang_up(mailer: BaseEmailBackend) -> None:
    with suppress(OSError, smtplib.SMTPException):
        mailer.close()


def _claim(pk: int) -> Letter | None:
    """The letter, if this worker and no other may now send it."""
    letter = _taken(pk)
    if letter is None:
        return None
    if is_refused(letter.to_address, letter.kind, letter.to_id):
        _record(letter, state=State.SUPPRESSED)
        return None
    return letter


@transaction.atomic
def _taken(pk: int) -> Letter | None:
    """What is no longer true is recalled instead, by whoever of the workers was first; what comes too early for its
    reader waits on, and what is told of a day is told as it stands on this one."""
    mine = Letter.objects.due().filter(pk=pk)
    letter = mine.first()
    if letter is None:
        return None
    why, now = why_overtaken(letter), timezone.now()
    if not why and (until := put_off_until(letter)):
        mine.update(send_after=until)
        return None
    claim: dict[str, Any] = {
        'state': State.SENDING,
        'claimed_at': now,
        'attempts': F('attempts') + 1,
        'first_tried_at': Coalesce('first_tried_at', now),
    }
    if not why:
        if words := anew.of_today(letter):
            mine = mine.filter(subject=letter.subject, body=letter.body)  # or staff changed it in this moment
            claim |= words
        if pausing.is_on_for_a_claim():
            return None  # one that was claimed before goes, none after
    if not mine.update(**({'state': State.RECALLED, 'overtaken_why': why[:300]} if why else claim)):
        return None
    letter.refresh_from_db()
    if not why:
        return letter
    log.info('Letter %s was overtaken: %s', pk, why)
    tell_recalled(letter)
    return None


def _deliver(letter: Letter, mailer: BaseEmailBackend) -> None:
    """Sends one and records what came of it. Raises MailServerAway where that is the mail server's trouble."""
    try:
        mailer.send_messages([compose(letter)])
    except (OperationalError, InterfaceError):
        raise  # ours, not the mail server's: the letter is found again as lost
    except Exception as error:
        doubt = getattr(mailer, 'may_have_arrived', True)
        _hang_up(mailer)
        _not_sent(letter, error, doubt)
    else:
        _record_sent(letter)


def _not_sent(letter: Letter, error: Exception, doubt: bool) -> None:
    words = _words(error)
    line_broke = isinstance(error, smtplib.SMTPServerDisconnected) or (
        isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)
    )
    if line_broke:
        _line_broke(letter, error, doubt)
    elif _speaks_of_us(error):
        _line_broke(letter, error, doubt=False)
    elif isinstance(error, smtplib.SMTPRecipientsRefused):
        _refused(letter, error)
    elif isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500:
        _record(letter, state=State.FAILED, last_error=words)
    else:
        if not isinstance(error, smtplib.SMTPException):
            log.error('Letter %s could not be put together', letter.pk, exc_info=error)
        _later(letter, words)


def _speaks_of_us(error: Exception) -> bool:
    """421 closes the line for everybody, and whom a server will not have as sender is us; too large is a letter."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code == 421 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused):
        return error.smtp_code != 552
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code == 421


def _line_broke(letter: Letter, error: Exception, doubt: bool) -> None:
    words = _words(error)
    if doubt:
        _later(letter, words, in_doubt=True)
    else:
        also: dict[str, Any] = {'first_tried_at': None} if letter.attempts == 1 else {}
        _record(letter, state=State.WAITING, attempts=letter.attempts - 1, last_error=words, **also)
    raise MailServerAway(words) from error


def _later(letter: Letter, words: str, **also: Any) -> None:
    log.warning('Letter %s, attempt %s: %s', letter.pk, letter.attempts, words)
    now = timezone.now()
    if letter.attempts >= MOST_ATTEMPTS and now - (letter.first_tried_at or now) >= TRIED_FOR:
        _record(letter, state=State.FAILED, last_error=words, **also)
    else:
        pause = pause_after(letter.attempts, doubt=bool(also))
        _record(letter, state=State.WAITING, send_after=now + pause, last_error=words, **also)


def pause_after(attempts: int, *, doubt: bool = False) -> timedelta:
    """1, 3, 9 … minutes up to six hours, in doubt from ten minutes up to a day; a fifth more or less, so that
    many do not come back at once.
    """
    first, longest = (FIRST_DOUBT, LONGEST_DOUBT) if doubt else (FIRST_PAUSE, LONGEST_PAUSE)
    return min(first * 3 ** min(attempts - 1, 9), longest) * random.uniform(0.8, 1.2)  # noqa: S311


def _refused(letter: Letter, refusal: smtplib.SMTPRecipientsRefused) -> None:
    code, words = next(iter(refusal.recipients.values()))
    reason = f'{code} {_text(words)}'
    if reports.of_reply(code, reason) != reports.Meaning.DEAD:
        return _later(letter, reason)
    refuse(letter.to_address, Cause.BOUNCED, reason)
    return _record(letter, state=State.SUPPRESSED, last_error=reason)


def _record_sent(letter: Letter) -> None:
    """What the mail server took must not be sent again because the database could not be told at once."""
    sent: dict[str, Any] = {'state': State.SENT, 'sent_at': timezone.now(), 'last_error': ''}
    for pause in TELLING:
        try:
            _record(letter, **sent)
        except (OperationalError, InterfaceError) as error:
            log.warning('Letter %s left, and the database could not be told yet: %s', letter.pk, error)
            connections.close_all()
            time.sleep(pause)
        else:
            return
    # Perhaps only what it is about is held by somebody: the letter itself is ours.
    _ours(letter).update(**sent, unheard=True)


def _record(letter: Letter, **became: Any) -> None:
    """Writes what came of our claim and tells what the letter is about."""
    with transaction.atomic():
        lock_subject(letter)
        row = _ours(letter).select_for_update(of=('self',)).first()
        if row is None:
            return
        if became['state'] == State.WAITING and row.no_more:
            became['state'] = State.RECALLED
        doubted = became['state'] == State.WAITING and 'in_doubt' in became and is_not_repeated(row)
        if doubted:
            became['state'] = State.HELD
        for name, value in became.items():
            setattr(row, name, value)
        if row.state == State.SENT:
            row.unheard = not tell_left(row)
        elif row.state == State.RECALLED:
            tell_recalled(row)
        row.save(update_fields=[*became, 'unheard'])
        if doubted:
            tell_doubted(row)
        if row.state in (State.FAILED, State.SUPPRESSED):
            tell_given_up(row)


def _ours(letter: Letter) -> Any:
    """Whoever else put the letter back meanwhile has taken it over: only our own claim is answered for."""
    return Letter.objects.filter(pk=letter.pk, state=State.SENDING, claimed_at=letter.claimed_at)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f'{error.smtp_code} {_text(error.smtp_error)}'
    return f'{type(error).__name__}: {error}'


def _text(said: bytes | str) -> str:
    return said.decode(errors='replace') if isinstance(said, bytes) else said
