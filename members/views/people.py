from datetime import date

from django.contrib import messages
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members import moving
from members.forms.people import AffiliationForm, ProfileForm
from members.models import Affiliation, Person
from members.signing_in import MemberRequest
from ukis import unsaved
from ukis.unsaved import signed_in, standing
from ukis.unsaved.both import Both, in_form


@never_cache
@signed_in
@require_http_methods(['GET', 'HEAD', 'POST'])
def profile(request: MemberRequest) -> HttpResponse:
    """One's own page in the directory and under one's posts."""
    form = ProfileForm(request.POST or None, request.FILES or None, instance=request.user)
    if request.method == 'POST' and form.is_valid() and _saved(form, request.user):
        unsaved.sent(request)
        messages.success(request, 'Your profile is saved. What is in print already stays as it was.')
        return redirect('profile')
    unsaved.watch(request, form, 'Your profile', request.user, page=reverse('profile'))
    affiliations = request.user.affiliations.select_related('organisation')
    context = {'form': form, 'affiliations': affiliations, 'both': _both(form)}
    return render(request, 'members/people/profile.html', context, status=_status(form))


def _saved(form: ProfileForm, person: Person) -> bool:
    """Pictures are read before: nobody waits for them under the lock."""
    with transaction.atomic():
        moving.lock(person)
        taken = standing.take(form, Person.objects.get(pk=person.pk))
        if taken:
            form.save()
    return taken


@never_cache
@signed_in
@require_http_methods(['GET', 'HEAD', 'POST'])
def affiliation(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """Adds or changes one of one's own affiliations; a fact about people, which gives no access."""
    if request.method == 'POST':
        with transaction.atomic():
            moving.lock(request.user)
            form = AffiliationForm(request.POST or None, instance=_own(request, pk))
            if form.is_valid():
                left, left_on = form.cleaned_data.get('left', ()), form.cleaned_data.get('left_on')
                ended = moving.work_at(form.instance, by=request.user, left=left, left_on=left_on)
                unsaved.sent(request)
                messages.success(request, 'Your affiliation is saved.')
                _remind_of_places(request, ended)
                return redirect('profile')
    else:
        shown = (
            None
            if pk
            else {name: request.GET[name] for name in AffiliationForm.Meta.fields if name in request.GET}
        )
        form = AffiliationForm(instance=_own(request, pk), initial=shown, leaving='left' in request.GET)
    unsaved.watch(request, form, 'Where you work', form.instance if pk else Affiliation, page=request.path)
    context = {'form': form, 'affiliation': form.instance, 'both': _both(form)}
    return render(request, 'members/people/affiliation.html', context, status=_status(form))


def _remind_of_places(request: MemberRequest, ended: list[Affiliation]) -> None:
    """Where somebody works gives no place, and ends none."""
    for organisation in moving.left_behind(request.user, ended):
        said = 'You still have a place in the membership of {}. If you left, <a href="{}">give it up</a>.'
        address = reverse('seat_leave', args=[organisation.pk])
        messages.info(request, format_html(said, organisation.shown_name, address))


def _own(request: MemberRequest, pk: int | None) -> Affiliation:
    return get_object_or_404(request.user.affiliations, pk=pk) if pk else Affiliation(person=request.user)


@never_cache
@signed_in
@require_http_methods(['GET', 'HEAD', 'POST'])
def remove_affiliation(request: MemberRequest, pk: int) -> HttpResponse:
    """Asks once; what is gone can be put back from what is said afterwards."""
    row = get_object_or_404(request.user.affiliations.select_related('organisation'), pk=pk)
    if request.method != 'POST':
        return render(request, 'members/people/remove_affiliation.html', {'affiliation': row})
    moving.remove(row, by=request.user)
    said = (
        'The affiliation is gone. Bylines already printed stay as they are. <a href="{}?{}">Put it back</a>'
    )
    messages.success(request, format_html(said, reverse('affiliation_add'), _as_it_was(row)))
    return redirect(reverse('profile') + '#affiliations')


def _as_it_was(row: Affiliation) -> str:
    """The form filled in, for an address."""
    form = AffiliationForm(instance=row)
    shown = {name: form.initial[name] for name in AffiliationForm.Meta.fields}
    days_of_it = {name: day.isoformat() for name, day in shown.items() if isinstance(day, date)}
    return urlencode({name: value for name, value in (shown | days_of_it).items() if value})


def _both(form: ModelForm) -> list[Both] | None:
    """What stands now beside what was typed, where the form was refused as stale."""
    return in_form(form) if standing.is_stale(form) else None


def _status(form: ModelForm) -> int:
    if standing.is_stale(form):
        return 409
    return 422 if form.is_bound and not form.is_valid() else 200
