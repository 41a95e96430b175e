"""What is said of a line of a bank's file: how sure its payer is, what the money is for, and how it reads."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from members.models import BankLine, Invoice, Membership, Term
from members.money.bank.targets import Target


class Verdict(StrEnum):
    READY = 'ready'
    PROPOSED = 'proposed'
    SPLIT = 'to be split'
    NOBODY = 'nobody’s'
    ALREADY = 'recorded already'


@dataclass(frozen=True)
class Put:
    """What the money is for, and how much of the line would go to it."""

    target: Target
    amount: Decimal
    owed: Decimal

    @property
    def to(self) -> Invoice | Term:
        return self.target.row

    @property
    def key(self) -> str:
        return self.target.key

    @property
    def in_words(self) -> str:
        return self.target.in_words(self.owed)

    @property
    def label(self) -> str:
        return self.target.label(self.owed)


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
        puts = ' '.join(f'{put.key}={put.amount}' for put in self.puts)
        return f'{self.verdict} {puts} {self.membership.pk if self.membership else ""}'.strip()
