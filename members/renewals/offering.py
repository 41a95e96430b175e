"""Renewal: the next term is prepared and offered, and whoever holds the membership answers."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from members import answering, leaving, letters
from members.letters import address_of, recipients
from members.models import Invoice, Membership, Person, Renewal, RenewalWish, Term
from members.money import billing, cover, crediting, invoicing, money_letters, payments, renewing
from members.organisations import proposals
from members.places import seats
from members.renewals import returning
from members.status import RENEW_DAYS, Status
from ukis import days, history
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow

log = logging.getLogger(__name__)

DAYS_AHEAD = 60
WHY_REFUSED = 'They do not renew'
OFFERED_IN = (Status.ACTIVE, Status.DUE, Status.GRACE)  # by the clock
SETTLED = (Term.Payment.PAID, Term.Payment.FREE, Term.Payment.WAIVED, Term.Payment.VOID)


def without_a_next(on: date) -> QuerySet[Membership]:
    """Memberships that go on and may be offered a term, where cover stops within sixty days, or stopped a while ago."""
    later = Term.objects.filter(membership=OuterRef('membership'), start__gt=OuterRef('end')).exclude(
        payment=Term.Payment.VOID
    )
    near = Term.objects.filter(end__range=(on - timedelta(days=366), on + timedelta(days=DAYS_AHEAD)))
    goes_on = Q(membership__ended_on=None) | Q(membership__ended_on__gt=F('end'))
    last = near.filter(goes_on, ~Exists(later), cover_end__isnull=False)
    rows: Any = Membership.objects.filter(pk__in=last.values('membership'))
    return rows.with_status(on).filter(status__in=OFFERED_IN).order_by('pk')


def prepare_due(now: datetime) -> None:
    """Every membership whose cover stops within sixty days has a next term offered; each in its own transaction."""
    on = days.london_day(now)
    for membership in list(without_a_next(on)):
        try:
            prepare(membership, on=on)
        except NotNow as refusal:  # of this membership: the others are offered theirs all the same
            log.warning('No next term for membership %s: %s', membership.number, refusal)


@transaction.atomic
def prepare(
    membership: Membership, *, on: date | None = None, by: Person | None = None, unasked: bool = True
) -> Renewal | None:
    """The term after the last one, with what the category asks today; None where none is wanted: one is there, or the
    membership may not be renewed. A free one needs no answer. `unasked`: by the clock, which offers later than they
    may ask, and nothing once they lapsed."""
    on = on or days.today()
    row = Membership.objects.locked(membership.pk)
    last = row.terms.exclude(payment=Term.Payment.VOID).order_by('-end').first()
    standing: Any = row.standing(on)
    begins = next_begins(standing, last, on)
    lapsed = standing.status == Status.LAPSED
    if last is None or begins is None or (unasked and (lapsed or last.end - timedelta(days=DAYS_AHEAD) > on)):
        return None
    first, end, fee, number = row.category.asked_after(begins, seats.given_by(last, on))
    payment = Term.Payment.UNPAID if fee else Term.Payment.FREE
    term = renewing.add_term(row, by=by, start=first, end=end, fee=fee, seats=number, payment=payment)
    last.extra_seats.counting(on).update(offered_in=term)
    payments.follow_waiting(row)
    if not fee:
        return None
    return Renewal.objects.create(term=term, prepared_at=timezone.now(), begins_anew=lapsed)


def next_begins(standing: Any, last: Term | None, on: date) -> date | None:
    """The first day of the term that may be offered after the last one, which is not void; None where none may.
    `standing`: the membership with its status."""
    if last is None or last.cover_end is None or not standing.may_renew:
        return None
    if standing.status == Status.LAPSED:
        return on if last.end < on else None
    begins = last.end + timedelta(days=1)
    near = last.end - timedelta(days=RENEW_DAYS) <= on
    return begins if near and not standing.ends_before(begins) else None


@transaction.atomic
def renew(
    renewal: Renewal,
    *,
    by: Person | None,
    letter: Letter | None = None,
    po_number: str = '',
    attention: str = '',
    address: str = '',
) -> Invoice:
    """They renew: the numbered invoice is drawn, once; anew where it was credited whole. To one that is there already
    the order is added, by whoever comes second too. `address`: for the invoice, where we hold none. NotNow where
    `why_no_renewal` says why."""
    held = _held(renewal, by)
    returning.begin_today(held, by=by)
    term = held.term
    standing = cover.claim(term)
    if held.is_renewed and standing is not None:
        return invoicing.add_order(standing, by=by, po_number=po_number, attention=attention)
    if why := why_no_renewal(held):
        raise NotNow(why)
    if standing is None:
        if address.strip():
            billing.write_address(term.membership, address, by=by)
        elif not billing.has_address(term.membership):
            raise NotNow(billing.NO_ADDRESS)
        invoice = billing.bill(term, by=by, po_number=po_number, attention=attention)
    else:
        order = {'po_number': po_number or standing.po_number, 'attention': attention or standing.attention}
        if standing.is_unagreed:
            invoicing.agree(standing, by=by)
        invoice = invoicing.complete(standing, by=by, **order)
    _answer(held, Renewal.Answer.RENEWED, by=by, letter=letter)
    said = f'Renewed for {term.span}: {invoice}{letters.way(letter)}'
    history.note(term.membership, by=by, lines=[said])
    money_letters.renewed(invoice, by=by)
    return invoice


def why_no_renewal(held: Renewal, standing: Any = None) -> str:
    """Why there is nothing to renew, in words for whoever would; empty where they can. `standing`: its membership with
    its status, where that is known."""
    term, ends = held.term, held.term.membership.ended_on
    if held.is_refused:
        return 'You said that you will not renew. Take that back first.'
    if term.payment == Term.Payment.VOID:
        return 'This term was taken back. Write to the office, and it is offered anew.'
    if term.payment in SETTLED:
        return f'Nothing is owed for this term: it is {term.get_payment_display()}.'
    if ends and term.membership.ends_before(max(term.start, days.today())):
        return f'This membership ends on {days.in_words(ends)}. Write to the office if it is to go on.'
    return returning.why_not(held, standing)


def can_renew(held: Renewal, standing: Any) -> bool:
    """Whether pressing the button draws an invoice: also anew, where the one before was credited whole."""
    if why_no_renewal(held, standing):
        return False
    return returning.moves(standing, held.term) or not (held.is_renewed and cover.claim(held.term))


def wants_address(renewal: Renewal) -> bool:
    """Whether an invoice for it is still to be drawn, and nobody knows to which address."""
    return cover.claim(renewal.term) is None and not billing.has_address(renewal.term.membership)


def why_no_refusal(held: Renewal, standing: Any = None) -> str:
    """The same of not renewing: money that was put to it is for the office to send back."""
    claim, ends = cover.claim(held.term), held.term.membership.ended_on
    if ends:
        return _set_already(held.term.membership, ends)
    if returning.is_lapsed(held, standing):
        return 'The membership has lapsed, and no new term begins unless you renew: you need do nothing.'
    if claim is not None and (claim.paid or claim.credited or claim.written_off):
        return f'Money was put to invoice {claim.number}: write to the office, who can send it back.'
    if held.term.payment == Term.Payment.PAID:
        return 'This term is paid: write to the office, who can send it back.'
    return ''


def _set_already(membership: Membership, ends: date) -> str:
    if ends < days.today():
        return f'The membership ended on {days.in_words(ends)}. Write to the office if it is to go on.'
    said = f'The end is set already: this membership ends on {days.in_words(ends)}.'
    if membership.person_id is None:
        return f'{said} Write to the office if it is to end sooner, or to go on.'
    return f'{said} To end it sooner, choose “End it” on My page. Write to the office if it is to go on.'


@transaction.atomic
def refuse(renewal: Renewal, *, by: Person | None, why: str = '', letter: Letter | None = None) -> Renewal:
    """They do not renew: the membership ends with its cover, the offered term is void. Confirmed to all who hold an
    office, and to staff. NotNow where money was put to it."""
    held = _held(renewal, by)
    if held.is_refused:
        return held
    term, membership = held.term, held.term.membership
    if why_not := why_no_refusal(held):
        raise NotNow(why_not)
    if standing := cover.claim(term):
        crediting.credit(standing, by=by, reason=WHY_REFUSED)
    term.payment = Term.Payment.VOID
    term.save(update_fields=['payment'])
    last = last_day(held)
    leaving.end(membership, by=by, on=last, why=WHY_REFUSED)
    _answer(held, Renewal.Answer.REFUSED, by=by, letter=letter, why=why)
    history.note(membership, by=by, lines=[f'Will not renew for {term.span}{letters.way(letter)}'])
    told = {one.key: one for one in [*recipients.of_offices(membership), *recipients.staff()]}
    letters.tell(
        'not_renewed',
        told.values(),
        membership,
        key=f'renewal {held.pk} refused {held.answered_at:%Y-%m-%d %H:%M:%S}',
        by=by,
        term=term,
        last_day=last,
        page=address_of('admin:members_membership_change', membership.pk),
        why=why,
    )
    return held


def why_not_back(held: Renewal, on: date) -> str:
    """The same of taking a refusal back: an end that others set since is not theirs to move."""
    membership = held.term.membership
    if on > last_day(held):
        return 'The membership has ended. Write to the office, who can open it again.'
    of_it = (last_day(held), WHY_REFUSED)
    if membership.ended_on and (membership.ended_on, membership.ended_why) != of_it:
        ends = days.in_words(membership.ended_on)
        return f'The membership ends on {ends}: its end was set otherwise since. Write to the office.'
    return ''


def last_day(held: Renewal) -> date:
    """Of a membership that is not renewed: the last of its cover; in grace the day on which they say so, never one that
    is past."""
    said = days.london_day(held.answered_at) if held.is_refused and held.answered_at else days.today()
    return max(held.term.start - timedelta(days=1), said)


@transaction.atomic
def reconsider(renewal: Renewal, *, by: Person | None, letter: Letter | None = None) -> Renewal:
    """Takes a refusal back, until the term they have ends."""
    held = _held(renewal, by)
    if not held.is_refused:
        return held
    term, membership = held.term, held.term.membership
    if why_not := why_not_back(held, days.today()):
        raise NotNow(why_not)
    leaving.go_on(membership, by=by)
    term.payment = Term.Payment.UNPAID
    term.save(update_fields=['payment'])
    held.answer, held.answered_at, held.by, held.letter, held.why = '', None, by, letter, ''
    held.save(update_fields=['answer', 'answered_at', 'by', 'letter', 'why'])
    said = f'Taken back that they will not renew for {term.span}{letters.way(letter)}'
    history.note(membership, by=by, lines=[said])
    told = {one.key: one for one in [*recipients.of_offices(membership), *recipients.staff()]}
    letters.tell(
        'reconsidered',
        told.values(),
        membership,
        key=f'renewal {held.pk} reconsidered {timezone.now():%Y-%m-%d %H:%M:%S}',
        by=by,
        term=term,
        page=address_of('admin:members_membership_change', membership.pk),
    )
    return held


@transaction.atomic
def wish(
    renewal: Renewal,
    *,
    by: Person | None,
    words: str = '',
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    letter: Letter | None = None,
) -> Renewal:
    """Something is to be changed first. Fields wait as proposals (`proposals.ask`); words are kept, and told to staff,
    until they say that it is done."""
    held = _held(renewal, by)
    organisation = held.term.membership.organisation
    if changes and by is not None and organisation is not None:
        proposals.ask(organisation, by=by, changes=changes, letter=letter)
    elif not words.strip():
        raise NotNow('Write what is to be changed.')
    if words.strip():
        _keep_words(held, by, words, letter)
    return held


def _keep_words(held: Renewal, by: Person | None, words: str, letter: Letter | None) -> None:
    at = timezone.now()
    RenewalWish.objects.create(renewal=held, by=by, letter=letter, at=at, words=words.strip())
    said = f'Asked for a change before the renewal{letters.way(letter)}'
    history.note(held.term.membership, by=by, lines=[said])
    letters.tell(
        'renewal_wish',
        recipients.staff(),
        held.term.membership,
        key=f'renewal {held.pk} wish {at:%Y-%m-%d %H:%M:%S}',
        by=by,
        term=held.term,
        page=address_of('admin:members_membership_change', held.term.membership_id),
        note=words.strip(),
    )


def _held(renewal: Renewal, by: Person | None) -> Renewal:
    """Read again with its membership held: whoever answers from another tab comes after. NotAllowed for whom it is not
    to answer any more."""
    membership = Membership.objects.locked(renewal.term.membership_id)
    if by is not None and not answering.may_answer(membership, by):
        raise NotAllowed('You do not answer for this membership any more.')
    return Renewal.objects.select_related(
        'term__membership__category', 'term__membership__organisation', 'term__membership__person'
    ).get(pk=renewal.pk)


def _answer(
    held: Renewal, answer: Renewal.Answer, *, by: Person | None, letter: Letter | None, why: str = ''
) -> None:
    held.answer, held.answered_at, held.by, held.letter = answer, timezone.now(), by, letter
    held.why = why
    held.save(update_fields=['answer', 'answered_at', 'by', 'letter', 'why'])
