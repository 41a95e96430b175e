"""Asking to be forgotten, and taking that back: signed in, or by the link in the letter."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members import erasing
from members.forms.erasing import EraseForm
from members.models import Erasure
from members.models.erasures import WAITS
from members.signing_in import MemberRequest
from ukis import days
from ukis import erasing as rows_of
from ukis.methods import read_or_post
from ukis.private import led_to, private_page
from ukis.refusals import CONFLICT, NotNow
from ukis.unsaved import signed_in

NO_LINK = 'Sign in: as long as it can be taken back, the button for that stands under Your data.'


@never_cache
@signed_in
@read_or_post
def erase(request: MemberRequest) -> HttpResponse:
    """Every kind of row with what becomes of it; POST asks, with the password given just now."""
    return _ask(request) if request.method == 'POST' else _shown(request, EraseForm(person=request.user))


@reauthentication_required
def _ask(request: MemberRequest) -> HttpResponse:
    form = EraseForm(request.POST, person=request.user)
    if erasing.of(request.user) is not None or not form.is_valid():
        return _shown(request, form)
    try:
        asked = erasing.ask(request.user, by=request.user, bylines=form.choice, successors=form.heirs.named())
    except NotNow as why_not:
        form.add_error(None, str(why_not))
        return _shown(request, form)
    last = days.in_words(days.london_day(asked.due_at))
    messages.success(request, f'You have asked for it. Until {last} you can take it back here.')
    return redirect('my_data')


def _shown(request: MemberRequest, form: EraseForm) -> HttpResponse:
    standing = erasing.of(request.user)
    context = {
        'form': form,
        'standing': standing,
        'why_not': erasing.why_not(request.user),
        'rows': rows_of.preview(request.user),
        'waits': WAITS.days,
    }
    status = 422 if form.is_bound and standing is None else 200
    return render(request, 'members/people/erase.html', context, status=status)


@never_cache
@signed_in
@require_POST
def keep(request: MemberRequest) -> HttpResponse:
    standing = erasing.of(request.user)
    try:
        if standing is not None:
            erasing.take_back(standing, by=request.user)
            messages.success(request, 'You have taken it back. Nothing was erased.')
    except NotNow as why_not:
        messages.error(request, str(why_not))
    return redirect('my_data')


@private_page(NO_LINK)
def erasure_back(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in the letter: reading it changes nothing."""
    row, _ = led_to(token, erasing.PURPOSE, Erasure)
    refusal = ''
    if request.method == 'POST':
        try:
            row = erasing.take_back(row, by=None)
        except NotNow as why_not:
            refusal = str(why_not)
    status = CONFLICT if refusal else 200
    context = {'erasure': row, 'refusal': refusal}
    return render(request, 'members/people/erasure_back.html', context, status=status)
