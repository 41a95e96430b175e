"""Numbers without gaps or twins: drawn in the transaction that issues, so that one that fails gives its back."""

from django.db import connection

from members.models import Numbers

# Apart from one another and from memberships', so that a number in a payer's words names one thing.
FIRST = {
    Numbers.Kind.INVOICE: 10001,
    Numbers.Kind.CREDIT_NOTE: 80001,
    Numbers.Kind.BANK_IMPORT: 1,
    Numbers.Kind.GIFT_AID_CLAIM: 1,
}

# One transaction may draw both, in either order: whoever draws one holds both, so that no two wait for each other.
TOGETHER = (Numbers.Kind.INVOICE, Numbers.Kind.CREDIT_NOTE)

# What else numbers of memberships could be read as: days and house numbers, years, and documents.
_READ_OTHERWISE = (range(1, 1_000), range(1_900, 2_100), range(FIRST[Numbers.Kind.INVOICE], 100_000))


def tells(number: int) -> bool:
    """Whether this number of a membership is likely to mean it where it stands in a payer's words."""
    return not any(number in read for read in _READ_OTHERWISE)


def telling_from(number: int) -> int:
    """The first such from this one on."""
    return next((read.stop for read in _READ_OTHERWISE if number in read), number)


def draw(kind: Numbers.Kind) -> int:
    """The next one. Whoever draws waits until the one before them is done, and so does whoever dates what it is for:
    the order of the numbers is that of the days."""
    assert connection.in_atomic_block, 'A number is drawn in the transaction that issues what it is for.'
    kinds = TOGETHER if kind in TOGETHER else (kind,)
    Numbers.objects.bulk_create(
        [Numbers(kind=one, last=FIRST[one] - 1) for one in kinds], ignore_conflicts=True
    )
    held = Numbers.objects.filter(kind__in=kinds).order_by('pk').select_for_update()
    row = next(row for row in list(held) if row.kind == kind)
    row.last += 1
    row.save(update_fields=['last'])
    return row.last
