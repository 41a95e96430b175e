"""How many members there are in each nation. A member becomes one, and stops being one, by the calendar alone, so it
is counted by the clock and read from where it is kept."""

from datetime import datetime

from django.utils import timezone

from members.models import NationCount, Organisation
from members.models.people import Nation
from ukis import days


def count_by_nation(now: datetime) -> None:
    """Those that the directory lists; one that works in two nations counts in both."""
    listed = Organisation.objects.filter(public=True).members(timezone.localtime(now, days.LONDON).date())
    for nation in Nation.values:
        count = listed.working_in(nation).count()
        NationCount.objects.update_or_create(nation=nation, defaults={'organisations': count})


def by_nation() -> list[NationCount]:
    """In the order of the nations; those without a member are left out."""
    kept = {row.nation: row for row in NationCount.objects.filter(organisations__gt=0)}
    return [kept[nation] for nation in Nation.values if nation in kept]
