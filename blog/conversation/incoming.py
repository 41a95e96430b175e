"""Answers by email: taken into the conversation where address and sender are right, else held for an editor."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from blog import workflow
from blog.commissioning.engine import locked as locked_commission
from blog.commissioning.engine import record
from blog.conversation import answers_told
from blog.letters.answered import OF_NAMED
from blog.models import Commission, IncomingLetter, Message, Reading, Submission
from blog.states import CLOSED
from members.models import Person
from ukis.engine import locked
from ukis.letters.answering import answered_by, letter_of, links_of, without_secrets
from ukis.letters.emails import all_that_it_said
from ukis.letters.mailbox import ANSWERED, EVERY, not_at_once, read_mailbox
from ukis.letters.models import PrivateLink
from ukis.mail_in.cutting import cut
from ukis.mail_in.reading import MOST_BYTES, MailRead, fingerprint, read
from ukis.personal import Leaving
from ukis.refusals import NotAllowed, NotNow

# How long each is kept: the letter beside its message, what waits for an editor, and what nobody wants.
KEPT_WHOLE, KEPT_HELD, KEPT_ASIDE = timedelta(days=365), timedelta(days=90), timedelta(days=30)
MOST_OF_NOTHING = 200  # letters about nothing that is known, held at a time
State, Audience = IncomingLetter.State, Message.Audience

NOWHERE = 'The address it came to leads nowhere, or not any more.'
ENDED = 'The address it came to was good for half a year, and that is over.'
IS_CLOSED = 'The submission is closed.'
LEFT = 'Whoever the address was made for has no account any more.'
STRANGER = 'It comes from another address than any of whom we asked.'
NO_PART = 'It comes from whom we asked, who has no part in the conversation. The editor has it by letter too.'
SAYS_NOTHING = 'There is nothing in it but our own letter.'
ONLY_FILES = 'There are no words in it, only what came with it, and that is not kept.'
SPOILT = 'It could not be read. Ask its writer to answer on the site.'

log = logging.getLogger(__name__)


def read_answers(now: datetime) -> int:
    """A job of the clock."""

    def all_there_are() -> int:
        return read_mailbox(
            settings.ANSWERS_URL,
            lambda raw: take(raw, now),
            called=ANSWERED,
            most=MOST_BYTES,
            spoilt=lambda raw: _spoilt(raw, now),
        )

    return not_at_once(ANSWERED, EVERY, all_there_are)


def take(raw: bytes, now: datetime | None = None) -> IncomingLetter | None:
    """What became of one letter; None where it came in before."""
    mail, now = read(raw), now or timezone.now()
    mail = replace(mail, text=without_secrets(mail.text))
    before = IncomingLetter.objects.filter(mail_id=mail.message_id).first()
    if before is not None and before.whole.split() != mail.text.split():
        mail = replace(
            mail, message_id=fingerprint(raw)
        )  # another letter, of a program that numbers all alike
        before = IncomingLetter.objects.filter(mail_id=mail.message_id).first()
    if before is not None:
        return None
    links = links_of(mail.tokens)
    link = next((one for one in links if _is_theirs(one, mail)), links[0] if links else None)
    row = _row(mail, link, now)
    if mail.machine:
        row.state, row.why = State.MACHINE, mail.machine
        return _kept(row)
    if (
        row.submission_id is None
        and row.commission_id is None
        and IncomingLetter.objects.held().filter(submission=None, commission=None).count() >= MOST_OF_NOTHING
    ):
        log.error('A letter about nothing that is known was dropped: %s are held already', MOST_OF_NOTHING)
        return None
    row.why = _why_held(link, row, mail, now)
    if row.why:
        return _kept(row, mail if row.why in (NO_PART, IS_CLOSED, SAYS_NOTHING, ONLY_FILES) else None)
    try:
        return _entered(row, mail=mail)
    except (NotAllowed, NotNow) as refusal:
        row.state, row.why, row.message = State.HELD, str(refusal)[:300], None
        return _kept(row, mail)
    except IntegrityError:
        return None  # another reader of the mailbox was quicker


def _row(mail: MailRead, link: PrivateLink | None, now: datetime) -> IncomingLetter:
    # Of an address that has ended and is forgotten it is still said whose desk it is for, by what it answers.
    letter = link.letter if link else letter_of(mail.answers)
    about: Any = link.about if link else letter and letter.about
    submission = about.submission if isinstance(about, Reading) else about
    # Whom we asked to write or to read, and who is named without an account, says nothing in the conversation itself.
    guest = letter is not None and (
        letter.to is None or letter.kind in OF_NAMED or not isinstance(about, Submission)
    )
    row = IncomingLetter(
        state=State.HELD,
        at=now,
        mail_id=mail.message_id,
        submission=submission if isinstance(submission, Submission) else None,
        reading=about if isinstance(about, Reading) else None,
        answered=letter,
        commission=about if isinstance(about, Commission) else None,
        person=letter.to if letter and not guest else None,
        guest=letter.to_name if letter and guest else '',
        audience=answered_by(link) if link else letter.answers if letter else '',
        from_name=mail.sender_name,
        from_address=mail.senders[0] if mail.senders else '',
        subject=mail.subject,
        whole=mail.text,
        words=mail.text,
        attachments=list(mail.attachments),
        shortened=mail.shortened,
    )
    if letter and not mail.machine:
        names = (letter.to_name, letter.subject, settings.DEFAULT_FROM_EMAIL.partition('<')[0])
        found = cut(mail.text, all_that_it_said(letter), names)
        row.words, row.left_out = found.text, found.left_out
    return row


def _why_held(link: PrivateLink | None, row: IncomingLetter, mail: MailRead, now: datetime) -> str:
    if link is None or (row.submission is None and row.commission is None):
        return NOWHERE
    if link.expires_at <= now:
        return ENDED
    if not row.guest and (row.person is None or not row.person.is_active):
        return LEFT
    if not _is_theirs(link, mail):
        return STRANGER
    if row.submission is not None and row.submission.state in CLOSED:
        return IS_CLOSED
    if not row.words:
        return ONLY_FILES if row.attachments else SAYS_NOTHING
    return NO_PART if row.guest else ''


def _is_theirs(link: PrivateLink, mail: MailRead) -> bool:
    """From is no proof, and with the secret address it is enough: one sender, at an address that is confirmed."""
    letter = link.letter
    if letter is None or len(mail.senders) != 1:
        return False
    person: Any = letter.to
    if person is None:
        return mail.senders[0] == letter.to_address.lower()
    theirs = {(person.email or '').lower()}
    if not isinstance(link.about, Submission):
        theirs.add(letter.to_address.lower())
    theirs |= {
        one.lower() for one in person.emailaddress_set.filter(verified=True).values_list('email', flat=True)
    }
    return mail.senders[0] in theirs - {''}


@transaction.atomic
def _entered(
    row: IncomingLetter, *, by: Person | None = None, text: str = '', mail: MailRead | None = None
) -> IncomingLetter:
    """As a message of whoever answered: their letter and the message stand or fall together."""
    assert row.submission is not None
    author = by or row.person
    assert author is not None
    row.message = workflow.say(
        row.submission, by=author, text=text or row.words, audience=row.audience or Audience.EDITORS
    )
    row.state, row.why = State.ENTERED, ''
    row.save()
    if mail:
        answers_told.tell_left_out(row, mail)
    return row


def _kept(row: IncomingLetter, mail: MailRead | None = None) -> IncomingLetter | None:
    """`mail`: where it is of whom we asked, who then hears of what of it is not kept."""
    try:
        with transaction.atomic():
            row.save()
            if row.why == NO_PART:
                answers_told.tell_the_editor(row)
            if mail:
                answers_told.tell_left_out(row, mail)
    except IntegrityError:
        return None
    return row


def _spoilt(raw: bytes, now: datetime) -> None:
    """What we could not read at all is not lost untold."""
    _kept(IncomingLetter(state=State.HELD, why=SPOILT, at=now, mail_id=fingerprint(raw)))


# --- By an editor -------------------------------------------------------------------------------------


@transaction.atomic
def take_in(letter: IncomingLetter, *, by: Person, as_note: bool) -> IncomingLetter:
    """Into the conversation as the answer of whom the address was made for; or as a note among the editors, in the
    name of whoever takes it in. Raises NotNow where it was decided, NotAllowed where it is not theirs to."""
    row = _undecided(letter, by)
    if row.commission is not None:
        return _noted(row, row.commission, by)
    if row.submission is None:
        raise NotNow('It is about no submission that is known. Read it here, or put it aside.')
    if not row.words:
        raise NotNow(SAYS_NOTHING)
    row.decided_by, row.decided_at = by, timezone.now()
    if as_note:
        row.audience = Audience.EDITORS
        return _entered(
            row, by=by, text=f'{row.guest or row.from_address or "Somebody"} writes by email:\n\n{row.words}'
        )
    if row.person is None or not row.person.is_active:
        raise NotNow(f'{LEFT} It can be taken in as a note.')
    try:
        return _entered(row)
    except NotAllowed as refusal:
        raise NotNow(f'{refusal} It can be taken in as a note.') from refusal


def _noted(row: IncomingLetter, commission: Commission, by: Person) -> IncomingLetter:
    """In the history of what they were asked: it answers nothing by itself."""
    if not row.words:
        raise NotNow(SAYS_NOTHING)
    row.state, row.why = State.NOTED, ''
    row.decided_by, row.decided_at = by, timezone.now()
    note = f'{row.guest or row.from_address}: {row.words}'
    record(commission, 'by_email', commission.state, by=by, note=note, at=row.decided_at)
    row.save(update_fields=['state', 'why', 'decided_by', 'decided_at'])
    return row


@transaction.atomic
def put_aside(letter: IncomingLetter, *, by: Person) -> IncomingLetter:
    row = _undecided(letter, by)
    row.state, row.decided_by, row.decided_at = State.ASIDE, by, timezone.now()
    row.save(update_fields=['state', 'decided_by', 'decided_at'])
    return row


def _undecided(letter: IncomingLetter, by: Person) -> IncomingLetter:
    if letter.commission_id:
        locked_commission(Commission(pk=letter.commission_id))
    if letter.submission_id:  # as whoever moves or forgets it: before what hangs on it
        Submission.objects.select_for_update(of=('self',)).only('pk').get(pk=letter.submission_id)
    row = locked(letter)
    if not IncomingLetter.objects.on_the_desk_of(by).filter(pk=row.pk).exists():
        raise NotAllowed('This letter is not on your desk.')
    if row.state not in (State.HELD, State.MACHINE):
        raise NotNow(f'Somebody has decided on it already: it was {row.get_state_display()}.')
    return row


def waiting_for(person: Person) -> int | None:
    """How many wait on this person's desk; None where no mailbox takes answers in."""
    if not settings.ANSWERS_URL:
        return None
    return IncomingLetter.objects.held().on_the_desk_of(person).count()


# --- Gone ---------------------------------------------------------------------------------------------


def over(now: datetime) -> QuerySet[IncomingLetter]:
    rows = IncomingLetter.objects.all()
    return rows.filter(
        Q(state__in=(State.ENTERED, State.NOTED), at__lt=now - KEPT_WHOLE)
        | Q(state=State.HELD, at__lt=now - KEPT_HELD)
        | Q(state__in=(State.ASIDE, State.MACHINE), at__lt=now - KEPT_ASIDE)
    )


def of_person(person: Any) -> QuerySet[IncomingLetter]:
    found = person.emailaddress_set.filter(verified=True).values_list('email', flat=True)
    addresses = [one.lower() for one in found]
    rows = IncomingLetter.objects.filter(Q(person=person) | Q(from_address__in=addresses))
    return rows.order_by('pk')


def forget(leaving: Leaving) -> None:
    rows = IncomingLetter.objects.filter(Q(person=leaving.person) | Q(from_address__in=leaving.addresses))
    rows.delete()
