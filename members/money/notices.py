"""What a renewal asks while no invoice is drawn: how much it would be, what to quote and where to pay. The bank finds
the renewal by the number of its membership (`members/money/bank/matching.py`)."""

from dataclasses import dataclass
from decimal import Decimal

from members.models import Term
from members.money import billing
from ukis.society.models import Society


@dataclass(frozen=True)
class RenewalNotice:
    price: Decimal
    quote: int
    pay_to: str


def of(term: Term) -> RenewalNotice:
    society = Society.get()
    price = billing.price_of(term, society)
    return RenewalNotice(price, term.membership.number, society.pay_to.strip())
