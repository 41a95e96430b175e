"""Amounts that fall into parts."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal('0.01')


def pennies(amount: Decimal) -> Decimal:
    return amount.quantize(PENNY, ROUND_HALF_UP)


def shared(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """An amount in these proportions. Each part is of the sum so far, less what those before it took: no penny is lost
    or made by rounding."""
    whole, reached, given = sum(weights), Decimal(0), Decimal(0)
    parts = []
    for weight in weights:
        reached += weight
        parts.append(pennies(amount * reached / whole) - given)
        given += parts[-1]
    return parts
