"""Why something cannot be done, in a sentence for the person: the wrong person, the wrong moment, a race lost."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied

SAVED_SINCE = 'Somebody saved this since you opened it. Nothing of yours is lost: both are shown.'


class NotAllowed(PermissionDenied):
    """The wrong person: they never may do this here. Answered 403."""


CONFLICT = HTTPStatus.CONFLICT


class NotNow(Exception):
    """The wrong moment: the row is not, or no longer, where this starts. Its text is for the person, answered 409."""


class Stale(NotNow):
    """Somebody saved since: carries what stands now, to be shown beside what was just typed."""

    def __init__(self, current: Any) -> None:
        super().__init__(SAVED_SINCE)
        self.current = current
