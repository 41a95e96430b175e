"""Monday's letter to the membership secretary. One a week: after a Monday that was missed it goes out when it can."""

from datetime import date, datetime, timedelta

from members import letters, recipients, waiting
from members.models import Person
from members.recipients import Addressee
from members.roles import SECRETARY
from members.waiting.shown import Waiting
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
    letters.tell(
        'weekly',
        _to(),
        society,
        key=key,
        monday=monday,
        waiting=what_waits(on),
        admin=letters.address_of('admin:index'),
    )


def what_waits(on: date) -> list[Waiting]:
    found = [
        *waiting.all_of_it(on, NAMED),
        waiting.leaving_the_page(on, NAMED),
        *(waiting.overdue(on, NAMED, by=by) for by in UNPAID),
        waiting.bounced(on, NAMED),
    ]
    return waiting.with_the_bank([one for one in found if one.count], on)


def _to() -> list[Addressee]:
    secretaries = Person.objects.in_group(SECRETARY).filter(email__isnull=False).order_by('pk')
    return [
        Addressee(person.printed_name, person.email, person) for person in secretaries if person.email
    ] or recipients.staff()
