"""A bank's file from its choice to its undoing: taken and read, its columns put right, confirmed and undone as a whole.
Before it is confirmed nothing is written but the lines that somebody looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from members.models import (
    Allocation,
    BankFormat,
    BankImport,
    BankLine,
    Invoice,
    Membership,
    Numbers,
    Payment,
    Person,
    Term,
)
from members.money import money_letters, numbering, payments, taking_up
from members.money.bank import columns as mapping
from members.money.bank import incoming, matching
from members.money.bank.columns import Columns
from members.money.bank.table import Unreadable
from ukis import engine, history
from ukis.refusals import NotNow

# For so long a file waits for somebody who confirms it.
WAITS = timedelta(days=7)


type Puts = Sequence[tuple[Invoice | Term, Decimal]]


@dataclass(frozen=True)
class Choice:
    """A line, what of it goes to which invoice, or to which term whose invoice is drawn for it, and whose balance the
    rest becomes."""

    line: BankLine
    puts: Puts
    membership: Membership | None = None


@transaction.atomic
def take(data: bytes, *, by: Person, file_name: str) -> BankImport:
    """Reads it as it looks, or as a saved format whose headings it has. Unreadable where it is no such file."""
    saved = list(BankFormat.objects.all()[:100])
    known = [Columns.of_json(one.columns) for one in saved]
    columns = mapping.guess(data, known)
    same = [
        one
        for one, its in zip(saved, known, strict=True)
        if its.headings and its.headings == columns.headings
    ]
    row = BankImport(
        file_name=file_name[-200:], content=data, format=same[0] if same else None, by=by, at=timezone.now()
    )
    _read_as(row, columns)
    return row


@transaction.atomic
def set_columns(row: BankImport, *, by: Person, columns: Columns, name: str = '') -> BankImport:
    """Reads the file again with these columns, and keeps them under a name for the same bank's next one."""
    held = _open(row)
    if name:
        held.format, _ = BankFormat.objects.update_or_create(
            name=name, defaults={'columns': columns.as_json()}
        )
    held.lines.all().delete()
    _read_as(held, columns)
    return held


def _read_as(row: BankImport, columns: Columns) -> None:
    """Lines that cannot be read are said on the page where the columns are put right."""
    row.columns, row.unread, row.left_out, row.oldest, row.newest = columns.as_json(), '', '', None, None
    found = None
    try:
        found = incoming.read(bytes(row.content or b''), columns)
        row.left_out, row.oldest, row.newest = found.left_out, found.oldest, found.newest
    except Unreadable as why:
        row.unread = str(why)[:300]
    row.save()
    if found is not None:
        BankLine.objects.bulk_create(
            BankLine(
                bank_import=row,
                line=one.line,
                value_date=one.day,
                amount=one.amount,
                text=one.text,
                fingerprint=one.fingerprint,
                former=one.former,
                occurrence=one.occurrence,
            )
            for one in found.credits
        )


@transaction.atomic
def let_go(row: BankImport, *, by: Person) -> None:
    """Nothing of it is kept. Twice does no more than once."""
    held = BankImport.objects.open().filter(pk=row.pk)
    if held.select_for_update().exists():
        held.delete()


@transaction.atomic
def confirm(row: BankImport, *, by: Person, choices: Sequence[Choice]) -> BankImport:
    """Records what was chosen, all of it or nothing; the other lines and the file are forgotten. A second time, or
    after somebody else, nothing happens."""
    held = engine.locked(row, 'by')
    if not held.is_open:
        return held
    # Whoever confirms waits here: what is in the account already is asked after that.
    held.number = numbering.draw(Numbers.Kind.BANK_IMPORT)
    held.confirmed_by, held.confirmed_at, held.content = by, timezone.now(), None
    held.save(update_fields=['number', 'confirmed_by', 'confirmed_at', 'content'])
    paid = _record(held, by, choices)
    held.lines.filter(recorded=False).delete()
    history.note(
        held,
        by=by,
        lines=[f'{held} confirmed: {len(choices)} payments, £{sum(one.line.amount for one in choices):,.2f}'],
        added=True,
    )
    for invoice in paid:
        money_letters.received(invoice, by=by)
    return held


def _record(row: BankImport, by: Person, choices: Sequence[Choice]) -> list[Invoice]:
    """In the order of the memberships, as everybody holds them who holds several; all of them before the first invoice
    is drawn, for whose number others may wait who hold one."""
    before = matching.recorded_before(row.lines.all())
    taken = _occurrences([one.line.fingerprint for one in choices])
    shares = sorted(
        ((share, one) for one in choices for share in _shares(one)), key=lambda pair: pair[0].membership.pk
    )
    for key in dict.fromkeys(share.membership.pk for share, _ in shares):
        Membership.objects.locked(key)
    paid: dict[int, Invoice] = {}
    for share, choice in shares:
        line = choice.line
        if not line.recorded and line.pk in before:
            raise NotNow(f'{line.in_words}: somebody recorded it meanwhile, from another file.')
        try:
            payment = taking_up.record(
                share.membership,
                by=by,
                received_on=line.value_date,
                amount=share.amount,
                method=Payment.Method.TRANSFER,
                reference=line.text[:300],
                to=share.puts,
                tell=False,
            )
        except NotNow as refusal:
            raise NotNow(f'{line.in_words}: {refusal}') from None
        if not line.recorded:
            line.occurrence = next(one for one in range(1, 10**6) if one not in taken[line.fingerprint])
            taken[line.fingerprint].add(line.occurrence)
            line.recorded = True
            line.save(update_fields=['occurrence', 'recorded'])
        line.payments.add(payment)
        paid |= {put.invoice_id: put.invoice for put in payment.allocations.select_related('invoice')}
    return list(paid.values())


