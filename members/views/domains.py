"""An organisation's email domains, and the place that an address there leads to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members.access import theirs
from members.forms.domains import ClaimForm
from members.models import Domain
from members.organisations import domains
from members.signing_in import MemberRequest
from ukis.methods import read_or_post
from ukis.refusals import NotNow, status_of, turned_down
from ukis.unsaved import signed_in


@never_cache
@signed_in
@read_or_post
def claim(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = theirs(request.user, pk, 'keeps_people')
    form = ClaimForm(request.POST if request.method == 'POST' else None)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data['name']
        try:
            domain = domains.claim(organisation, by=request.user, name=name, automatic=form.automatic)
        except NotNow as why_not:
            turned_down(form, why_not, 'name')
        else:
            messages.success(request, f'{domain.name} waits for the Society’s staff. You get a letter.')
            return redirect(reverse('contacts', args=[pk]) + '#domains')
    context = {'form': form, 'organisation': organisation}
    return render(request, 'members/contacts/domain.html', context, status=status_of(form))


@never_cache
@signed_in
@require_POST
def change(request: MemberRequest, pk: int, domain: int) -> HttpResponse:
    """Automatic or not, or given up: one button each."""
    organisation = theirs(request.user, pk, 'keeps_people')
    row = get_object_or_404(organisation.domains.all(), pk=domain)
    try:
        if 'give_up' in request.POST:
            domains.give_up(row, by=request.user)
            messages.success(request, f'{row.name} is no longer yours here. Places that came by it stay.')
        elif {'automatic', 'ask'} & set(request.POST):
            domains.choose(row, by=request.user, automatic='automatic' in request.POST)
            messages.success(request, f'{row.name} is changed.')
    except NotNow as why_not:
        messages.error(request, str(why_not))
    return redirect(reverse('contacts', args=[pk]) + '#domains')


@never_cache
@signed_in
@require_POST
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """From My page: the place that an address of theirs leads to, taken or asked for by their own act."""
    offered = {row.pk: row for row in domains.offers(request.user)}
    domain = offered.get(pk) or get_object_or_404(Domain.objects.none(), pk=pk)
    try:
        seat = domains.take_place(domain, by=request.user)
    except NotNow as why_not:
        messages.error(request, str(why_not))
    else:
        place = domain.organisation.shown_name
        if seat.is_taken:
            messages.success(request, f'You have a place in {place} now.')
        else:
            messages.success(request, f'The main contact of {place} is asked. You get a letter.')
    return redirect('account')
