"""How often passwords may be guessed. What strangers guess is counted apart from what the owner mistypes in a
browser known to be theirs, so that nobody is locked out by others."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.utils import filter_users_by_email
from django.http import HttpRequest

from members.signing_in import browsers
from ukis.limits import MINUTE, Limit, network_of

FOR_ONE = Limit('wrong_password', 5, 5 * MINUTE)  # an account, from all browsers that are not known
FROM_ONE = Limit('wrong_password_from', 10, MINUTE)  # a network, such browsers
AT_HOME = Limit('wrong_password_at_home', 10, timedelta(minutes=5))  # a known browser


@dataclass(frozen=True)
class Attempt:
    """A password typed for an address, already counted as wrong."""

    counted: tuple[tuple[Limit, str], ...]
    allowed: bool

    def was_right(self) -> None:
        for limit, who in self.counted:
            limit.give_back(who)


def attempt(request: HttpRequest, address: str) -> Attempt:
    """Counts it before it is tried: of many at the same moment no more are tried than one after the other."""
    people = filter_users_by_email(address, prefer_verified=True)
    counted: tuple[tuple[Limit, str], ...]
    mark = browsers.mark_of(request, people[0].pk) if people else ''
    if mark:
        counted = ((AT_HOME, mark),)
    else:
        account = f'person {people[0].pk}' if people else address.lower()
        counted = ((FROM_ONE, network_of(request)), (FOR_ONE, account))
    return Attempt(counted, all(limit.take(who) for limit, who in counted))
