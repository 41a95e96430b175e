"""Signing in by a code that a letter brings: whom it lets in, and how often one is sent. What strangers ask for is
counted apart from what the owner asks for in a browser known to be theirs, or by a link that was sent there, so that
nobody is locked out by others."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from members import owners
from members.models import Person
from members.signing_in import browsers
from ukis import letters
from ukis.limits import HOUR, Limit, network_of
from ukis.lines import one_line
from ukis.refusals import CONFLICT
from ukis.unsaved.giving_back import typed_fields

FOR_ONE = Limit('sign_in_code', 5, HOUR)  # an address, from all browsers that are not known
FROM_ONE = Limit('sign_in_code_from', 20, HOUR)  # a network, such browsers
AT_HOME = Limit('sign_in_code_at_home', 10, HOUR)  # a known browser
BY_LINK = Limit(
    'sign_in_code_by_link', 10, HOUR
)  # an address, by whoever has a private link that was sent there

SIGN_OUT = 'sign_out_first'
_LINK = 'sign_in_by_link'  # in the session: the address of the last link, and where it leads
CLOSED = (
    'The account of this address is closed: the Society’s staff have closed it, and nobody signs in with it.'
)
DOUBTED = (
    'Letters to this address came back, or an organisation took the address back. Until its owner has confirmed it '
    'anew, nobody signs in by a letter to it.'
)


def opened_by(address: str) -> Person | None:
    """Whom a code that was sent there lets in; the page tells no stranger whether there is somebody."""
    person = owners.owner_of(address)
    return None if person is None or _why_not(person, address) else person


def may_send(request: HttpRequest, address: str) -> bool:
    """Counts one more letter to this address."""
    if then_of(request, address):
        return BY_LINK.take(address)
    person = owners.owner_of(address)
    mark = browsers.mark_of(request, person.pk) if person else ''
    if mark:
        return AT_HOME.take(mark)
    return FROM_ONE.take(network_of(request)) and FOR_ONE.take(address)


def begin(request: HttpRequest, *, email: str, name: str, then: str) -> HttpResponse:
    """For whoever has a private link that was sent to this address, after a POST (machines open links): the way to the
    page that asks for the code, and from there, signed in as the owner of the address, to `then`, a path of ours.

    Where nobody owns the address, an account of this name without a password is made. What was typed is to be kept
    before; where no code is sent, it is given back too, and the same POST may come again."""
    if not url_has_allowed_host_and_scheme(then, allowed_hosts=None):
        raise ValueError(f'{then} is no path of ours')
    address = email.strip().lower()
    owner = owners.owner_of(address)
    if another_is_in(request, address):
        return _page(request, 'another_is_in', address=address, sign_out=SIGN_OUT)
    if request.user.is_authenticated:
        if request.user == owner:
            return redirect(then)
        get_adapter(request).logout(request)
    if why := _why_not(owner, address):
        return _page(request, 'no_code', why=why)
    return _led_to_the_code(request, address, name, then)


def another_is_in(request: HttpRequest, email: str) -> bool:
    """Whether somebody else is signed in here, and has not said that they sign out: until then nothing is done."""
    if not request.user.is_authenticated or SIGN_OUT in request.POST:
        return False
    return request.user != owners.owner_of(email.strip().lower())


def then_of(request: HttpRequest, address: str) -> str:
    """Where the private link leads by which this browser has come, if it was one of this address."""
    link = request.session.get(_LINK, {})
    return link.get('then', '') if link.get('address') == address else ''


def forget_link(request: HttpRequest) -> None:
    request.session.pop(_LINK, None)


def _led_to_the_code(request: HttpRequest, address: str, name: str, then: str) -> HttpResponse:
    awaited = _is_awaited(request, address)
    request.session[_LINK] = {'address': address, 'then': then}
    if awaited:  # pressed twice: the code that is on its way will do, and another is asked for there
        return redirect('account_confirm_login_code')
    if not may_send(request, address):
        return respond_429(request)
    form = LoginForm(request=request)
    form.user, form.cleaned_data = owners.owner_or_new(address, one_line(name)), {'login': address}
    try:
        return form.login(request)
    except ImmediateHttpResponse as not_sent:
        return not_sent.response


def _is_awaited(request: HttpRequest, address: str) -> bool:
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    if stage is None or not then_of(request, address) or stage.state.get('email') != address:
        return False
    return time.time() - stage.state['at'] <= settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT


def _why_not(person: Person | None, address: str) -> str:
    """Why no code sent to this address signs in as this person, or as somebody new."""
    if person is not None and not person.is_active:
        return CLOSED
    return DOUBTED if letters.sets_no_password(address) else ''


def _page(request: HttpRequest, name: str, **context: str) -> HttpResponse:
    given = {**context, 'fields': typed_fields(request.POST.lists()), 'action': request.get_full_path()}
    return render(request, f'account/{name}.html', given, status=CONFLICT)
