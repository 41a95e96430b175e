"""What waits for the membership secretary, first on the front page of the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from members import waiting
from members.models import Person
from members.roles import ADMINISTRATOR, SECRETARY
from ukis import staff
from ukis.letters.models import Letter


def front(request: HttpRequest) -> dict[str, Any] | None:
    person = request.user
    if not (isinstance(person, Person) and any(map(person.is_in, (SECRETARY, ADMINISTRATOR)))):
        return None
    letters = admin.site.get_model_admin(Letter).get_queryset(request)  # those that this person may read
    found, warning = waiting.with_the_bank(waiting.all_of_it())
    failed = letters.filter(state=Letter.State.FAILED).count()
    return {
        'template': 'admin/members/_front.html',
        'waiting': [one for one in found if one.count],
        'quiet': [
            *(one.words for one in found if not one.count),
            *([] if failed else ['letters that failed']),
        ],
        'warning': warning,
        'failed': failed,
        'failed_state': Letter.State.FAILED,
    }


staff.blocks.append(front)
