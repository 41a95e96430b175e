"""Joining: the categories, the one form of each, and the applicant's own page, by the link in a letter or signed in."""

from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import applying
from members.applying import principles
from members.files import given_out
from members.forms.applications import SAVE, SEAT, ApplicationForm
from members.models import AnsweredFile, Application, ApplicationAnswer, Category, Person
from members.money import billing
from members.signing_in import MemberRequest
from ukis import unsaved
from ukis.limits import HOUR, Limit, network_of
from ukis.methods import read_or_post
from ukis.private import led_to, private_page
from ukis.public import public_page
from ukis.refusals import CONFLICT, NotNow
from ukis.society.models import Society
from ukis.unsaved import signed_in

_BEGUN = Limit('applications_begun', 30, HOUR)  # from one household or office
_LETTERS = Limit('application_letters_to', 5, HOUR)  # to one address
TOO_OFTEN = (
    'There were many applications from here, or to this address, within one hour. Nothing you typed is lost: wait a '
    'little, then send it again.'
)
NO_LINK = (
    'Sign in: what you applied for stands on your page, once your address was confirmed. What was never sent is kept '
    'for a while only: then begin anew at “Join the Society”.'
)
# What the buttons of an applicant's page ask for.
_BUTTONS = {
    'submit': applying.submit,
    'ask_seat': applying.ask_seat,
    'send_again': applying.send_again,
    'withdraw': applying.withdraw,
}


@public_page
def join(request: HttpRequest) -> HttpResponse:
    """The categories that are open: for whom, what each costs and includes."""
    society, rows = Society.shown(), Category.objects.filter(open=True).order_by('fee', 'name')
    if society.vat_number:
        rows = rows.prefetch_related('parts')
    offers = [billing.offer(row, society) for row in rows]
    context = {
        'society': society,
        'for_organisations': [one for one in offers if not one.category.is_for_people],
        'for_people': [one for one in offers if one.category.is_for_people],
        'principles': principles.page(),
    }
    return render(request, 'members/joining/join.html', context)


