"""An organisation's page for those who act for it, and what its main contacts do there."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members import contacts, overview
from members.access import theirs
from members.forms.extra_seats import ExtraSeatsForm
from members.forms.invitations import InviteForm
from members.forms.offices import AppointForm, EndPlaceForm, LeaveForm, StepDownForm
from members.forms.staying import StayingForm
from members.models import Membership, Office, Organisation, Person, Seat
from members.money import billing, extra_seats
from members.organisations import offices
from members.places import asking, inviting, placing, seats
from members.places import staying as who_stays
from members.signing_in import MemberRequest
from ukis.methods import read_or_post
from ukis.refusals import NotAllowed, NotNow, status_of, turned_down
from ukis.unsaved import signed_in


@never_cache
@signed_in
@require_safe
def page(request: MemberRequest, pk: int) -> HttpResponse:
    shown = overview.of(theirs(request.user, pk), request.user)
    context = {'shown': shown, 'organisation': shown.organisation, 'form': InviteForm()}
    return render(request, 'members/contacts/page.html', context)


@never_cache
@signed_in
@read_or_post
def invite(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = theirs(request.user, pk, 'keeps_people')
    form = InviteForm(request.POST if request.method == 'POST' else None)
    if form.is_bound and form.is_valid():
        address = form.cleaned_data['address']
        try:
            inviting.invite(_membership(organisation), by=request.user, address=address)
        except NotNow as why_not:
            turned_down(form, why_not, 'address')
        else:
            messages.success(request, f'A letter goes to {address}. You hear what comes of it.')
            return redirect('contacts', pk)
    context = {'form': form, 'organisation': organisation}
    return render(request, 'members/contacts/invite.html', context, status=status_of(form))


ENDED = 'The place of {} has ended. They are told, and keep their account.'


# What a main contact does with a seat, and what is said of it.
VERBS: dict[str, tuple[Callable[..., object], str]] = {
    'again': (inviting.invite_again, 'Another letter goes to {}. The earlier link works no more.'),
    'withdraw': (inviting.withdraw, 'The invitation to {} is withdrawn, and its place is free.'),
    'approve': (asking.approve, '{} has a place now, and is told.'),
    'decline': (asking.decline, '{} gets no place, and is told.'),
    'stay': (who_stays.let_stay, 'The place of {} goes on. They are told.'),
    'end': (partial(offices.end_place, with_offices=False), ENDED),
}


@never_cache
@signed_in
@require_POST
def act(request: MemberRequest, pk: int, seat: int, verb: str) -> HttpResponse:
    """One of VERBS with one seat."""
    organisation = theirs(request.user, pk, 'keeps_people')
    if verb not in VERBS:
        raise Http404
    row = get_object_or_404(Seat.objects.select_related('membership__organisation', 'person'), pk=seat)
    if row.membership.organisation_id != organisation.pk:
        raise Http404
    do, said = VERBS[verb]
    who = row.who
    try:
        do(row, by=request.user)
    except NotNow as why_not:
        messages.error(request, str(why_not))
    else:
        messages.success(request, said.format(who))
    return redirect(reverse('contacts', args=[pk]) + '#people')


@never_cache
@signed_in
@read_or_post
def end(request: MemberRequest, pk: int, seat: int) -> HttpResponse:
    """Asks once before a place ends."""
    organisation = theirs(request.user, pk, 'keeps_people')
    rows = Seat.objects.given().filter(membership__organisation=organisation)
    row = get_object_or_404(rows.select_related('person', 'membership__organisation'), pk=seat)
    person = row.person
    assert person is not None
    sent = request.POST if request.method == 'POST' else None
    form = EndPlaceForm(sent, held=offices.going_on(organisation, person))
    if form.is_bound and form.is_valid():
        try:
            offices.end_place(row, by=request.user, with_offices=form.cleaned_data.get('offices', False))
        except NotNow as why_not:
            messages.error(request, str(why_not))
        else:
            messages.success(request, ENDED.format(row.who))
        still = contacts.powers(request.user, organisation).any
        return redirect(reverse('contacts', args=[pk]) + '#people') if still else redirect('account')
    context = {'form': form, 'seat': row, 'organisation': organisation}
    return render(request, 'members/contacts/end.html', context)


@never_cache
@signed_in
@read_or_post
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody gives up their own place; asks once, and the last main contact for a successor."""
    organisation = theirs(request.user, pk, 'has_seat')
    sent = request.POST if request.method == 'POST' else None
    form = LeaveForm(sent, organisation=organisation, person=request.user)
    if form.is_bound and form.is_valid():
        try:
            offices.leave(organisation, by=request.user, successor=form.chosen)
        except NotNow as why_not:
            turned_down(form, why_not)
        else:
            messages.success(
                request, f'You have no place in {organisation.shown_name} any more. Your account stays.'
            )
            return redirect('account')
    held = contacts.powers(request.user, organisation).offices
    context = {'form': form, 'organisation': organisation, 'offices': held}
    return render(request, 'members/contacts/leave.html', context, status=status_of(form))


