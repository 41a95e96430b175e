"""Gift Aid: declaring, cancelling, and claiming each payment once.

What may be claimed is what people paid of their own money for memberships whose category says that it qualifies, put
to an invoice, received while a declaration of theirs covers it. What was claimed and went back since, or was credited,
stands in the next claim as an adjustment: never in silence.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from members import judging, moving
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
from members.models.billing import money, pounds
from members.models.gift_aid import ABROAD
from members.money import numbering
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
    """With the wording of the day. A new one takes the place of one that stands: the old one counts for what came
    before today, or for nothing where it was made today, a slip. NotNow where a day lies further back than a claim
    reaches."""
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
        was_a_slip = days.london_day(earlier.made_at) == today and not earlier.claimed.exists()
        cancel_on(earlier, earlier.covers_from if was_a_slip else today)
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
    older = _went_back(since)  # nothing is added that far back, and what is less by now is said all the same
    put, claimed = _put(since, older), _claimed(since, older)
    declared = _declarations({one.payment.membership.person_id for one in put.values()})
    rows = []
    for key, one in put.items():
        before = claimed.pop(key, None)
        rest = one.amount - (before.amount if before else 0)
        # A category that no longer qualifies takes nothing back of what did, and adds nothing.
        if rest < 0 or (rest and one.payment.membership.category.gift_aid):
            declaration = before.declaration if before else _covering(declared, one.payment)
            if declaration is not None:
                rows.append(Claimable(declaration, one.payment, one.invoice_id, rest))
    # Of what is there no more, or no longer their own, all that was claimed goes back.
    gone = Payment.objects.in_bulk({key for key, before in claimed.items() if before.amount})
    for key, payment in gone.items():
        before = claimed[key]
        rows.append(Claimable(before.declaration, payment, before.invoice_id, -before.amount))
    return sorted(rows, key=lambda row: (row.payment.received_on, row.payment.pk))


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


def not_said(on: date | None = None) -> QuerySet[Payment]:
    """What those who declared have paid, and of which nobody has said whose money it was."""
    declared = GiftAidDeclaration.objects.filter(person=OuterRef('membership__person'))
    since = days.years_after(on or days.today(), -YEARS_BACK)
    rows = Payment.objects.filter(Exists(declared), own_money=None, reversed_on=None, received_on__gte=since)
    return rows.select_related('membership__person').order_by('received_on', 'pk')


def mark(rows: Sequence[Claimable]) -> str:
    """The same for the same payments alone, with the same of each under the same declarations."""
    named = sorted(f'{row.payment.pk} {row.declaration.pk} {row.amount:.2f}' for row in rows)
    return hashlib.sha256('\n'.join(named).encode()).hexdigest()[:32]


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


@dataclass(frozen=True)
class PutToInvoices:
    """What of a payment is put to invoices, whichever these are by now; the last of them stands for all."""

    payment: Payment
    amount: Decimal
    invoice_id: int


@dataclass(frozen=True)
class ClaimedBefore:
    declaration: GiftAidDeclaration
    amount: Decimal
    invoice_id: int


def _went_back(since: date) -> set[int]:
    """The payments from before that day of which more was claimed than is put to invoices now."""
    own = Allocation.objects.filter(payment__own_money=True, payment__reversed_on=None)
    put = own.filter(payment=OuterRef('payment')).order_by().values('payment')
    now = Coalesce(Subquery(put.annotate(sum=Sum('amount')).values('sum')), Decimal(0), output_field=money())
    rows = GiftAidLine.objects.filter(received_on__lt=since).order_by().values('payment')
    # SQLite reckons in binary: half a penny is nothing.
    less = rows.annotate(sum=Sum('amount'), now=now).filter(sum__gt=F('now') + Decimal('0.005'))
    return set(less.values_list('payment', flat=True))


def _put(since: date, older: set[int]) -> dict[int, PutToInvoices]:
    """By the payment, of those who ever declared, and of money that is said to be their own; from before that day, of
    these."""
    declared = GiftAidDeclaration.objects.filter(person=OuterRef('membership__person'))
    wanted = Q(received_on__gte=since) | Q(pk__in=older)
    own = Payment.objects.filter(
        wanted, Exists(declared), own_money=True, reversed_on=None, allocations__isnull=False
    )
    rows = own.annotate(in_all=Sum('allocations__amount'), last=Max('allocations__invoice'))
    return {
        row.pk: PutToInvoices(row, row.in_all, row.last)
        for row in rows.select_related('membership__category')
    }


def _claimed(since: date, older: set[int]) -> dict[int, ClaimedBefore]:
    """What of each payment was claimed until now; what went back whole is nought."""
    rows = GiftAidLine.objects.filter(Q(received_on__gte=since) | Q(payment__in=older)).order_by()
    sums = list(
        rows.values('payment').annotate(sum=Sum('amount'), by=Max('declaration'), last=Max('invoice'))
    )
    declarations = GiftAidDeclaration.objects.in_bulk({row['by'] for row in sums})
    return {row['payment']: ClaimedBefore(declarations[row['by']], row['sum'], row['last']) for row in sums}


def _declarations(people: set[int | None]) -> dict[int, list[GiftAidDeclaration]]:
    found: dict[int, list[GiftAidDeclaration]] = defaultdict(list)
    for row in GiftAidDeclaration.objects.filter(person__in=people).order_by('pk'):
        found[row.person_id].append(row)
    return found


def _covering(declared: dict[int, list[GiftAidDeclaration]], payment: Payment) -> GiftAidDeclaration | None:
    theirs = declared.get(payment.membership.person_id or 0, ())
    return next((row for row in theirs if row.covers(payment.received_on)), None)
