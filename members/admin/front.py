"""What waits for the membership secretary, first on the front page of the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from members.models import Membership, Person
from members.roles import ADMINISTRATOR, SECRETARY
from members.status import Status
from ukis import staff
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
    return {
        'template': 'admin/members/_front.html',
        'waiting': [_line(status, day, words) for status, (day, words) in WAITING.items()],
        'failed': letters.filter(state=Letter.State.FAILED).count(),
        'failed_state': Letter.State.FAILED,
    }


def _line(status: Status, day: str, words: str) -> dict[str, Any]:
    rows: Any = Membership.objects.in_status(status).select_related('person', 'organisation')
    first = list(rows.order_by(day, 'number')[: NAMED + 1])
    return {
        'words': words,
        'count': len(first) if len(first) <= NAMED else rows.count(),
        'first': first[:NAMED],
        'more': len(first) > NAMED,
        'status': status.value,
    }


staff.blocks.append(front)
