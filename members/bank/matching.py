"""Whose money a line is: by the number of an invoice anywhere in its words, and by its amount.

Both agree: ready. One of them: proposed, and a person ticks. Several numbers, or several invoices that could be meant:
a person says how much goes where. An amount alone never matches by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from members import payments
from members.bank.numbers import names_in, numbers_in
from members.models import BankLine, Invoice, Membership

AT_MOST = 6  # invoices from which somebody may choose for one line
ASKED = 2_000  # of those whose amount a file names


class Verdict(StrEnum):
    READY = 'ready'
    PROPOSED = 'proposed'
    SPLIT = 'to be split'
    NOBODY = 'nobody’s'
    ALREADY = 'recorded already'


@dataclass(frozen=True)
class Put:
    """An invoice, and how much of the line would go to it."""

    invoice: Invoice
    amount: Decimal
    owed: Decimal

    @property
    def in_words(self) -> str:
        return f'{self.invoice}, {self.invoice.payer_name}, £{self.owed:,.2f} owed'


@dataclass
class Proposal:
    line: BankLine
    verdict: Verdict
    puts: list[Put] = field(default_factory=list)
    membership: Membership | None = None  # whose balance what is left becomes
    why: str = ''  # what there is to look at, in a sentence

    @property
    def is_ready(self) -> bool:
        return self.verdict == Verdict.READY

    @property
    def is_split(self) -> bool:
        return self.verdict == Verdict.SPLIT

    @property
    def is_nobodys(self) -> bool:
        return self.verdict == Verdict.NOBODY

    @property
    def is_recorded(self) -> bool:
        return self.verdict == Verdict.ALREADY

    @property
    def target(self) -> str:
        """'Invoice 10007, Strathlorne University, £1,250.00 owed', or whose balance."""
        if self.is_split:
            return ''
        if self.puts:
            return self.puts[0].in_words
        return f'the balance of {self.membership.holder}' if self.membership else ''

    @property
    def in_words(self) -> str:
        """'12 May 2026, £1,250.00 in, from “…” → Invoice 10007, …: ready'."""
        led = f' → {self.target}' if self.target else ''
        return f'{self.line.in_words}{led}: {self.verdict}'

    @property
    def mark(self) -> str:
        """What somebody sees when they tick it: if that is another by then, they look again."""
        puts = ' '.join(f'{put.invoice.number}={put.amount}' for put in self.puts)
        return f'{self.verdict} {puts} {self.membership.pk if self.membership else ""}'.strip()


def propose(lines: Sequence[BankLine]) -> list[Proposal]:
    """For each line of an import in its order. As many questions for four hundred lines as for one."""
    return _Looking(lines).proposals()


def recorded_before(lines: Iterable[BankLine]) -> set[int]:
    """Those, of all lines of a file, whose money is in the account: of several that are equal as many as are there."""
    lines = list(lines)
    marks = {mark for line in lines for mark in (line.fingerprint, line.former)}
    rows = BankLine.objects.recorded().filter(fingerprint__in=marks)
    there, found = Counter(rows.values_list('fingerprint', flat=True)), set()
    for line in lines:
        mark = line.fingerprint if there[line.fingerprint] else line.former
        if there[mark]:
            there[mark] -= 1
            found.add(line.pk)
    return found


class _Looking:
    def __init__(self, lines: Sequence[BankLine]) -> None:
        self.lines = lines
        self.known = recorded_before(lines)
        self.fresh = [line for line in lines if line.pk not in self.known]
        self.numbers = {line.pk: numbers_in(line.text) for line in self.fresh}
        self.by_number = self._invoices()
        self.by_amount = self._open_ones()
        self.by_member = self._members()
        self.owed = {one.pk: one.owed for one in [*self.by_number.values(), *self._all_open()]}
        self.over = self._over()
        # What lines of this file before it pay already.
        self.paid_here: dict[int, int] = {}

    def _invoices(self) -> dict[int, Invoice]:
        asked = {number for found in self.numbers.values() for number in found.plain}
        rows = Invoice.objects.filter(number__in=asked).select_related(*ALONG)
        return {row.number: row for row in rows}

    def _open_ones(self) -> dict[Decimal, list[Invoice]]:
        rows = Invoice.objects.open().filter(owed__in={line.amount for line in self.fresh})
        found = defaultdict(list)
        for row in rows.select_related(*ALONG).order_by('number')[:ASKED]:
            found[row.owed].append(row)
        return found

    def _members(self) -> dict[int, Membership]:
        asked = {number for found in self.numbers.values() for number in found.plain}
        rows = Membership.objects.filter(number__in=asked).select_related('person', 'organisation')
        return {row.number: row for row in rows}

    def _all_open(self) -> list[Invoice]:
        return [row for rows in self.by_amount.values() for row in rows]

    def _over(self) -> set[int]:
        """Memberships that are over today: whether they were on a line's day is asked for those alone."""
        keys = {row.membership_id for row in [*self.by_number.values(), *self._all_open()]}
        rows = Membership.objects.with_status().filter(pk__in=keys)
        return {row.pk for row in rows if row.status in payments.OVER}  # type: ignore[attr-defined]

    def proposals(self) -> list[Proposal]:
        found: dict[int, Proposal] = {}
        for line in self.fresh:
            if (ready := self._ready(line)) is not None:
                found[line.pk] = ready
        for line in self.fresh:
            if line.pk not in found:
                found[line.pk] = self._look(line)
        for line in self.lines:
            if line.pk not in found:
                found[line.pk] = Proposal(line, Verdict.ALREADY)
        return [found[line.pk] for line in self.lines]

    def _ready(self, line: BankLine) -> Proposal | None:
        """One number, its invoice owes as much, and nothing stands against it."""
        invoices = self._numbered(line)
        if len(invoices) != 1:
            return None
        [invoice] = invoices
        if self.owed[invoice.pk] != line.amount or self._against(invoice, line):
            return None
        self.owed[invoice.pk] = Decimal(0)
        self.paid_here[invoice.pk] = line.line
        put = Put(invoice, line.amount, line.amount)
        return Proposal(line, Verdict.READY, [put], invoice.membership)

    def _numbered(self, line: BankLine) -> list[Invoice]:
        return [self.by_number[one] for one in self.numbers[line.pk].plain if one in self.by_number]

    def _against(self, invoice: Invoice, line: BankLine) -> str:
        if invoice.membership_id in self.over:
            return payments.why_over(invoice, line.value_date)
        return ''

    def _look(self, line: BankLine) -> Proposal:
        numbers, invoices = self.numbers[line.pk], self._numbered(line)
        if len(invoices) > 1:
            return self._split(line, invoices, 'Its words name several invoices: say how much goes to each.')
        if invoices:
            return self._of_number(line, invoices[0])
        same = self.by_amount.get(line.amount, [])
        hidden = [one for one in same if numbers.hides(one.number)]
        if hidden:
            return self._one_or_more(
                line, hidden, 'A part of its number stands in the words, and the amount agrees.'
            )
        if members := [self.by_member[one] for one in numbers.plain if one in self.by_member]:
            return self._of_member(line, members[0], same)
        named = [one for one in same if names_in(line.text, one.payer_name)]
        if named:
            return self._one_or_more(line, named, 'No number stands in the words; amount and name agree.')
        if 0 < len(same) <= AT_MOST:
            return self._one_or_more(line, same, 'No number stands in the words: only the amount agrees.')
        why = f'{len(same)} invoices ask for as much, and the words name none.' if same else ''
        return Proposal(line, Verdict.NOBODY, why=why)

    def _of_number(self, line: BankLine, invoice: Invoice) -> Proposal:
        """The number agrees, the amount does not, or something stands against it."""
        owed, membership = self.owed[invoice.pk], invoice.membership
        if invoice.is_void:
            return self._balance(line, membership, f'{invoice} is void.')
        if not owed:
            paid = self.paid_here.get(invoice.pk)
            by = f'by line {paid} of this file' if paid else 'already, or credited'
            return self._balance(line, membership, f'{invoice} is paid {by}.')
        if against := self._against(invoice, line):
            return self._balance(line, membership, against)
        if owed > line.amount:
            why = f'£{owed - line.amount:,.2f} less than is owed: that stays owed.'
        else:
            why = f'£{line.amount - owed:,.2f} more than is owed: that becomes the payer’s balance.'
        put = Put(invoice, min(owed, line.amount), owed)
        return Proposal(line, Verdict.PROPOSED, [put], membership, why)

    def _balance(self, line: BankLine, membership: Membership, why: str) -> Proposal:
        stays = 'The money would stand as the payer’s balance until somebody says what it is for.'
        return Proposal(line, Verdict.PROPOSED, [], membership, f'{why} {stays}')

    def _of_member(self, line: BankLine, membership: Membership, same: list[Invoice]) -> Proposal:
        theirs = [one for one in same if one.membership_id == membership.pk]
        if theirs:
            return self._one_or_more(
                line, theirs, 'The membership’s number stands in the words; the amount agrees.'
            )
        return self._balance(
            line, membership, f'Its words name membership {membership.number}, and no invoice.'
        )

    def _one_or_more(self, line: BankLine, invoices: list[Invoice], why: str) -> Proposal:
        invoices = [one for one in invoices if self.owed[one.pk] and not self._against(one, line)]
        if not invoices or len(invoices) > AT_MOST:
            return Proposal(line, Verdict.NOBODY)
        if len(invoices) > 1:
            return self._split(line, invoices, f'{why} It could be any of these.', fill=False)
        [invoice] = invoices
        owed = self.owed[invoice.pk]
        put = Put(invoice, min(owed, line.amount), owed)
        return Proposal(line, Verdict.PROPOSED, [put], invoice.membership, why)

    def _split(self, line: BankLine, invoices: list[Invoice], why: str, *, fill: bool = True) -> Proposal:
        left, puts = line.amount if fill else Decimal(0), []
        for invoice in invoices[:AT_MOST]:
            owed = self.owed[invoice.pk]
            part = Decimal(0) if self._against(invoice, line) else min(owed, left)
            puts.append(Put(invoice, part, owed))
            left -= part
        same = {invoice.membership_id for invoice in invoices}
        membership = invoices[0].membership if len(same) == 1 else None
        return Proposal(line, Verdict.SPLIT, puts, membership, why)


ALONG = ('membership__person', 'membership__organisation', 'term')
