"""Monday's letter to the membership secretary. One a week: after a Monday that was missed it goes out when it can."""

from datetime import datetime, timedelta

from members import letters, waiting
from members.letters import recipients
from members.letters.recipients import Addressee
from ukis import days
from ukis.letters.models import Letter
from ukis.society.models import Society

NAMED = 20
UNPAID = (30, 60, 90)  # days


def write(now: datetime) -> None:
    """Once for the week of this day; to whoever is Membership Secretary, else to the office."""
    on = days.london_day(now)
    monday = on - timedelta(days=on.weekday())
    key = f'week of {monday:%Y-%m-%d}'
    if Letter.objects.filter(key__startswith=f'{key} ').exists():
        return
    society = Society.get()
    if society.pk is None or society._state.adding:
        return
    found = [one for one in waiting.of_the_week(on, NAMED, unpaid_for=UNPAID) if one.count]
    what_waits, warning = waiting.with_the_bank(found, on)
    letters.tell(
        'weekly',
        _to(),
        society,
        key=key,
        monday=monday,
        waiting=what_waits,
        warning=warning,
        admin=letters.address_of('admin:index'),
    )


def _to() -> list[Addressee]:
    """Secretaries whom letters reach; else the office, so that none is written to nobody."""
    return recipients.secretaries() or recipients.staff()
