"""Letters about a commission: to whoever is asked, and to the editor who asks."""

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.urls import reverse

from blog.letters.asked_by_link import ByAddress
from blog.letters.recipients import Recipient, by_account
from blog.models import Commission
from blog.models.series import looks_after
from blog.states.commission_states import CommissionState, row_of
from members.models import Person
from members.roles import COMMISSIONING_EDITOR
from ukis import letters as outbox
from ukis.letters.models import Letter

KINDS = {
    'commission_invited': 'Asked to write',
    'commission_yes': 'Commission: thanks for a yes',
    'commission_no': 'Commission: thanks for an answer',
    'commission_date_agreed': 'Commission: a later date agreed to',
    'commission_date_refused': 'Commission: a later date not agreed to',
    'commission_dates_moved': 'Commission: other dates',
    'commission_taken_back': 'Commission taken back',
    'commission_link': 'Commission: a fresh link',
    'commission_expired': 'Commission: it is not too late',
    'commission_answered_yes': 'Commission: a yes (to the editor)',
    'commission_answered_no': 'Commission: a no (to the editor)',
    'commission_answered_later': 'Commission: a later date proposed (to the editor)',
    'commission_answered_other': 'Commission: somebody else named (to the editor)',
    'commission_unanswered': 'Commission: no answer (to the editor)',
    'commission_reminder': 'Commission: an answer hoped for',
    'commission_waits': 'Commission: no answer yet (to the editor)',
    'commission_date_waits': 'Commission: a proposed date waits (to the editor)',
    'commission_date_unanswered': 'Commission: a proposed date not answered yet',
    'commission_due': 'Commission: the words are due',
    'commission_late': 'Commission: no words yet (to the editor)',
    'commission_ask_again': 'Commission: ask again (to the editor)',
    'commission_handed_on': 'Commission: yours now (to the editor)',
    'commission_put_off': 'Commission: not now (to the editor)',
    'commission_not_reached': 'Commission: a letter did not arrive (to the editor)',
}
ANSWERS = ('commission_answered_yes', 'commission_answered_no', 'commission_answered_other')
PURPOSE = 'commission'


def page_of(row: Model) -> str:
    return reverse('admin:commission', args=[row.pk])


ASKED = ByAddress(
    purpose=PURPOSE,
    person='invitee',
    asks='commission_invited',
    answers=ANSWERS,
    kinds=KINDS,
    page=page_of,
)
invitee, overtaken, nobody_heard = ASKED.whom, ASKED.overtaken, ASKED.nobody_heard


def tell(
    kind: str,
    recipient: Recipient,
    row: Commission,
    *,
    key: str,
    by: Person | None,
    hold: timedelta = timedelta(0),
    note: str = '',
    judged_by: dict[str, Any] | None = None,
    **facts: Any,
) -> Letter | None:
    """One letter about it, in the caller's transaction; `key` says which occasion, so that none goes twice."""
    words = _words(kind, recipient, row, by=by, note=note, **facts)
    return ASKED.queue(
        kind, recipient, row, words=words, key=key, by=by, hold=hold, note=note, judged_by=judged_by
    )


def as_it_goes_out(row: Commission) -> tuple[str, str]:
    """Subject and words of the invitation, to be read before it is sent: no link is made."""
    words = _words('commission_invited', invitee(row), row, by=row.editor, note='')
    return words.subject, words.body.replace(outbox.LINK, '(their private link)')


def invitation(row: Commission, *, by: Person | None, note: str, anew: bool) -> tuple[str, str]:
    """As it would be written now."""
    words = _words('commission_invited', invitee(row), row, by=by, note=note, anew=anew)
    return words.subject, words.body


def reminding(kind: str, to: Recipient, row: Commission) -> outbox.LetterWords:
    """As a reminder reads today. Writes nothing."""
    return _words(kind, to, row, by=None, note='')


def fingerprint(row: Commission) -> str:
    """Of the invitation as it goes out, and to whom."""
    read = '\n'.join([*as_it_goes_out(row), row.name, row.email])
    return hashlib.sha256(read.encode()).hexdigest()


def _words(
    kind: str, recipient: Recipient, row: Commission, *, by: Person | None, note: str, **facts: Any
) -> outbox.LetterWords:
    own = {'commission': row, 'editor': row.editor, 'site': settings.LETTERS_URL}
    return ASKED.words(kind, recipient, row, by=by, note=note, **{**facts, **own})


def editors_of(row: Commission) -> list[Recipient]:
    """Its editor; where they are no editor any more, whoever decides as Commissioning Editor."""
    if row.editor.is_active and (row.editor.is_editor or looks_after(row.editor, row)):
        return [by_account(row.editor)]
    chiefs = Person.objects.in_group(COMMISSIONING_EDITOR).exclude(pk=row.invitee_id)
    return [by_account(person) for person in chiefs]


def untold(recalled: set[str], was: str) -> dict[str, bool]:
    """What the editor knows of the answer before: one that was changed before its letter left they never read."""
    return {
        'had_promised': was == CommissionState.ACCEPTED and 'commission_answered_yes' not in recalled,
        'after_all': not row_of(was).open
        and not recalled & {'commission_answered_no', 'commission_answered_other'},
    }


def kept_from(staff: Person) -> Q:
    """Whoever is asked reads the letters to themselves, and those who have no desk none of others'."""
    kind = ContentType.objects.get_for_model(Commission)
    if staff.is_guest_editor:
        return Q(pk__in=[])  # with those about submissions it is said which they read
    if staff.is_on_the_desk:
        own = Commission.objects.own_of(staff).order_by().values('pk')
        return Q(content_type=kind, object_id__in=own) & ~Q(to=staff.pk)
    return Q(content_type=kind) & ~Q(to=staff.pk)
