"""Who may submit and who is listed, as conditions on people and organisations. What each status gives stands in
`status`; here is only whose status counts.

Each is asked of one row at a time, by its keys: worked out for everybody it would cost what everybody costs.
"""

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from members import status


def may_submit(on: date | None) -> Q:
    """Of people: their own membership says so, or one in which they hold an active seat."""
    own = _in_status(status.MAY_SUBMIT, on, person=OuterRef('pk'))
    seats: Any = apps.get_model('members', 'Seat')._default_manager
    theirs = _in_status(status.MAY_SUBMIT, on, pk=OuterRef('membership'))
    seated = Exists(seats.active(on).filter(theirs, person=OuterRef('pk')))
    return Q(own | seated, is_active=True)


def is_listed(on: date | None) -> Q:
    """Of organisations: members whose status is shown."""
    return Q(_in_status(status.LISTED, on, organisation=OuterRef('pk')))


def _in_status(statuses: list[status.Status], on: date | None, **whose: Any) -> Exists:
    # By name: this stands below the models, whose querysets ask it.
    memberships: Any = apps.get_model('members', 'Membership')._default_manager
    return Exists(memberships.filter(**whose).with_status(on).filter(status__in=statuses))
