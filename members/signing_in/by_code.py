"""Signing in by a code that a letter brings: whom it lets in, and how often one is sent. What strangers ask for is
counted apart from what the owner asks for in a browser known to be theirs, so that nobody is locked out by others."""

from django.http import HttpRequest

from members import owners
from members.models import Person
from members.signing_in import browsers
from ukis import letters
from ukis.limits import HOUR, Limit, network_of

FOR_ONE = Limit('sign_in_code', 5, HOUR)  # an address, from all browsers that are not known
FROM_ONE = Limit('sign_in_code_from', 20, HOUR)  # a network, such browsers
AT_HOME = Limit('sign_in_code_at_home', 10, HOUR)  # a known browser


def opened_by(address: str) -> Person | None:
    """Whom a code that was sent there lets in; the page tells no stranger whether there is somebody."""
    person = owners.owner_of(address)
    return person if person and person.is_active and not letters.sets_no_password(address) else None


def may_send(request: HttpRequest, address: str) -> bool:
    """Counts one more letter to this address."""
    person = owners.owner_of(address)
    mark = browsers.mark_of(request, person.pk) if person else ''
    if mark:
        return AT_HOME.take(mark)
    return FROM_ONE.take(network_of(request)) and FOR_ONE.take(address.lower())
