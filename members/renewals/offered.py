"""What a renewal page shows of what the Society holds: counts, names and job titles, and no person's address; it is
forwarded to finance desks and shared boxes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from members.models import (
    Affiliation,
    ChangeProposal,
    Invoice,
    Membership,
    Office,
    Person,
    Renewal,
    Seat,
    Term,
)
from members.money import cover, notices
from members.organisations import proposals
from members.places import seats
from members.renewals import grounds, offering, returning
from ukis import days


@dataclass(frozen=True)
class Officer:
    role: str
    name: str
    job_title: str


@dataclass(frozen=True)
class AskedFor:
    """A change that waits for staff."""

    row: ChangeProposal
    wanted: str
    who: str


@dataclass(frozen=True)
class Held:
    membership: Any
    term: Term
    sentence: str
    used: seats.Use | None
    offices: list[Officer]
    by_domain: list[str]  # whose places came by the organisation's domain, to be looked through
    asked_for: list[AskedFor]
    invoice: Invoice | None  # the last that was drawn and is not void
    claim: Invoice | None  # the same, unless it was credited whole
    why_no_renewal: str
    why_no_refusal: str
    can_renew: bool
    is_open: bool  # it was not answered, and the term is there
    is_void: bool
    begins_today: bool  # it lapsed: renewing moves the term to the day
    to_be: returning.NewTerm  # if they renewed today
    can_be_taken_back: bool
    last_day: date
    notice: notices.RenewalNotice


def what_we_hold(renewal: Renewal, on: date | None = None, *, by: Person | None = None) -> Held:
    """`by`: who reads it, or to whom the letter went that leads there."""
    on = on or days.today()
    answers = Renewal.objects.select_related('term__membership').prefetch_related('term__invoices')
    held = answers.get(pk=renewal.pk)
    term = held.term
    rows: Any = Membership.objects.with_status(on).select_related('category', 'organisation', 'person')
    term.membership = membership = rows.get(pk=term.membership_id)
    claim, why = cover.claim(term), offering.why_no_renewal(held, membership)
    moves = returning.moves(membership, term)
    return Held(
        membership=membership,
        term=term,
        sentence=grounds.in_full(membership),
        used=seats.use(membership, on) if membership.organisation_id else None,
        offices=_officers(membership, on),
        by_domain=_by_domain(membership, on),
        asked_for=_asked_for(membership, by),
        invoice=cover.standing_invoice(term),
        claim=claim,
        why_no_renewal=why,
        why_no_refusal=offering.why_no_refusal(held, membership),
        can_renew=offering.can_renew(held, membership),
        is_open=not held.answer and term.payment != Term.Payment.VOID,
        is_void=term.payment == Term.Payment.VOID,
        begins_today=moves,
        to_be=returning.term_today(membership, term, on),
        can_be_taken_back=held.is_refused and not offering.why_not_back(held, on),
        last_day=offering.last_day(held),
        notice=notices.of(term),
    )


def _by_domain(membership: Membership, on: date) -> list[str]:
    rows = membership.seats.taken(on).filter(came=Seat.Way.DOMAIN, person__isnull=False)
    return [seat.person.printed_name for seat in rows.select_related('person').order_by('pk') if seat.person]


def _asked_for(membership: Membership, by: Person | None) -> list[AskedFor]:
    if membership.organisation is None:
        return []
    return [
        AskedFor(
            row,
            proposals.in_words(row.field, row.wanted),
            'You' if by is not None and row.by_id == by.pk else row.by.printed_name,
        )
        for row in proposals.at_renewal(membership.organisation)
    ]


def _officers(membership: Membership, on: date) -> list[Officer]:
    held = list(
        Office.objects.current(on)
        .filter(organisation=membership.organisation_id)
        .select_related('person')
        .order_by('role', 'since')
        if membership.organisation_id
        else []
    )
    there = Affiliation.objects.current(on).filter(
        organisation=membership.organisation_id, person__in=[office.person_id for office in held]
    )
    titles = dict(there.values_list('person', 'job_title')) if held else {}
    return [
        Officer(office.get_role_display(), office.person.printed_name, titles.get(office.person_id, ''))
        for office in held
    ]
