"""Resigning: from the membership of one's own, or by its main contact from an organisation's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from members import contacts, leaving
from members.forms.leaving import ResignForm
from members.models import Membership
from members.signing_in import MemberRequest
from ukis import days
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow
from ukis.unsaved import signed_in


@never_cache
@signed_in
@read_or_post
def resign(request: MemberRequest, pk: int) -> HttpResponse:
    """Asks once, and says from when on."""
    rows: Any = Membership.objects.with_status().select_related('category', 'organisation', 'person')
    membership = get_object_or_404(rows, pk=pk)
    organisation = membership.organisation
    if organisation is None and membership.person_id != request.user.pk:
        raise Http404
    if organisation is not None and not contacts.powers(request.user, organisation).keeps_people:
        raise Http404
    posted = request.POST if request.method == 'POST' else None
    form, refusal = ResignForm(posted, covered_until=membership.cover_until), ''
    if form.is_bound and form.is_valid():
        why, at_the_end = form.cleaned_data['why'], form.at_the_end
        try:
            ended = leaving.resign(membership, by=request.user, at_the_end=at_the_end, why=why)
        except NotNow as why_not:
            refusal = str(why_not)
        else:
            last = days.in_words(ended.ended_on or days.today())
            whose = f'The membership of {organisation.shown_name}' if organisation else 'Your membership'
            messages.success(request, f'{whose} ends on {last}. You have it in writing.')
            return redirect('contacts', organisation.pk) if organisation else redirect('account')
    context = {'membership': membership, 'form': form, 'refusal': refusal}
    status = CONFLICT if refusal else 422 if form.is_bound else 200
    return render(request, 'members/people/resign.html', context, status=status)
