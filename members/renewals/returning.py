"""Who lapsed comes back: the term begins on the day on which they renew, and the gap stays visible."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from members.models import Person, Renewal, Term
from members.money import billing, cover, crediting, renewing
from members.status import RENEW_DAYS, Status
from ukis import days, history
from ukis.refusals import NotNow
from ukis.society.models import Society

# A promise that gave no cover hinders nothing.
OPEN = (Term.Payment.UNPAID, Term.Payment.PART_PAID, Term.Payment.PROMISED, Term.Payment.CREDITED)
LAPSED = 'The membership had lapsed, and is renewed after a gap'


@dataclass(frozen=True)
class NewTerm:
    """The term as it would be if they renewed on the day; `gap`: the days that nothing covers before it."""

    start: date
    end: date
    fee: Decimal
    price: Decimal  # with its VAT
    gap: tuple[date, date] | None = None
    is_short: bool = False  # less than a year, for a whole year's fee

    @property
    def span(self) -> str:
        return f'{days.in_words(self.start)} to {days.in_words(self.end)}'

    @property
    def in_words(self) -> str:
        short = ''
        if self.is_short:
            short = f' This term ends on {days.in_words(self.end)}; a full year’s fee is asked.'
        if self.gap is None:
            return f'Your new term would begin on {days.in_words(self.start)}.{short}'
        first, last = map(days.in_words, self.gap)
        return (
            'Your new term would begin on the day on which you renew. '
            f'There is a gap from {first} to {last}.{short}'
        )


def term_today(
    standing: Any, term: Term | None, start: date, seats: int = 0, society: Society | None = None
) -> NewTerm:
    """What would be renewed, of a membership with its status: `term`, where one is offered, or one from `start` with so
    many `seats`."""
    category = standing.category
    if term is not None and not moves(standing, term):
        first, end, fee = term.start, term.end, term.fee
    else:
        first, end = category.term_from(start if term is None else standing.today)
        fee = category.fee_with(seats if term is None else term.seats, first, end)
    price = billing.price_of(Term(membership=standing, start=first, end=end, fee=fee, seats=0), society)
    return _new(standing, first, end, fee, price)


def _new(standing: Any, start: date, end: date, fee: Decimal, price: Decimal) -> NewTerm:
    short = bool(fee) and not standing.category.pro_rata and days.months_begun(start, end) < 12
    return NewTerm(start, end, fee, price, _gap(standing, start), short)


def _gap(standing: Any, start: date) -> tuple[date, date] | None:
    if standing.last_cover is None or standing.status != Status.LAPSED:
        return None
    first, last = standing.last_cover + timedelta(days=1), start - timedelta(days=1)
    return (first, last) if first <= last else None


def is_lapsed(held: Renewal, standing: Any = None) -> bool:
    """`standing`: its membership with its status, where that is known."""
    row: Any = standing or held.term.membership.standing()
    return row.status == Status.LAPSED


def moves(standing: Any, term: Term) -> bool:
    """Whether an offered term is still to be moved to the day on which they renew."""
    renewal = getattr(term, 'renewal', None)
    if standing.status != Status.LAPSED or renewal is None or term.start >= standing.today:
        return False
    if term.payment not in OPEN or term.cover_end is not None:
        return False
    return not (renewal.begins_anew and renewal.is_renewed and cover.claim(term) is not None)


def why_not(held: Renewal, standing: Any = None) -> str:
    """Why the membership cannot be renewed as it stands, in words for whoever would; empty where it can."""
    row: Any = standing or held.term.membership.standing()
    match row.status:
        case Status.SUSPENDED:
            return f'{row.sentence} Until that is over it cannot be renewed.'
        case Status.FORMER:
            return f'{row.sentence} That is too long ago to renew: apply again, by “Join”.'
        case Status.ACTIVE if not row.may_renew:
            day = days.in_words(row.cover_until - timedelta(days=RENEW_DAYS))
            return f'{row.sentence} It can be renewed from {day}.'
        case Status.LAPSED if held.term.cover_end is not None:
            return f'{row.sentence} Write to the office, who can begin a new term for you.'
    claim = cover.claim(held.term)
    if moves(row, held.term) and claim is not None and (claim.paid or claim.credited or claim.written_off):
        return f'The membership has lapsed, and money was put to invoice {claim.number}: write to the office.'
    return ''


def begin_today(held: Renewal, *, by: Person | None) -> None:
    """Moves the offered term of a held membership that lapsed to today; an invoice for its old days is credited, and
    the next one stands in its place. Nothing where it did not lapse, or was renewed after that already. NotNow where
    money was put to it."""
    standing: Any = held.term.membership.standing()
    term = held.term
    if standing.ends_before(standing.today) or held.is_refused or not moves(standing, term):
        return
    if why := why_not(held, standing):
        raise NotNow(why)
    if claim := cover.claim(term):
        crediting.credit(claim, by=by, reason=LAPSED, in_place=True)
        term.refresh_from_db(fields=['payment'])
    anew = term_today(standing, term, standing.today)
    old = term.span
    term.start, term.end, term.fee = anew.start, anew.end, anew.fee
    term.promised_until = None  # that was for the old days
    if term.payment == Term.Payment.PROMISED:
        term.payment = Term.Payment.UNPAID
    renewing.keep_terms(term.membership, by=by, terms=[term])
    held.begins_anew = True
    held.save(update_fields=['begins_anew'])
    history.note(term.membership, by=by, lines=[f'{LAPSED}: {old} is {term.span} now'])
