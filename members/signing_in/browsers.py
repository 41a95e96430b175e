"""Browsers in which somebody has signed in before. A cookie says so and nothing else: it signs nobody in."""

import secrets

from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = 'known_browser'
YEAR = 365 * 24 * 60 * 60  # in seconds
MOST = 5  # people who share a browser
PATH = '/account/'
_SALT = 'members.known_browser'


def remember(request: HttpRequest, response: HttpResponse, person_pk: int) -> None:
    """Sets the cookie, by which `mark_of` knows this browser for a year from the last sign-in."""
    known = _known(request)
    mark = known.pop(str(person_pk), '') or secrets.token_urlsafe(9)
    kept = dict([(str(person_pk), mark), *known.items()][:MOST])
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=_SALT),
        max_age=YEAR,
        path=PATH,
        secure=request.is_secure(),
        httponly=True,
        samesite='Lax',
    )


def mark_of(request: HttpRequest, person_pk: int) -> str:
    """The mark of this browser, where this person has signed in with it before; else nothing."""
    return _known(request).get(str(person_pk), '')


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        return dict(signing.loads(request.COOKIES.get(COOKIE, ''), salt=_SALT, max_age=YEAR))
    except signing.BadSignature:
        return {}
