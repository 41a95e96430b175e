"""An invitation to a place, by the link in its letter: it opens this page alone, and reading it changes nothing."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members import mail_choices, moving
from members.forms.invitations import NO_NOTES, AnswerForm
from members.models import Person, Seat
from members.places import gives, invitation_sentence, inviting
from members.signing_in import MemberRequest, passwords
from ukis.letters.models import PrivateLink
from ukis.lines import one_line
from ukis.private import NOWHERE, private_page
from ukis.refusals import CONFLICT, NotNow
from ukis.unsaved import signed_in

NO_LINK = (
    'Ask whoever invited you to invite you again. An invitation to an address of yours stands on your page.'
)


@private_page(NO_LINK)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what; the answers are a choice with none chosen. The wrong account spends nothing."""
    seat, has_account = _seat(token)
    if seat is None or not seat.is_open_invitation:
        return _closed(request, seat)
    person = request.user if isinstance(request.user, Person) else None
    may_say_yes = inviting.proves(person, seat.address) if person else not has_account
    if request.method == 'POST' and person and 'confirm' in request.POST:
        return _confirm(request, seat)
    posted = request.POST if request.method == 'POST' else None
    form, refusal = AnswerForm(posted, person=person, may_say_yes=may_say_yes), ''
    if form.is_bound and form.is_valid():
        try:
            return _answered(request, seat, form, person)
        except NotNow as why_not:
            refusal = str(why_not)
    context = {
        'seat': seat,
        'gives': gives(seat.membership),
        'form': form,
        'refusal': refusal,
        'here': reverse('invitation', args=[token]),
        'may_say_yes': may_say_yes,
        'has_account': has_account,
    }
    status = _status(form, refusal)
    return render(request, 'members/invitations/invitation.html', context, status=status)


def _answered(request: HttpRequest, seat: Seat, form: AnswerForm, person: Person | None) -> HttpResponse:
    """Yes can be chosen only by who may say it."""
    if not form.says_yes:
        inviting.refuse(seat, by=person)
        return render(request, 'members/invitations/refused.html', {'seat': seat})
    taken = _take(seat, form, person)
    if person:
        _thank(request, taken)
        return redirect('account')
    sent = passwords.send_link(request, seat.address)
    return render(request, 'members/invitations/taken.html', {'seat': seat, 'sent': sent})


def _take(seat: Seat, form: AnswerForm, person: Person | None) -> Seat:
    organisation = seat.membership.organisation
    if person is None:
        person = inviting.come(
            seat,
            name=one_line(form.cleaned_data['name']),
            wants={mail_choices.INTRODUCTIONS.name: not form.cleaned_data['no_notes']},
            wording=NO_NOTES,
        )
    taken = inviting.accept(seat, by=person)
    if form.cleaned_data['works_there'] and organisation:
        moving.move_on(person, by=person, to=organisation, job_title=form.cleaned_data['job_title'])
    return taken


@reauthentication_required
def _confirm(request: MemberRequest, seat: Seat) -> HttpResponse:
    """The invited address is to be one more of whoever is signed in: a code goes to it, and decides."""
    if not inviting.has_account(seat.address) and passwords.ask_for_code(request, request.user, seat.address):
        messages.info(request, 'Write the code from that letter. The invitation then waits on My page.')
        return redirect('account_email_verification_sent')
    messages.error(request, 'This address cannot be one of yours. Ask whoever invited you to use another.')
    return redirect('account')


@never_cache
@signed_in
@require_POST
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """The same from My page, where the invited address is one of theirs."""
    seat = get_object_or_404(Seat.objects.unanswered().select_related('membership__organisation'), pk=pk)
    if not inviting.proves(request.user, seat.address):
        raise Http404('There is no such invitation.')
    try:
        if 'yes' in request.POST:
            _thank(request, inviting.accept(seat, by=request.user))
        elif 'no' in request.POST:
            inviting.refuse(seat, by=request.user)
            messages.success(request, 'You have said no, and whoever invited you is told.')
    except NotNow as why_not:
        messages.error(request, str(why_not))
    return redirect('account')


def _thank(request: HttpRequest, taken: Seat) -> None:
    if taken.person_id:
        messages.success(request, f'You have a place in {taken.membership.organisation} now.')
    else:
        messages.info(request, 'You have a place there already, so this one was left free.')


def _closed(request: HttpRequest, seat: Seat | None) -> HttpResponse:
    sentence = (
        invitation_sentence(seat)
        if seat
        else 'A newer letter has been sent for this invitation. Use the link in that one.'
    )
    status = CONFLICT if request.method == 'POST' else 200
    context = {'seat': seat, 'sentence': sentence}
    return render(request, 'members/invitations/closed.html', context, status=status)


def _seat(token: str) -> tuple[Seat | None, bool]:
    """None where a newer letter took the place of this one; and whether its address has an account.

    The account is asked for first: one that a yes in another tab makes meanwhile comes with the place taken, and
    whoever is second reads that instead of being told that yes cannot be chosen."""
    link = PrivateLink.find(token, inviting.PURPOSE)
    if link is None and PrivateLink.find(token, inviting.REPLACED):
        return None, False
    found = link.about if link else None
    if not isinstance(found, Seat):
        raise Http404(NOWHERE)
    has_account = inviting.has_account(found.address)
    seats = Seat.objects.select_related('membership__organisation', 'invited_by', 'person')
    return seats.get(pk=found.pk), has_account


def _status(form: AnswerForm, refusal: str) -> int:
    if refusal:
        return CONFLICT
    return 422 if form.is_bound and not form.is_valid() else 200
