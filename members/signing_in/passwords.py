"""Who has an account that somebody else's doing made, and no password yet."""

from allauth.account.forms import AddEmailForm, ResetPasswordForm
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest

from members.models import Person


def send_link(request: HttpRequest, address: str) -> bool:
    """The letter by which a password is set, to this address; False where it could not be sent just now."""
    form = ResetPasswordForm({'email': address})
    if not form.is_valid():
        return False
    try:
        form.save(request)
    except ImmediateHttpResponse:
        return False
    return True


def ask_for_code(request: HttpRequest, person: Person, address: str) -> bool:
    """Sends a code to an address that is to be one of somebody's; False where theirs cannot be more."""
    form = AddEmailForm(data={'email': address}, user=person)
    if not form.is_valid():
        return False
    form.save(request)
    return True
