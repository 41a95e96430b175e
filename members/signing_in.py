"""What allauth asks us about people who sign in."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from members.models import Person
from ukis.letters.models import hashed


class MemberRequest(HttpRequest):
    """A request behind `login_required`: somebody is signed in."""

    user: Person


def set_main_address(person: Person) -> None:
    """After staff wrote `person.email`: it takes the place of the main address, and is confirmed by a code when
    they next sign in. Other addresses of theirs stay, unless there is none any more."""
    EmailAddress.objects.filter(user=person, primary=True).exclude(email=person.email).delete()
    if not person.email:
        EmailAddress.objects.filter(user=person).delete()  # without an address nobody signs in as them
    else:
        EmailAddress.objects.update_or_create(
            user=person, email=person.email, defaults={'primary': True}, create_defaults={'primary': True}
        )


def display(person: Person) -> str:
    return person.printed_name


class SeenMiddleware(UserSessionsMiddleware):
    """Notes when and from where a session was last used; every few minutes, for each note is a write."""

    EVERY = 300  # seconds

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and request.user.is_authenticated and cache.add(f'seen:{hashed(key)}', True, self.EVERY):
            return super().__call__(request)
        return self.get_response(request)


class Adapter(DefaultAccountAdapter):
    """Sign-in, sign-up and reset codes are sent at once and never pass through the outbox."""

    def get_from_email(self) -> str:
        return settings.DEFAULT_FROM_EMAIL
