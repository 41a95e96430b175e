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


def turned_down(form: Any, why_not: NotNow, field: str | None = None) -> None:
    """It was filled in well, and the verb refused: its page is shown again, with what was typed and why."""
    form.add_error(field, str(why_not))
    form.turned_down = True


def status_of(form: Any) -> int:
    """Of the page of a form: asked for, sent with faults, or turned down."""
    if getattr(form, 'turned_down', False):
        return CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK


class Stale(NotNow):
    """Somebody saved since: carries what stands now, to be shown beside what was just typed."""

    def __init__(self, current: Any) -> None:
        super().__init__(SAVED_SINCE)
        self.current = current