@never_cache
@signed_in
@read_or_post
def more_seats(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = theirs(request.user, pk, 'keeps_people')
    try:
        membership = _membership(organisation)
        offer = extra_seats.offer(membership)
    except NotNow as why_not:
        return _not_now(request, pk, why_not)
    address = 'Address for invoices' if offer.each and not billing.has_address(membership) else ''
    sent = request.POST if request.method == 'POST' else None
    form = ExtraSeatsForm(sent, taken=offer.taken, address=address)
    if form.is_bound and form.is_valid():
        try:
            extra = extra_seats.take(membership, by=request.user, **form.cleaned_data)
        except NotNow as why_not:
            turned_down(form, why_not)
        else:
            messages.success(request, f'{extra}: {extra.stands}.')
            return redirect(reverse('contacts', args=[pk]) + '#people')
    context = {
        'form': form,
        'organisation': organisation,
        'membership': membership,
        'offer': offer,
        'use': seats.use(membership),
    }
    return render(request, 'members/contacts/more_seats.html', context, status=status_of(form))


@never_cache
@signed_in
@read_or_post
def staying(request: MemberRequest, pk: int) -> HttpResponse:
    """Who keeps a place where the next term has fewer."""
    organisation = theirs(request.user, pk, 'keeps_people')
    membership = placing.open_places(organisation)
    found = who_stays.fewer_places(membership) if membership else None
    if membership is None or found is None:
        return _not_now(request, pk, NotNow('Everybody has room: nobody need go.'))
    form = StayingForm(request.POST if request.method == 'POST' else None, found=found)
    if form.is_bound and form.is_valid():
        try:
            who_stays.choose(membership, by=request.user, stay=form.cleaned_data['stay'])
        except NotNow as why_not:
            turned_down(form, why_not, 'stay')
        else:
            messages.success(request, 'It is kept, and those whose place ends are told.')
            return redirect(reverse('contacts', args=[pk]) + '#people')
    context = {'form': form, 'organisation': organisation, 'found': found}
    return render(request, 'members/contacts/staying.html', context, status=status_of(form))


@never_cache
@signed_in
@read_or_post
def appoint(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = theirs(request.user, pk, 'keeps_people')
    form = AppointForm(request.POST if request.method == 'POST' else None, organisation=organisation)
    if form.is_bound and form.is_valid():
        person, role = form.cleaned_data['person'], form.cleaned_data['role']
        try:
            office = offices.appoint(organisation, by=request.user, person=person, role=role)
        except NotNow as why_not:
            turned_down(form, why_not, 'person')
        else:
            messages.success(request, f'{person} is {office.get_role_display()} now, and is told.')
            return redirect(reverse('contacts', args=[pk]) + '#offices')
    context = {'form': form, 'organisation': organisation}
    return render(request, 'members/contacts/appoint.html', context, status=status_of(form))


@never_cache
@signed_in
@read_or_post
def step_down(request: MemberRequest, pk: int, office: int) -> HttpResponse:
    """Asks who takes it over; nobody is an answer too."""
    organisation = theirs(request.user, pk)
    row = get_object_or_404(
        organisation.offices.current().select_related('person', 'organisation'), pk=office
    )
    if row.person_id != request.user.pk and not contacts.powers(request.user, organisation).keeps_people:
        raise NotAllowed('This office is held by somebody else.')
    form = StepDownForm(request.POST if request.method == 'POST' else None, office=row)
    if form.is_bound and form.is_valid():
        try:
            offices.step_down(row, by=request.user, successor=form.chosen)
        except NotNow as why_not:
            turned_down(form, why_not, 'successor')
        else:
            messages.success(request, _laid_down(row, form.chosen))
            still = contacts.powers(request.user, organisation).any
            return redirect('contacts', pk) if still else redirect('account')
    context = {'form': form, 'office': row, 'organisation': organisation}
    return render(request, 'members/contacts/step_down.html', context, status=status_of(form))


def _not_now(request: MemberRequest, pk: int, why_not: NotNow) -> HttpResponse:
    """Back to the organisation's page, which says why."""
    messages.error(request, str(why_not))
    return redirect('contacts', pk)


def _laid_down(office: Office, successor: Person | None) -> str:
    said = f'{office.person} is no longer {office.get_role_display()}.'
    return f'{said} {successor} is from today.' if successor else said


def _membership(organisation: Organisation) -> Membership:
    membership = placing.open_places(organisation)
    if membership is None:
        raise NotNow(f'{organisation.shown_name} has no membership today. Write to the office.')
    return membership
