"""What staff say of single days, for the one calendar by which the Society counts working days."""

from datetime import date

from ukis.clock.models import DayOff

NATION = 'england'


def of_the_society(first: date, last: date) -> dict[date, bool]:
    return DayOff.objects.between(first, last, NATION)