@never_cache
@read_or_post
def join_category(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a category, for strangers and for who is signed in. Nobody learns who has an account."""
    category = get_object_or_404(Category.objects.filter(open=True), pk=pk)
    person = _confirmed(request)
    form = ApplicationForm(
        request.POST if request.method == 'POST' else None,
        request.FILES or None,
        category=category,
        person=person,
    )
    if request.method == 'POST' and form.is_valid():
        email = person.email if person and person.email else form.cleaned_data['email']
        if _within_limits(request, email, person):
            return _begin(request, form, email, person)
        form.add_error(None, TOO_OFTEN)
        return _form(request, form, status=429)
    return _form(request, form)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == 'POST' else (None, None)


def _confirmed(request: HttpRequest) -> Person | None:
    """Who is signed in under an address that they confirmed; anybody else confirms it by a letter."""
    person = request.user
    if not isinstance(person, Person):
        return None
    confirmed = EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()
    return person if confirmed else None


def _within_limits(request: HttpRequest, email: str, person: Person | None) -> bool:
    return _BEGUN.take(network_of(request)) and (person is not None or _LETTERS.take(email))


def _begin(request: HttpRequest, form: ApplicationForm, email: str, person: Person | None) -> HttpResponse:
    row = applying.begin(form.category, email=email, by=person, said=form.said())
    unsaved.sent(request)
    if person is None:
        request.session['applied_as'] = email
        return redirect('join_sent')
    return _go_on(request, form, row, person, token='')


@never_cache
@require_safe
def join_sent(request: HttpRequest) -> HttpResponse:
    """That a letter is on its way, and to which address: the one that was typed."""
    context = {'address': request.session.get('applied_as', '')}
    return render(request, 'members/joining/sent.html', context)


@private_page(NO_LINK)
def application(request: HttpRequest, token: str) -> HttpResponse:
    """How it stands, what was said, and what can be done. Reading changes nothing: to send it is a button."""
    return _page(request, _of_link(token), None, token)


@private_page(NO_LINK)
def application_edit(request: HttpRequest, token: str) -> HttpResponse:
    return _edit(request, _of_link(token), None, token)


@private_page(NO_LINK)
@require_safe
def application_file(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    return _file(_of_link(token), pk)


@never_cache
@signed_in
@read_or_post
def my_application(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, _own(request, pk), request.user, '')


@never_cache
@signed_in
@read_or_post
def my_application_edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _edit(request, _own(request, pk), request.user, '')


@never_cache
@signed_in
@require_safe
def my_application_file(request: MemberRequest, pk: int, answer: int) -> HttpResponse:
    return _file(_own(request, pk), answer)


def _file(row: Application, pk: int) -> HttpResponse:
    rows = AnsweredFile.objects.select_related('answer')
    return given_out(get_object_or_404(rows, answer__application=row, answer=pk))


def _page(
    request: HttpRequest, row: Application, by: Person | None, token: str, *, refusal: str = ''
) -> HttpResponse:
    """`refusal`: of what another page's button asked for."""
    if request.method == 'POST' and not refusal:
        try:
            return _pressed(request, row, by, token)
        except NotNow as why_not:
            refusal = str(why_not)
            row.refresh_from_db()
    answers = row.said.select_related('file').defer('file__content')
    context = {
        'application': row,
        'answers': [_shown(answer, row, token) for answer in answers],
        'moves': {move.name: move for move in applying.moves_for(row, by)},
        'edit_url': _address('application_edit', row, token),
        'token': token,
        'refusal': refusal,
        'agree_anew': principles.changed_since(row) if row.row.editable else '',
    }
    status = CONFLICT if refusal else 200
    return render(request, 'members/joining/application.html', context, status=status)


def _pressed(request: HttpRequest, row: Application, by: Person | None, token: str) -> HttpResponse:
    asked = request.POST.get('do', '')
    if asked == 'discard':
        applying.discard(row, by=by)
        return render(request, 'members/joining/discarded.html')
    if asked not in _BUTTONS:
        raise NotNow('That button is not on this page. Choose one of those below.')
    _BUTTONS[asked](row, by=by)
    return redirect(_address('application', row, token))


def _shown(answer: ApplicationAnswer, row: Application, token: str) -> dict[str, Any]:
    has_file = hasattr(answer, 'file')
    args = [token or row.pk, answer.pk]
    address = reverse('application_file' if token else 'my_application_file', args=args) if has_file else ''
    return {'asked': answer.asked, 'value': answer.value, 'address': address}


def _edit(request: HttpRequest, row: Application, by: Person | None, token: str) -> HttpResponse:
    if not row.row.editable:
        return redirect(_address('application', row, token))
    form = ApplicationForm(
        request.POST if request.method == 'POST' else None,
        request.FILES or None,
        category=row.category,
        application=row,
    )
    if request.method == 'POST' and form.is_valid():
        try:
            applying.save(row, by=by, said=form.said())
        except NotNow as why_not:
            form.add_error(None, str(why_not))
        else:
            unsaved.sent(request)
            return _go_on(request, form, row, by, token)
    return _form(request, form, row=row, token=token)


def _go_on(
    request: HttpRequest, form: ApplicationForm, row: Application, by: Person | None, token: str
) -> HttpResponse:
    """After it was saved: sent, where that was the button. Where that cannot be, its page says why."""
    row = Application.objects.whole().get(pk=row.pk)
    if form.mode != SAVE:
        verb = (
            applying.ask_seat
            if form.mode == SEAT
            else applying.submit
            if row.is_draft
            else applying.send_again
        )
        try:
            verb(row, by=by)
        except NotNow as why_not:
            return _page(request, row, by, token, refusal=str(why_not))
    return redirect(_address('application', row, token))


def _form(
    request: HttpRequest,
    form: ApplicationForm,
    *,
    row: Application | None = None,
    token: str = '',
    status: int = 200,
) -> HttpResponse:
    if isinstance(request.user, Person) and not token:
        unsaved.watch(request, form, 'Application', row or form.category, page=request.path)
    if form.is_bound and not form.is_valid() and status == 200:
        status = 422
    context = {
        'form': form,
        'category': form.category,
        'offer': billing.offer(form.category, Society.shown()),
        'application': row,
        'token': token,
        'person': form.person,
        'back_url': _address('application', row, token) if row else reverse('join'),
    }
    return render(request, 'members/joining/form.html', context, status=status)


def _own(request: MemberRequest, pk: int) -> Application:
    return get_object_or_404(request.user.applications.whole(), pk=pk)


def _of_link(token: str) -> Application:
    row, _ = led_to(token, 'application', Application)
    return Application.objects.whole().get(pk=row.pk)


def _address(name: str, row: Application, token: str) -> str:
    return reverse(name, args=[token]) if token else reverse(f'my_{name}', args=[row.pk])
