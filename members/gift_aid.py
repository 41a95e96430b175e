"""Gift Aid: declaring, cancelling, and claiming each payment once.

What may be claimed is what people paid of their own money for memberships whose category says that it qualifies, put
to an invoice, received while a declaration of theirs covers it. What was claimed and went back since, or was credited,
stands in the next claim as an adjustment: never in silence.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Sum
from django.utils import timezone

from members import judging, moving, numbering
from members.models import (
    Allocation,
    GiftAidClaim,
    GiftAidDeclaration,
    GiftAidLine,
    Membership,
    Numbers,
    Payment,
    Person,
)
from members.models.billing import pounds
from members.models.gift_aid import ABROAD
from ukis import days, history
from ukis.refusals import NotNow
from ukis.society.models import Society

YEARS_BACK = 4  # as far as a claim reaches
POSTCODE = re.compile(r'([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})')
# The columns of the tax office's schedule of donations.
COLUMNS = (
    'Title',
    'First name',
    'Last name',
    'House name or number',
    'Postcode',
    'Aggregated donations',
    'Sponsored event',
    'Donation date',
    'Amount',
)
ADJUSTED = ('Claim', 'Name', 'Received', 'Amount less (£)')


def may_declare(person: Person) -> bool:
    """Whether money of theirs may be claimed for: a membership of their own of a category that qualifies."""
    return Membership.objects.filter(person=person, category__gift_aid=True).exists()


def wording() -> str:
    society = Society.get()
    return society.gift_aid_wording.replace('{society}', society.legal_name or society.name)


def postcode(typed: str) -> str:
    """In capitals, with its space; X for an address abroad. ValueError where it is none."""
    plain = ''.join(typed.upper().split())
    if plain == ABROAD:
        return plain
    found = POSTCODE.fullmatch(plain)
    if found is None:
        raise ValueError(typed)
    return ' '.join(found.groups())


@transaction.atomic
def declare(
    person: Person,
    *,
    by: Person,
    form: str,
    title: str,
    given_names: str,
    family_name: str,
    house: str,
    address: str,
    postcode: str,
    covers_from: date | None = None,
) -> GiftAidDeclaration:
    """With the wording of the day. A new one takes the place of one that stands: the old one's last day is yesterday,
    or it gives way wholly where it was made today. NotNow where a day lies further back than a claim reaches."""
    moving.lock(person)
    today = days.today()
    first = covers_from or today
    if first > today:
        raise NotNow(
            'A declaration covers money that was received already, or comes later: choose today or before.'
        )
    if first < days.years_after(today, -YEARS_BACK):
        raise NotNow(f'A declaration reaches back {YEARS_BACK} years at most.')
    for earlier in GiftAidDeclaration.objects.standing().filter(person=person):
        cancel_on(earlier, today)
    made = GiftAidDeclaration(
        person=person,
        title=title,
        given_names=given_names,
        family_name=family_name,
        house=house,
        address=address,
        postcode=postcode,
        covers_from=first,
        wording=wording(),
        form=form,
        made_at=timezone.now(),
        by=by,
    )
    judging.check(made)
    made.save(force_insert=True)
    history.note(person, by=by, lines=[f'Gift Aid declared {made.get_form_display()}'])
    return made


@transaction.atomic
def cancel(person: Person, *, by: Person) -> None:
    """Nothing that is received from today on is claimed for. Twice does no more than once."""
    moving.lock(person)
    for standing in GiftAidDeclaration.objects.standing().filter(person=person):
        cancel_on(standing, days.today())
        history.note(person, by=by, lines=['Gift Aid declaration cancelled'])


def cancel_on(declaration: GiftAidDeclaration, on: date) -> None:
    """By whoever holds the person. What was received before that day is claimed for all the same."""
    declaration.cancelled_on = max(on, declaration.covers_from)
    declaration.save(update_fields=['cancelled_on'])


@dataclass(frozen=True)
class Claimable:
    """What of a payment would stand in the next claim; less than nothing where it is an adjustment."""

    declaration: GiftAidDeclaration
    payment: Payment
    invoice_id: int
    amount: Decimal

    @property
    def is_adjustment(self) -> bool:
        return self.amount < 0


def claimable(on: date | None = None) -> list[Claimable]:
    """By the day of receipt: what was received and never claimed, and what was claimed and went back since."""
    since = days.years_after(on or days.today(), -YEARS_BACK)
    put, claimed = _put(since), _claimed(since)
    declared = _declarations({payment.membership.person_id for payment, _ in put.values()})
    rows = []
    for key, (payment, amount) in put.items():
        before = claimed.pop(key, None)
        # A category that no longer qualifies takes nothing back of what did.
        qualifies = payment.membership.category.gift_aid
        declaration = before[0] if before else _covering(declared, payment) if qualifies else None
        rest = amount - (before[1] if before else 0)
        if declaration is not None and rest:
            rows.append(Claimable(declaration, payment, key[1], rest))
    # Of what is there no more, or no longer their own, all that was claimed goes back.
    gone = Payment.objects.in_bulk({key[0] for key, (_, amount) in claimed.items() if amount})
    for (payment_id, invoice_id), (declaration, amount) in claimed.items():
        if amount:
            rows.append(Claimable(declaration, gone[payment_id], invoice_id, -amount))
    return sorted(rows, key=lambda row: (row.payment.received_on, row.payment.pk, row.invoice_id))


@transaction.atomic
def claim(*, by: Person, seen: str) -> GiftAidClaim:
    """Records what is claimable as one claim, numbered. `seen` is the mark of what somebody looked at: NotNow where it
    is something else by now, or nothing."""
    number, at = numbering.draw(Numbers.Kind.GIFT_AID_CLAIM), timezone.now()
    rows = claimable(days.london_day(at))
    if not rows:
        raise NotNow('There is nothing to claim.')
    if mark(rows) != seen:
        raise NotNow('Payments came or went since you looked. Look again, and claim what is here now.')
    made = GiftAidClaim.objects.create(number=number, made_at=at, by=by)
    GiftAidLine.objects.bulk_create(
        GiftAidLine(
            claim=made,
            declaration=row.declaration,
            payment=row.payment,
            invoice_id=row.invoice_id,
            received_on=row.payment.received_on,
            amount=row.amount,
        )
        for row in rows
    )
    history.note(made, by=by, lines=[f'Claimed: {pounds(total(rows))}'], added=True)
    return made


def mark(rows: Sequence[Claimable]) -> str:
    """Which rows, and how much of each."""
    return f'{len(rows)} {total(rows)} {max((row.payment.pk for row in rows), default=0)}'


def total(rows: Sequence[Claimable] | Sequence[GiftAidLine]) -> Decimal:
    return sum((row.amount for row in rows), Decimal(0))


def schedule(lines: Sequence[GiftAidLine]) -> Iterator[list[str]]:
    """The gifts as the tax office takes them: no pound signs, days as DD/MM/YY, blanks where there is nothing."""
    for line in lines:
        if not line.is_adjustment:
            said = line.declaration
            yield [
                said.title,
                said.given_names,
                said.family_name.replace('-', ' '),  # as the tax office wants double names
                said.house,
                said.postcode,
                '',
                '',
                f'{line.received_on:%d/%m/%y}',
                f'{line.amount:.2f}',
            ]


def adjustments(lines: Sequence[GiftAidLine]) -> Iterator[list[Any]]:
    for line in lines:
        if line.is_adjustment:
            said = line.declaration
            yield [
                line.claim.number,
                f'{said.given_names} {said.family_name}',
                line.received_on,
                -line.amount,
            ]


def lines_of(claim: GiftAidClaim) -> list[GiftAidLine]:
    return list(claim.lines.select_related('declaration', 'claim', 'payment'))


type Key = tuple[int, int]


def _put(since: date) -> dict[Key, tuple[Payment, Decimal]]:
    """What is put to invoices of the own money of those who ever declared."""
    declared = GiftAidDeclaration.objects.filter(person=OuterRef('payment__membership__person'))
    rows = Allocation.objects.filter(
        Exists(declared),
        payment__own_money=True,
        payment__reversed_on=None,
        payment__received_on__gte=since,
    ).select_related('payment__membership__category')
    return {(row.payment_id, row.invoice_id): (row.payment, row.amount) for row in rows}


def _claimed(since: date) -> dict[Key, tuple[GiftAidDeclaration, Decimal]]:
    """What of each was claimed until now, and by which declaration; what went back whole is nought."""
    rows = GiftAidLine.objects.filter(received_on__gte=since).order_by()
    sums = list(rows.values_list('payment', 'invoice', 'declaration').annotate(sum=Sum('amount')))
    declarations = GiftAidDeclaration.objects.in_bulk({declaration for _, _, declaration, _ in sums})
    return {
        (payment, invoice): (declarations[declaration], amount)
        for payment, invoice, declaration, amount in sums
    }


def _declarations(people: set[int | None]) -> dict[int, list[GiftAidDeclaration]]:
    found: dict[int, list[GiftAidDeclaration]] = defaultdict(list)
    for row in GiftAidDeclaration.objects.filter(person__in=people).order_by('pk'):
        found[row.person_id].append(row)
    return found


def _covering(declared: dict[int, list[GiftAidDeclaration]], payment: Payment) -> GiftAidDeclaration | None:
    theirs = declared.get(payment.membership.person_id or 0, ())
    return next((row for row in theirs if row.covers(payment.received_on)), None)
