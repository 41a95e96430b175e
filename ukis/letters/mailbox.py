"""Mailboxes of the site's own, read by IMAP: letters that come back, and answers. What was read is deleted there."""

import imaplib
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import InterfaceError, OperationalError

from ukis.letters import bouncing
from ukis.letters.reports import MOST_BYTES

AT_ONCE = 50  # in one run of the clock; the rest in the next
TIMEOUT = 20  # seconds
EVERY = timedelta(minutes=5)
BACK, ANSWERED = 'letters that come back', 'answers by email'

log = logging.getLogger(__name__)


class MailboxAway(Exception):
    """The mailbox cannot be read just now."""


def read_bounces(now: datetime) -> int:
    """A job of the clock. How many messages were read. A mailbox that is away makes it fail, so that staff see it."""
    return not_at_once(BACK, EVERY, lambda: read_all(lambda raw: bouncing.take(raw, now)))


def not_at_once(called: str, every: timedelta, read: Callable[[], int]) -> int:
    """A mailbox that is away is asked again at the next time and not at once, though a job that fails is tried again
    every second: it might lock out who signs in so often with a wrong password."""
    key = f'mailbox for {called} is away'.replace(' ', '-')
    if away := cache.get(key):
        raise MailboxAway(away)
    try:
        return read()
    except MailboxAway as error:
        cache.set(key, str(error), every.total_seconds())
        raise


def read_all(take: Callable[[bytes], object]) -> int:
    """The letters that came back."""
    return read_mailbox(settings.BOUNCES_URL, take, called=BACK)


def read_mailbox(
    url: str,
    take: Callable[[bytes], object],
    *,
    called: str,
    most: int = MOST_BYTES,
    spoilt: Callable[[bytes], object] | None = None,
) -> int:
    """Each message is taken and then deleted: one that stops in between is read again, which does nothing. `most`:
    bytes that are read of each; `spoilt` takes what `take` could not. How many there were. Raises MailboxAway."""
    if not url:
        return 0
    try:
        line = _open(url)
        try:
            return _read(line, take, called, most, spoilt)
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                line.logout()
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxAway(f'The mailbox for {called}: {error}') from error


def _open(url: str) -> imaplib.IMAP4:
    """`imaps://user:password@host/INBOX`, `imap+tls://…` (STARTTLS), `imap://…` on the same machine."""
    parts = urlsplit(url)
    secure = parts.scheme == 'imaps'
    kind: Any = imaplib.IMAP4_SSL if secure else imaplib.IMAP4
    line = kind(parts.hostname or 'localhost', parts.port or (993 if secure else 143), timeout=TIMEOUT)
    if parts.scheme == 'imap+tls':
        line.starttls()
    line.login(unquote(parts.username or ''), unquote(parts.password or ''))
    folder = unquote(parts.path.strip('/')) or 'INBOX'
    if line.select(f'"{folder}"')[0] != 'OK':
        raise imaplib.IMAP4.error(f'it has no folder {folder}')
    return line


def _read(
    line: imaplib.IMAP4,
    take: Callable[[bytes], object],
    called: str,
    most: int,
    spoilt: Callable[[bytes], object] | None,
) -> int:
    _, found = line.uid('SEARCH', 'ALL')
    keys = (found[0] or b'').split()[:AT_ONCE]
    refused, count = '', 0
    for key in keys:
        uid = key.decode()
        done, parts = line.uid('FETCH', uid, f'(BODY.PEEK[]<0.{most}>)')
        raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
        if raw is None:  # another reader has it and it is gone; or it is not given out just now, and stays
            refused = refused if done == 'OK' else 'one of the letters is not given out'
            continue
        count += 1
        try:
            take(raw)
        except (OperationalError, InterfaceError):
            raise  # ours, not the message's: it is read again
        except Exception:
            log.exception('A message in the mailbox for %s could not be read', called)
            if spoilt is not None:
                spoilt(raw)
        if line.uid('STORE', uid, '+FLAGS.SILENT', r'(\Deleted)')[0] != 'OK':
            refused = 'nothing can be deleted there, and what comes later is not reached'
    if keys:
        line.expunge()
    if refused:
        raise imaplib.IMAP4.error(refused)
    return count
