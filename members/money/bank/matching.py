"""Whose money a line is: by the number of an invoice, or of a membership whose renewal is offered, anywhere in its
words, and by its amount.

Both agree: ready. One of them: proposed, and a person ticks. Several numbers, or several that could be meant: a person
says how much goes where. An amount alone never matches by itself, and never draws an invoice.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from members.models import BankLine, Invoice, Membership, Payment
from members.money import numbering, payments
from members.money.bank import targets
from members.money.bank.numbers import names_in, numbers_in
from members.money.bank.proposals import Proposal, Put, Verdict
from members.money.bank.targets import Target

AT_MOST = 6  # invoices from which somebody may choose for one line
BY_HAND = (
    'A payment of this day and amount was recorded for them by hand already. Tick it only if it came twice.'
)


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
        asked = {number for found in self.numbers.values() for number in found.plain}
        self.by_number = self._invoices(asked)
        self.by_member = targets.named_by(asked)
        whose = {row.number for row in self.by_member.values()}
        self.offered = targets.offered_to(whose) if whose else {}
        self.by_amount = self._open_ones()
        self.owed = {one.key: one.asks for one in self._all()}
        self.over = self._over()
        self.by_hand = self._by_hand()
        # What lines of this file before it pay already.
        self.paid_here: dict[str, int] = {}

    def _invoices(self, asked: set[int]) -> dict[int, Target]:
        rows = Invoice.objects.filter(number__in=asked).select_related('term', *targets.ALONG)
        instead = targets.in_place_of(rows)
        self.led = {row.number: f'{row} was taken back' for row in rows if row.pk in instead}
        return {row.number: instead.get(row.pk) or targets.of_invoice(row) for row in rows}

    def _open_ones(self) -> dict[Decimal, list[Target]]:
        amounts, found = {line.amount for line in self.fresh}, defaultdict(list)
        rows = Invoice.objects.open().filter(owed__in=amounts).select_related('term', *targets.ALONG)
        for row in rows.order_by('number')[: targets.AT_MOST]:
            found[row.owed].append(targets.of_invoice(row))
        self.by_fee = defaultdict(list)
        for one in targets.offered_for(amounts):
            self.by_fee[one.asks].append(one)
        return found

    def _all(self) -> list[Target]:
        found = [one for rows in [*self.by_amount.values(), *self.by_fee.values()] for one in rows]
        return [*self.by_number.values(), *self.offered.values(), *found]

    def _over(self) -> set[int]:
        """Memberships that are over today: whether they were on a line's day is asked for those alone."""
        keys = {one.membership.pk for one in self._all()}
        rows = Membership.objects.with_status().filter(pk__in=keys)
        return {row.pk for row in rows if row.status in payments.OVER}  # type: ignore[attr-defined]

    def _by_hand(self) -> set[tuple[int, date, Decimal]]:
        """Whose money of which day and amount somebody recorded, and no line of a file."""
        keys = {one.membership.pk for one in self._all()} | {row.pk for row in self.by_member.values()}
        rows = Payment.objects.filter(
            membership__in=keys,
            received_on__in={line.value_date for line in self.fresh},
            amount__in={line.amount for line in self.fresh},
            reversed_on=None,
            bank_lines=None,
        )
        return set(rows.values_list('membership', 'received_on', 'amount'))

    def _is_by_hand(self, line: BankLine, membership: Membership) -> bool:
        return (membership.pk, line.value_date, line.amount) in self.by_hand

    def proposals(self) -> list[Proposal]:
        found: dict[int, Proposal] = {}
        for line in self.fresh:
            if (ready := self._ready(line)) is not None:
                found[line.pk] = ready
        for line in self.fresh:
            if line.pk not in found:
                found[line.pk] = self._looked_at(line)
        for line in self.lines:
            if line.pk not in found:
                found[line.pk] = Proposal(line, Verdict.ALREADY)
        return [found[line.pk] for line in self.lines]

    def _ready(self, line: BankLine) -> Proposal | None:
        """One number, what it names asks for as much, and nothing stands against it."""
        named = self._named(line)
        if len(named) != 1 or self._led(line):
            return None
        [target] = named
        if self.owed[target.key] != line.amount or self._against(target, line):
            return None
        if self._is_by_hand(line, target.membership):
            return None
        if not self._by_own_number(line, target) and self._others_of(target, line):
            return None
        self.owed[target.key] = Decimal(0)
        self.paid_here[target.key] = line.line
        return Proposal(line, Verdict.READY, [Put(target, line.amount, line.amount)], target.membership)

    def _named(self, line: BankLine) -> list[Target]:
        """Its invoices, and the renewals of memberships whose numbers are no year or day, and no such invoice's own."""
        numbers = self.numbers[line.pk].plain
        found = [self.by_number[one] for one in numbers if one in self.by_number]
        whose = {one.membership.pk for one in found}
        offered = [self.offered[one] for one in numbers if one in self.offered and numbering.tells(one)]
        found += [one for one in offered if one.membership.pk not in whose]
        return list({one.key: one for one in found}.values())

    def _by_own_number(self, line: BankLine, target: Target) -> bool:
        return isinstance(target.row, Invoice) and target.row.number in self.numbers[line.pk].plain

    def _led(self, line: BankLine) -> str:
        """Of one whose words name an invoice that was taken back, and whose term is paid otherwise now."""
        return next((self.led[one] for one in self.numbers[line.pk].plain if one in self.led), '')

    def _others_of(self, target: Target, line: BankLine) -> list[Target]:
        """What else of the same payer asks for as much."""
        same = self.by_amount.get(line.amount, [])
        return [one for one in same if one.membership.pk == target.membership.pk and one.key != target.key]

    def _against(self, target: Target, line: BankLine) -> str:
        return target.against(line.value_date, is_over=target.membership.pk in self.over)

    def _looked_at(self, line: BankLine) -> Proposal:
        found = self._look(line)
        whose = [put.target.membership for put in found.puts] + [found.membership]
        for number in self.numbers[line.pk].plain:
            one = self.by_member.get(number)
            if one is not None and one.number != number and one == found.membership:
                found.why = f'Membership {number} has ended, and {one.number} goes on. {found.why}'
        if any(self._is_by_hand(line, one) for one in whose if one is not None):
            found.why = f'{BY_HAND} {found.why}'.strip()
        return found

    def _look(self, line: BankLine) -> Proposal:
        numbers, named = self.numbers[line.pk], self._named(line)
        if len(named) > 1:
            return self._split(
                line, named, 'Its words name several that it may be for: say how much goes to each.'
            )
        if named and (self._by_own_number(line, named[0]) or self._led(line)):
            return self._of_number(line, named[0])
        same = self.by_amount.get(line.amount, [])
        hidden = [one for one in same if isinstance(one.row, Invoice) and numbers.hides(one.row.number)]
        if hidden and not named:
            return self._one_or_more(
                line, hidden, 'A part of its number stands in the words, and the amount agrees.'
            )
        if members := [self.by_member[one] for one in numbers.plain if one in self.by_member]:
            return self._of_member(line, named[0].membership if named else members[0], same)
        by_fee = self.by_fee.get(line.amount, [])
        if called := [one for one in [*same, *by_fee] if names_in(line.text, one.payer)]:
            return self._one_or_more(line, called, 'No number stands in the words; amount and name agree.')
        if 0 < len(same) <= AT_MOST:
            return self._one_or_more(line, same, 'No number stands in the words: only the amount agrees.')
        why = f'{len(same)} invoices ask for as much, and the words name none.' if same else ''
        return Proposal(line, Verdict.NOBODY, why=why)

    def _of_number(self, line: BankLine, target: Target) -> Proposal:
        """The number agrees, the amount does not, or something stands against it."""
        owed, membership, row = self.owed[target.key], target.membership, target.row
        if isinstance(row, Invoice) and row.is_void:
            return self._balance(line, membership, f'{row} is void.')
        if not owed:
            paid = self.paid_here.get(target.key)
            by = f'by line {paid} of this file' if paid else 'already, or credited'
            return self._balance(line, membership, f'{target.called} is paid {by}.')
        if against := self._against(target, line):
            return self._balance(line, membership, against)
        if owed > line.amount:
            why = f'£{owed - line.amount:,.2f} less than is owed: that stays owed.'
        elif owed < line.amount:
            why = f'£{line.amount - owed:,.2f} more than is owed: that becomes the payer’s balance.'
        elif self._is_by_hand(line, membership):
            why = 'Number and amount agree.'
        else:
            why = 'The number may be a year or a day as well; the amount agrees.'
        if led := self._led(line):
            why = f'{led}. {why if owed != line.amount else "The amount agrees."}'
        return Proposal(line, Verdict.PROPOSED, [Put(target, min(owed, line.amount), owed)], membership, why)

    def _balance(self, line: BankLine, membership: Membership, why: str) -> Proposal:
        stays = 'The money would stand as the payer’s balance until somebody says what it is for.'
        return Proposal(line, Verdict.PROPOSED, [], membership, f'{why} {stays}')

    def _of_member(self, line: BankLine, membership: Membership, same: list[Target]) -> Proposal:
        theirs = [one for one in same if one.membership.pk == membership.pk]
        offered = self.offered.get(membership.number)
        if theirs:
            if offered and offered.key not in {one.key for one in theirs}:
                theirs += [offered] if self.owed[offered.key] == line.amount else []
            return self._one_or_more(
                line, theirs, 'The membership’s number stands in the words; the amount agrees.'
            )
        if offered:
            return self._of_number(line, offered)
        return self._balance(
            line, membership, f'Its words name membership {membership.number}, and no invoice.'
        )

    def _one_or_more(self, line: BankLine, found: list[Target], why: str) -> Proposal:
        found = [one for one in found if self.owed[one.key] and not self._against(one, line)]
        if not found or len(found) > AT_MOST:
            return Proposal(line, Verdict.NOBODY)
        if len(found) > 1:
            return self._split(line, found, f'{why} It could be any of these.', fill=False)
        [target] = found
        owed = self.owed[target.key]
        put = Put(target, min(owed, line.amount), owed)
        return Proposal(line, Verdict.PROPOSED, [put], target.membership, why)

    def _split(self, line: BankLine, found: list[Target], why: str, *, fill: bool = True) -> Proposal:
        left, puts = line.amount if fill else Decimal(0), []
        for target in found[:AT_MOST]:
            owed = self.owed[target.key]
            part = Decimal(0) if self._against(target, line) else min(owed, left)
            puts.append(Put(target, part, owed))
            left -= part
        same = {target.membership.pk for target in found}
        membership = found[0].membership if len(same) == 1 else None
        return Proposal(line, Verdict.SPLIT, puts, membership, why)
