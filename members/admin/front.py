"""What waits for the membership secretary, first on the front page of the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from members.models import Membership, Person
from members.roles import ADMINISTRATOR, SECRETARY
from members.status import Status
from ukis import staff
from ukis.leafing import Leafing
from ukis.letters.models import Letter

NAMED = 5
# Each with the day by which its rows are put in order: what comes first is named first.
WAITING = {
    Status.DUE: ('cover_until', 'due'),
    Status.GRACE: ('grace_until', 'in grace'),
    Status.AWAITING_PAYMENT: ('joined_on', 'awaiting payment'),
}


def front(request: HttpRequest) -> dict[str, Any] | None:
    person = request.user
    if not (isinstance(person, Person) and any(map(person.is_in, (SECRETARY, ADMINISTRATOR)))):
        return None
    letters = admin.site.get_model_admin(Letter).get_queryset(request)  # those that this person may read
    waiting = {status: _waiting(status, day) for status, (day, _) in WAITING.items()}
    named = [key for found in waiting.values() for key in found.keys[:NAMED]]
    rows: Any = Membership.objects.with_status().select_related('person', 'organisation').in_bulk(named)
    return {
        'template': 'admin/members/_front.html',
        'waiting': [_line(status, found, rows) for status, found in waiting.items()],
        'failed': letters.filter(state=Letter.State.FAILED).count(),
        'failed_state': Letter.State.FAILED,
    }


def _waiting(status: Status, day: str) -> Leafing:
    """How many and which come first is one question: Django takes long to write it, and a database to answer."""
    rows: Any = Membership.objects.in_status(status)
    return Leafing(rows.order_by(day, 'number'), NAMED)


def _line(status: Status, found: Leafing, rows: dict[int, Membership]) -> dict[str, Any]:
    return {
        'words': WAITING[status][1],
        'count': found.how_many if found.goes_on else found.count,
        'first': [rows[key] for key in found.keys[:NAMED] if key in rows],
        'more': found.count > NAMED,
        'status': status.value,
    }


staff.blocks.append(front)