def _occurrences(marks: Sequence[str]) -> dict[str, set[int]]:
    taken: dict[str, set[int]] = {mark: set() for mark in marks}
    rows = BankLine.objects.recorded().filter(fingerprint__in=taken)
    for mark, occurrence in rows.values_list('fingerprint', 'occurrence'):
        taken[mark].add(occurrence)
    return taken


@dataclass(frozen=True)
class _Share:
    """What of a line is one membership's."""

    membership: Membership
    puts: Puts
    amount: Decimal


def _shares(choice: Choice) -> list[_Share]:
    line, left = choice.line, choice.line.amount - sum((amount for _, amount in choice.puts), Decimal(0))
    if left < 0:
        raise NotNow(f'{line.in_words}: £{-left:,.2f} more is put to invoices than came in.')
    members = {target.membership_id: target.membership for target, _ in choice.puts}
    if choice.membership is not None:
        members.setdefault(choice.membership.pk, choice.membership)
    if not members:
        raise NotNow(f'{line.in_words}: say whose money it is.')
    if left and len(members) > 1 and choice.membership is None:
        raise NotNow(
            f'{line.in_words}: £{left:,.2f} is put to no invoice, and it could be of several members. Put all of it.'
        )
    rest_of = choice.membership or next(iter(members.values()))
    shares = []
    for key, membership in members.items():
        puts = [(target, amount) for target, amount in choice.puts if target.membership_id == key]
        amount = sum((amount for _, amount in puts), Decimal(0)) + (left if key == rest_of.pk else 0)
        if amount:
            shares.append(_Share(membership, puts, amount))
    return shares


def built_since(row: BankImport) -> list[str]:
    """What stands on its payments and would fall with them, in sentences: while there is any it is not undone."""
    said = []
    for payment in _payments(row).prefetch_related('refunds', 'allocations__invoice', 'bank_lines'):
        if payment.reversed_on:
            continue
        said += [f'Of {payment}, {payment.membership}: {refund}.' for refund in payment.refunds.all()]
        said += [
            f'Of {payment}, {payment.membership}: £{put.afterwards} was put to {put.invoice} afterwards.'
            for put in payment.allocations.all()
            if put.afterwards
        ]
        said += [
            f'{put.invoice}, {payment.membership}, was drawn for it, and £{others} of other money is put to that.'
            for put in payment.allocations.all()
            if put.took_up and (others := put.invoice.paid - put.amount)
        ]
    return said


def drawn_for(row: BankImport) -> list[Invoice]:
    """The invoices that were drawn for its money: they are credited with its undoing."""
    put = Allocation.objects.filter(payment__in=_payments(row), took_up=True).order_by('invoice')
    return [one.invoice for one in put.select_related('invoice__term')]


@transaction.atomic
def undo(row: BankImport, *, by: Person, why: str) -> BankImport:
    """Takes all its payments back, and its lines can be recorded again. NotNow names what was built on them since."""
    held = engine.locked(row, 'by')
    if held.is_open:
        raise NotNow('It was not confirmed: there is nothing to undo.')
    if held.is_undone:
        return held
    if not why.strip():
        raise NotNow('Say why the import is undone.')
    keys = _payments(held).order_by('membership').values_list('membership', flat=True).distinct()
    for key in keys:
        Membership.objects.locked(key)
    if built := built_since(held):
        raise NotNow(f'Something was built on it since. {" ".join(built[:5])} Take that back first.')
    mistaken = f'Recorded by mistake ({held}): {why.strip()}'[:300]
    for payment in _payments(held).filter(reversed_on=None).order_by('membership', 'pk'):
        # No bank recalled it: the payer, whose money it is still, is not told that one did.
        payments.take_back(payment, by=by, why=mistaken, tell=False)
    for invoice in drawn_for(held):
        taking_up.let_go(invoice, by=by, why=mistaken)
    held.undone_by, held.undone_at, held.undone_why = by, timezone.now(), why.strip()[:300]
    held.save(update_fields=['undone_by', 'undone_at', 'undone_why'])
    held.lines.update(recorded=False)
    history.note(held, by=by, lines=[f'{held} undone: {held.undone_why}'])
    return held


def _payments(row: BankImport) -> QuerySet[Payment]:
    return (
        Payment.objects.filter(bank_lines__bank_import=row)
        .select_related('membership__category', 'membership__person', 'membership__organisation')
        .distinct()
    )


def known_until() -> date | None:
    """Up to which day the bank's account is known here: nobody is reminded of what may be on its way."""
    return BankImport.objects.standing().aggregate(newest=Max('newest'))['newest']


def is_behind(day: date) -> bool:
    """Whether what came in by that day may not be known yet: nobody is chased for what they have paid, and nobody
    lapses. Where no bank's file was ever read, payments are recorded by hand, and nothing is waited for."""
    known = known_until()
    return known is not None and known < day


def never_confirmed(now: datetime) -> QuerySet[BankImport]:
    """Files that nobody confirmed are forgotten with their lines."""
    return BankImport.objects.open().filter(at__lt=now - WAITS)


def _open(row: BankImport) -> BankImport:
    held = engine.locked(row, 'by')
    if not held.is_open:
        raise NotNow(f'It was confirmed meanwhile, as {held}.')
    return held
