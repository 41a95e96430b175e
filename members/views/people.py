from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from members import moving
from members.forms.people import AffiliationForm, ProfileForm
from members.models import Affiliation
from members.signing_in import MemberRequest
from ukis.unsaved import signed_in


@never_cache
@signed_in
@require_http_methods(['GET', 'HEAD', 'POST'])
def profile(request: MemberRequest) -> HttpResponse:
    """One's own page in the directory and under one's posts."""
    form = ProfileForm(request.POST or None, request.FILES or None, instance=request.user)
    if request.method == 'POST' and form.is_valid():
        form.save()
        messages.success(request, 'Your profile is saved. What is in print already stays as it was.')
        return redirect('profile')
    affiliations = request.user.affiliations.select_related('organisation')
    return render(
        request,
        'members/people/profile.html',
        {'form': form, 'affiliations': affiliations},
        status=_status(form),
    )


@never_cache
@signed_in
@require_http_methods(['GET', 'HEAD', 'POST'])
def affiliation(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """Adds or changes one of one's own affiliations; a fact about people, which gives no access."""
    row = get_object_or_404(request.user.affiliations, pk=pk) if pk else Affiliation(person=request.user)
    form = AffiliationForm(request.POST or None, instance=row)
    if request.method == 'POST' and form.is_valid():
        moving.work_at(form.instance, by=request.user)
        messages.success(request, 'Your affiliation is saved.')
        return redirect('profile')
    return render(
        request, 'members/people/affiliation.html', {'form': form, 'affiliation': row}, status=_status(form)
    )


@signed_in
@require_POST
def remove_affiliation(request: MemberRequest, pk: int) -> HttpResponse:
    moving.remove(get_object_or_404(request.user.affiliations, pk=pk), by=request.user)
    messages.success(request, 'The affiliation is gone. Bylines already printed stay as they are.')
    return redirect(reverse('profile') + '#affiliations')


def _status(form) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200
