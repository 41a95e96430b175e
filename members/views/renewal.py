"""The page that a letter about renewal opens: what we hold, and three answers. No sign-in: the address is secret."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members import answering
from members.forms.renewal import ChangeForm, RefuseForm, RenewForm, WishForm
from members.models import Organisation, Person, Renewal, Term
from members.renewals import offered, offering, renewable
from members.signing_in import MemberRequest
from ukis import days
from ukis.letters.models import Letter
from ukis.methods import read_or_post
from ukis.private import NOWHERE, led_to, private_page
from ukis.refusals import CONFLICT, NotNow, Stale
from ukis.unsaved import signed_in

NO_LINK = (
    'Sign in: a renewal that you may answer stands on your page. Or ask the office for a new letter, and say for which '
    'membership.'
)
SAID = {
    'renew': 'Thank you: the membership is renewed.',
    'wish': 'Thank you: the office has it, and writes to you. You can renew now, or wait for that.',
    'reconsider': 'Good: the membership goes on.',
}


@private_page(NO_LINK)
def renewal(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in a letter, as whoever it went to, while they answer there. A shared box goes on answering."""
    term, link = led_to(token, 'renewal', Term)
    found = Renewal.objects.filter(term=term).first()
    if found is None:
        raise Http404(NOWHERE)
    letter = link.letter
    by = letter.to if letter else None
    if by is not None and not answering.may_answer(found.term.membership, by):
        return render(request, 'members/renewal/former.html', status=HTTPStatus.FORBIDDEN)
    return _page(request, found, by=by, letter=letter, here=reverse('renewal', args=[token]))


@never_cache
@signed_in
@require_safe
def my_renewals(request: MemberRequest) -> HttpResponse:
    """All that somebody may renew, some at a time: after the membership of a number."""
    asked = request.GET.get('after', '')
    after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    chances, more_after = renewable.leaf(request.user, after=after)
    context = {'chances': chances, 'more_after': more_after, 'after': after}
    return render(request, 'members/renewal/list.html', context)


@never_cache
@signed_in
@read_or_post
def my_renewal(request: MemberRequest, pk: int) -> HttpResponse:
    """The same page for whoever is signed in and may answer."""
    found = get_object_or_404(answering.answered_by(request.user), pk=pk)
    return _page(request, found, by=request.user, letter=None, here=reverse('my_renewal', args=[pk]))


@never_cache
@signed_in
@require_POST
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    """Of their own accord: to the page of the next term, which is prepared for it."""
    membership = get_object_or_404(answering.memberships_of(request.user), pk=pk)
    try:
        found = renewable.begin(membership, by=request.user)
    except NotNow as why_not:
        messages.error(request, str(why_not))
        return redirect('account')
    if found is None:
        messages.success(request, SAID['renew'])
        return redirect('account')
    return redirect('my_renewal', found.pk)


def _page(
    request: HttpRequest, found: Renewal, *, by: Person | None, letter: Letter | None, here: str
) -> HttpResponse:
    asked = request.POST.get('do', '') if request.method == 'POST' else ''
    forms = _forms(request, found, asked, by)
    refusal, status = '', 200
    if asked == 'reconsider' or (asked in forms and forms[asked].is_valid()):
        try:
            _carry_out(asked, found, by, letter, forms[asked].cleaned_data if asked in forms else {})
            messages.success(request, SAID.get(asked) or _ends(found))
            return redirect(here)
        except Stale:
            forms, status = _forms(request, found, asked, by), CONFLICT
        except NotNow as why_not:
            refusal, status = str(why_not), CONFLICT
    elif request.method == 'POST':
        status = CONFLICT if getattr(forms.get(asked), 'is_stale', False) else 422
    context = _shown(found, forms, refusal, asked, by) | {
        'by': by,
        'signed_in': letter is None and by is not None,
    }
    return render(request, 'members/renewal/renewal.html', context, status=status)


def _ends(found: Renewal) -> str:
    held = Renewal.objects.select_related('term__membership').get(pk=found.pk)
    last, whose = days.in_words(offering.last_day(held)), held.term.membership.organisation_id
    told = 'Everybody who holds an office is told.' if whose else 'You have it in writing.'
    return f'We have it: the membership ends on {last}. {told}'


def _forms(request: HttpRequest, found: Renewal, asked: str, by: Person | None) -> dict[str, Any]:
    """Fields of an organisation are offered where it is known who would propose them."""
    sent: Any = {asked: request.POST}
    organisation = Organisation.objects.filter(memberships__terms=found.term_id).first() if by else None
    wish = sent.get('wish')
    address = ''
    if offering.wants_address(found):
        address = 'Address for invoices' if found.term.membership.organisation_id else 'Your postal address'
    return {
        'renew': RenewForm(sent.get('renew'), prefix='renew', address=address),
        'wish': ChangeForm(wish, prefix='wish', instance=organisation)
        if organisation
        else WishForm(wish, prefix='wish'),
        'refuse': RefuseForm(sent.get('refuse'), prefix='refuse'),
    }


def _carry_out(
    asked: str, found: Renewal, by: Person | None, letter: Letter | None, given: dict[str, Any]
) -> None:
    match asked:
        case 'renew':
            offering.renew(found, by=by, letter=letter, **given)
        case 'wish':
            offering.wish(found, by=by, words=given['words'], changes=given.get('changes'), letter=letter)
        case 'refuse':
            offering.refuse(found, by=by, letter=letter, why=given['why'])
        case 'reconsider':
            offering.reconsider(found, by=by, letter=letter)


def _shown(
    found: Renewal, forms: dict[str, Any], refusal: str, asked: str, by: Person | None
) -> dict[str, Any]:
    held = Renewal.objects.select_related('by').get(pk=found.pk)
    wishes = held.wishes.waiting().select_related('letter')
    facts = offered.what_we_hold(held, by=by)
    return {
        'renewal': held,
        'wishes': [one.said for one in wishes],
        'facts': facts,
        'forms': forms,
        'form': forms.get(asked),
        'refusal': refusal,
    }
