"""More seats in the middle of a term: what each costs for the days that are left, and taking them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from members import contacts, judging, status
from members.models import ExtraSeats, Invoice, Membership, Person, Renewal, Term
from members.models.extra_seats import MOST
from members.money import billing, cover, money_letters, renewing
from members.places import seats
from ukis import days, history
from ukis.refusals import NotNow
from ukis.society.models import Society

AT_ONCE = 200
# What becomes of an invoice that is drawn up front for a term whose seats are others now.
instead_of_drawn: list[Callable[[Invoice, Term], None]] = []


@dataclass(frozen=True)
class ExtraSeatsOffer:
    """What one more seat costs to the end of the term, and how often some were taken in it already (`taken`): whoever
    answers says which of these they saw, so that a second tab or click takes none twice."""

    term: Term
    each: Decimal
    price: str  # of each, with its VAT
    taken: int

    @property
    def in_words(self) -> str:
        until = days.in_words(self.term.end)
        return f'Each costs {self.price} until {until}.' if self.each else f'They cost nothing until {until}.'


def offer(membership: Membership) -> ExtraSeatsOffer:
    """NotNow, in a sentence, where none can be had."""
    on, category = days.today(), membership.category
    if category.extra_seat_fee is None:
        raise NotNow(
            f'{category} has no more places than come with it. Write to the office about another category.'
        )
    standing = membership.standing(on)
    if standing.status not in status.MAY_SUBMIT:  # type: ignore[attr-defined]
        raise NotNow(f'{standing.sentence} More places can be had once it is in force.')
    term = _term_of_today(membership)
    if term is None:
        raise NotNow('The term is over: renew first, and say there how many places you need.')
    each = category.share_of(category.extra_seat_fee, on, term.end)
    price = billing.price_in_words(category, each, Society.get())
    return ExtraSeatsOffer(term, each, price, term.extra_seats.count())


def may_be_had(standing: Membership) -> bool:
    """Whether the category sells them and the membership is in force; `standing` came with its status."""
    in_force = standing.status in status.MAY_SUBMIT  # type: ignore[attr-defined]
    return in_force and standing.category.extra_seat_fee is not None


def are_to_be_had(term: Term) -> bool:
    """Whether this is the term of today, of a membership in force that may have more."""
    row: Any = term.membership
    if row.organisation_id is None or not term.start <= days.today() <= term.end:
        return False
    if term.payment == Term.Payment.VOID or row.category.extra_seat_fee is None:
        return False
    # The page of a membership has its status already.
    return may_be_had(row if 'status' in vars(row) else row.standing())


def of_today(membership: Membership) -> list[ExtraSeats]:
    """What was taken in the term of today, the last first."""
    on = days.today()
    rows = ExtraSeats.objects.filter(term__membership=membership, term__start__lte=on, term__end__gte=on)
    return list(rows.select_related('invoice').order_by('-pk'))


@transaction.atomic
def take(
    membership: Membership,
    *,
    by: Person | None,
    number: int,
    taken: int,
    po_number: str = '',
    attention: str = '',
    address: str = '',
) -> ExtraSeats:
    """So many more for the rest of the term, with an invoice of their own and the category's promise; a next term that
    nobody has answered yet is offered with them. `address`: for the invoice, where we hold none. NotNow
    where none can be had, or some were taken meanwhile."""
    row = Membership.objects.locked(membership.pk)
    if row.organisation is None:
        raise NotNow('Only an organisation’s membership has places for people.')
    contacts.check(by, row.organisation, 'keeps_people')
    found = offer(row)
    if found.taken != taken:
        raise NotNow('Some more places were taken since you opened this page. Look how many there are now.')
    if not 1 <= number <= MOST:
        raise NotNow(f'Take between 1 and {MOST} places at a time.')
    extra = ExtraSeats(term=found.term, number=number, by=by, at=timezone.now())
    if found.each:
        if address.strip():
            billing.write_address(row, address, by=by)
        elif not billing.has_address(row):
            raise NotNow(billing.NO_ADDRESS)
        extra.invoice = billing.bill_seats(
            found.term, number=number, each=found.each, by=by, po_number=po_number, attention=attention
        )
        if row.category.promise_days:
            promised = days.today() + timedelta(days=row.category.promise_days)
            extra.promised_until = min(promised, found.term.end)
    judging.check(extra)
    extra.save(force_insert=True)
    history.note(row, by=by, lines=[f'{extra} taken until {days.in_words(found.term.end)}: {extra.stands}'])
    _offer_next(extra, by=by)
    if extra.invoice:
        money_letters.issued(extra.invoice, by=by)
    return extra


def _term_of_today(membership: Membership) -> Term | None:
    on = days.today()
    running = membership.terms.filter(start__lte=on, end__gte=on)
    return running.exclude(payment=Term.Payment.VOID).first()


def follow(invoice: Invoice, *, by: Person | None) -> None:
    """Something became of their invoice: it was paid, taken back, or is owed again."""
    for extra in ExtraSeats.objects.filter(invoice=invoice):
        _offer_next(extra, by=by)


def follow_promises(now: datetime) -> None:
    """By the clock: of those whose promise ran out."""
    for extra in out_of_step(days.london_day(now)).order_by('pk')[:AT_ONCE]:
        _offer_next(extra, by=None)


def out_of_step(on: date) -> QuerySet[ExtraSeats]:
    """With which a next term is offered that nobody has answered, and which count no more."""
    unanswered = _unanswered(Term.objects.filter(start__gt=on))
    counting = ExtraSeats.objects.counting(on).values('pk')
    return ExtraSeats.objects.filter(offered_in__in=unanswered.values('pk')).exclude(pk__in=counting)


@transaction.atomic
def _offer_next(extra: ExtraSeats, *, by: Person | None) -> None:
    """The next term is offered with them while they count, and without them while they do not, for as long as nobody
    has agreed to it. What `offered_in` says is done."""
    membership = Membership.objects.locked(extra.term.membership_id)
    row, on = ExtraSeats.objects.select_related('term').get(pk=extra.pk), days.today()
    term = _unanswered(membership.terms.filter(start__gt=on)).first()
    counts = ExtraSeats.objects.counting(on).filter(pk=row.pk).exists()
    if term is None or counts == (row.offered_in_id == term.pk) or (counts and row.term.end < on):
        return
    more = _beyond(row, membership, on)
    _offer(term, more if counts else -more, membership, by)
    row.offered_in = term if counts else None
    row.save(update_fields=['offered_in'])


def _beyond(extra: ExtraSeats, membership: Membership, on: date) -> int:
    """How many of them are more than the category gives by itself: so many a next term is offered with."""
    others = extra.term.extra_seats.exclude(pk=extra.pk)
    without = extra.term.seats + others.counting(on).in_all() - membership.category.seats
    return max(without + extra.number, 0) - max(without, 0)


def _unanswered(terms: QuerySet[Term]) -> QuerySet[Term]:
    """Offered, with no invoice that stands but one that is drawn up front and that nobody has agreed to."""
    open_ones = terms.filter(payment__in=(Term.Payment.UNPAID, Term.Payment.CREDITED))
    return _without_agreed(open_ones).filter(renewal__answer='')


def _without_agreed(terms: QuerySet[Term]) -> QuerySet[Term]:
    stands = Invoice.objects.filter(term=OuterRef('pk'), voided_on=None, credited__lt=F('total')).agreed()
    return terms.filter(~Exists(stands))


def _offer(term: Term, more: int, membership: Membership, by: Person | None) -> None:
    yearly = membership.category.extra_seat_fee or Decimal(0)
    term.seats = max(term.seats + more, 0)
    term.fee = max(term.fee + more * membership.category.share_of(yearly, term.start, term.end), Decimal(0))
    _keep(term, membership, by)


def offer_anew(membership: Membership, *, by: Person | None) -> None:
    """By whoever holds it and gave it another category: a next term to which nobody has agreed is offered as that has
    it, and one that was free is asked for where that has a fee."""
    on = days.today()
    for term in next_terms(membership):
        before = membership.terms.exclude(payment=Term.Payment.VOID).filter(end__lt=term.start)
        last = before.order_by('-end').first()
        given = seats.given_by(last, on) if last else 0
        _, term.end, term.fee, term.seats = membership.category.asked_after(term.start, given)
        _ask(term)
        _keep(term, membership, by)
        if last:
            last.extra_seats.counting(on).update(offered_in=term)


def next_terms(membership: Membership) -> list[Term]:
    """Those that take what the category asks: offered and not agreed to, to come and free, or promised with no invoice.
    What staff said is free though it has a fee stays so."""
    to_come = membership.terms.filter(start__gt=days.today())
    free = to_come.filter(payment=Term.Payment.FREE, fee=0)
    promised = _without_agreed(to_come.filter(payment=Term.Payment.PROMISED))
    unheard = (free | promised).filter(Q(renewal=None) | Q(renewal__answer=''))
    keys = {
        *_unanswered(membership.terms.all()).values_list('pk', flat=True),
        *unheard.values_list('pk', flat=True),
    }
    return list(membership.terms.filter(pk__in=keys).order_by('start'))


def _ask(term: Term) -> None:
    if not term.fee:
        term.payment = Term.Payment.FREE
    elif term.payment == Term.Payment.FREE:
        term.payment = Term.Payment.UNPAID
        Renewal.objects.get_or_create(term=term, defaults={'prepared_at': timezone.now()})
    if term.promised_until:
        term.promised_until = min(term.promised_until, term.end)


def _keep(term: Term, membership: Membership, by: Person | None) -> None:
    renewing.keep_terms(membership, by=by, terms=[term])
    if drawn := cover.claim(term):
        for draw_anew in instead_of_drawn:
            draw_anew(drawn, term)
