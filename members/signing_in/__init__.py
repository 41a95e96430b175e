"""People who sign in: their addresses, their sessions, the browsers known to be theirs; what allauth asks of us
is in `adapter`."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.middleware import UserSessionsMiddleware
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from members.models import Person
from ukis.letters.models import hashed

# Letters that tell somebody of a change to their account.
KINDS = {
    'accounts_merged': 'Two accounts became one',
    'email_changed': 'Main address changed',
    'email_deleted': 'Address removed',
    'password_changed': 'Password changed',
    'password_reset': 'Password set anew',
    'password_set': 'Password set',
    'recovery_codes_generated': 'New recovery codes',
    'totp_activated': 'Authenticator app set up',
    'totp_deactivated': 'Authenticator app turned off',
    'webauthn_added': 'Key added',
    'webauthn_removed': 'Key taken away',
}


class MemberRequest(HttpRequest):
    """A request behind `signed_in`: somebody is."""

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


def letters_kept_from(staff: Person) -> Q:
    """Letters to somebody about their own account are for those who look after people."""
    kept = Q(content_type=ContentType.objects.get_for_model(Person)) & ~Q(to=staff.pk)
    return Q(pk__in=[]) if staff.has_perm('members.change_person') else kept


def page_of(person: Any) -> str:
    return reverse('admin:members_person_change', args=[person.pk])


def display(person: Person) -> str:
    return person.printed_name


# How an address ends to which a page turns by itself: nobody used their session by it.
BY_ITSELF = '/still-open/'


class SeenMiddleware(UserSessionsMiddleware):
    """Notes when and from where a session was last used; every few minutes, for each note is a write."""

    EVERY = 300  # seconds

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.endswith(BY_ITSELF):
            return self.get_response(request)
        key = request.session.session_key
        if key and request.user.is_authenticated and cache.add(f'seen:{hashed(key)}', True, self.EVERY):
            return super().__call__(request)
        return self.get_response(request)
