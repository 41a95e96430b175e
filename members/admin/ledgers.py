"""Where money is looked after, on the front page of the admin below what waits."""

from django.http import HttpRequest

from members.models import Person
from ukis import staff


def front(request: HttpRequest) -> dict[str, str] | None:
    person = request.user
    if not (isinstance(person, Person) and person.has_perm('members.add_payment')):
        return None
    return {'template': 'admin/members/_ledgers.html'}


staff.blocks.append(front)
