"""The page that a letter about renewal opens: what we hold, and three answers. No sign-in: the address is secret."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from members import cover, offered, offering
from members.forms.renewal import RefuseForm, RenewForm, WishForm
from members.models import Person, Renewal, Term
from members.signing_in import MemberRequest
from ukis.letters.models import Letter
from ukis.methods import read_or_post
from ukis.private import NOWHERE, led_to, private_page
from ukis.refusals import CONFLICT, NotNow
from ukis.unsaved import signed_in

FORMS = {'renew': RenewForm, 'wish': WishForm, 'refuse': RefuseForm}
SAID = {
    'renew': 'Thank you: the membership is renewed.',
    'wish': 'Thank you: the office has it, and writes to you. You can renew now, or wait for that.',
    'refuse': 'We have it: the membership ends with its term. Everybody who holds an office is told.',
    'reconsider': 'Good: the membership goes on.',
}


@private_page
def renewal(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in a letter, as whoever it went to."""
    term, link = led_to(token, 'renewal', Term)
    found = Renewal.objects.filter(term=term).first()
    if found is None:
        raise Http404(NOWHERE)
    letter = link.letter
    by = letter.to if letter else None
    return _page(request, found, by=by, letter=letter, here=reverse('renewal', args=[token]))


@never_cache
@signed_in
@read_or_post
def my_renewal(request: MemberRequest, pk: int) -> HttpResponse:
    """The same page for whoever is signed in and may answer."""
    found = get_object_or_404(offering.answered_by(request.user), pk=pk)
    return _page(request, found, by=request.user, letter=None, here=reverse('my_renewal', args=[pk]))


def _page(
    request: HttpRequest, found: Renewal, *, by: Person | None, letter: Letter | None, here: str
) -> HttpResponse:
    asked = request.POST.get('do', '') if request.method == 'POST' else ''
    forms = {name: form(request.POST if asked == name else None, prefix=name) for name, form in FORMS.items()}
    refusal, status = '', 200
    if asked == 'reconsider' or (asked in forms and forms[asked].is_valid()):
        try:
            _carry_out(asked, found, by, letter, forms[asked].cleaned_data if asked in forms else {})
            messages.success(request, SAID[asked])
            return redirect(here)
        except NotNow as why_not:
            refusal, status = str(why_not), CONFLICT
    elif request.method == 'POST':
        status = 422
    context = _shown(found, forms, refusal, asked) | {'signed_in': letter is None and by is not None}
    return render(request, 'members/renewal/renewal.html', context, status=status)


def _carry_out(
    asked: str, found: Renewal, by: Person | None, letter: Letter | None, given: dict[str, Any]
) -> None:
    match asked:
        case 'renew':
            offering.renew(found, by=by, letter=letter, **given)
        case 'wish':
            offering.wish(found, by=by, words=given['words'])
        case 'refuse':
            offering.refuse(found, by=by, letter=letter, why=given['why'])
        case 'reconsider':
            offering.reconsider(found, by=by, letter=letter)


def _shown(found: Renewal, forms: dict[str, Any], refusal: str, asked: str) -> dict[str, Any]:
    held = Renewal.objects.select_related('by').get(pk=found.pk)
    facts = offered.what_we_hold(held)
    return {
        'renewal': held,
        'invoice': cover.standing_invoice(facts.term),
        'facts': facts,
        'forms': forms,
        'form': forms.get(asked),
        'refusal': refusal,
    }
