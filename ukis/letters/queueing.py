"""Putting a letter into the outbox, and taking it out because what it tells of was undone."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from ukis import lines
from ukis.letters.models import NOTE, Letter
from ukis.letters.refusing import is_refused
from ukis.letters.subjects import tell_recalled
from ukis.letters.texts.writing import LetterWords, note_failure
from ukis.limits import HOUR, Limit
from ukis.refusals import NotNow

State = Letter.State
# What one person's doings may send, staff apart: to all together, and to one address.
BY_ONE = Limit('letters_by', 100, HOUR)
TO_ONE = Limit('letters_by_to', 20, HOUR)
UNSENT = [State.WAITING, State.HELD]


class TooManyLetters(NotNow):
    """Somebody's doings have sent as many letters as they may for now."""


def queue(
    *,
    kind: str,
    key: str,
    about: models.Model,
    to: Any = None,
    to_name: str = '',
    to_address: str = '',
    words: LetterWords | None = None,
    subject: str = '',
    body: str = '',
    reply_to: str = '',
    answers: str = '',
    hold: timedelta = timedelta(0),
    by: Any = None,
    link: dict[str, Any] | None = None,
    note: str = '',
    note_key: str = '',
    languages: dict[str, list[str]] | None = None,
    judged_by: dict[str, Any] | None = None,
) -> Letter | None:
    """One letter, written in the caller's transaction: without a commit there is none.

    `words` are of the letter's kind (`texts.written`); `subject` and `body` those of a letter that has no such.
    `to` is a Person, whose name and main address are frozen now; `to_name` and `to_address` stand in for
    what they lack or for a person without a row. `link` is {view, purpose, days, about: [content type id,
    pk]}; where `{{ link }}` stands in the body its address goes in at sending. `note` is what somebody wrote
    to this person; it goes in where `{{ note }}` stands, and letters of one `note_key` share it. `languages`: titles
    and other words in it that are not English, by their language. `judged_by`: what it was written from, where that is
    asked again as it leaves. `answers`: who reads what is answered by email. A key that has been queued returns that
    letter and changes nothing. None where there is no address to write to.
    """
    if words is not None:
        subject, body = words.subject, words.body
    if bool(note) != (NOTE in body):
        raise ValueError(
            f'A letter with a note says by {NOTE} where it goes, and one without has no such place.'
        )
    address = (to_address or getattr(to, 'email', None) or '').strip()
    if not address:
        return None
    now = timezone.now()
    letter, created = Letter.objects.get_or_create(
        key=key,
        defaults={
            'kind': kind,
            'to': to,
            'to_name': one_line(to_name or (str(to) if to else ''), 200),
            'to_address': address,
            'reply_to': reply_to,
            'answers': answers,
            'subject': one_line(subject, 250),
            'body': body,
            'filled_with': words.values if words else {},
            'link': link,
            'note': note,
            'note_key': note_key if note else '',
            'languages': languages or {},
            'judged_by': judged_by or {},
            'by': by,
            'content_type': ContentType.objects.get_for_model(about),
            'object_id': about.pk,
            'state': State.SUPPRESSED if is_refused(address, kind, to) else State.WAITING,
            'message_id': f'<{uuid.uuid4()}@{urlsplit(settings.LETTERS_URL).hostname}>',
            'queued_at': now,
            'send_after': now + hold,
        },
    )
    if created and words is not None:
        note_failure(words)
    if created:
        refuse_a_flood(by, address)
    return letter


def refuse_a_flood(by: Any, address: str) -> None:
    """Raised in the caller's transaction, so that what would have sent the letter, or made it longer, is undone with
    it."""
    if by is None or by.is_staff:
        return
    within = BY_ONE.take(by.pk) and TO_ONE.take(f'{by.pk} {address.lower()}')
    if not within:
        raise TooManyLetters(
            'This would send more letters than one person may cause in an hour. Nothing was changed, and nothing '
            'you typed is lost: wait a little and do it again.'
        )


def cancel(about: models.Model, kinds: Iterable[str], to_address: str = '', by: Any = None) -> set[str]:
    """Recalls what has not gone of these kinds about this row, in the caller's transaction; of which kinds any were.
    `to_address`, `by`: only what goes there, what that person caused.

    One that a worker has in hand may arrive; if it does not, it is not tried again.
    """
    of_them = Letter.objects.about(about).filter(kind__in=list(kinds))
    if to_address:
        of_them = of_them.filter(to_address__iexact=to_address)
    if by is not None:
        of_them = of_them.filter(by=by)
    of_them.filter(state=State.SENDING).update(no_more=True)
    waiting = list(of_them.filter(state__in=UNSENT).select_for_update(of=('self',)).order_by('pk'))
    take_back(waiting)
    return {letter.kind for letter in waiting}


def take_back(waiting: Iterable[Letter]) -> None:
    """Recalls letters that the caller has locked, and tells what they are about."""
    for letter in waiting:
        letter.state = State.RECALLED
        letter.save(update_fields=['state'])
        tell_recalled(letter)


def that_left(letters: models.QuerySet[Letter]) -> models.QuerySet[Letter]:
    """What waits is not told yet, and what was recalled is not to be told."""
    return letters.filter(state__in=(State.SENT, State.BOUNCED))


def one_line(text: str, most: int) -> str:
    return lines.one_line(text)[:most]
