"""What allauth asks us about people who sign in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from members.models import Person


class MemberRequest(HttpRequest):
    """A request behind `login_required`: somebody is signed in."""

    user: Person


def display(person: Person) -> str:
    return person.printed_name


class Adapter(DefaultAccountAdapter):
    """Sign-in, sign-up and reset codes are sent at once and never pass through the outbox."""

    def get_from_email(self) -> str:
        return settings.DEFAULT_FROM_EMAIL
