"""Who has asked to be forgotten: what waits, what is to be decided of posts; and starting it for whoever wrote."""

from typing import Any, NoReturn

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from members import erasing
from members.forms.erasing import StaffEraseForm
from members.letters import recipients
from members.models import Erasure, Person
from members.roles import ADMINISTRATOR, SECRETARY
from ukis import erasing as rows_of
from ukis import staff
from ukis.keys import may_be_a_key
from ukis.methods import read_or_post
from ukis.refusals import NotAllowed, NotNow

SHOWN = 50


def refuse(request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
    raise PermissionDenied('Erasure is looked after by the membership secretary.')


def _by(request: HttpRequest) -> Person:
    person = request.user
    if not (isinstance(person, Person) and any(map(person.is_in, (SECRETARY, ADMINISTRATOR)))):
        refuse(request)
    return person


@read_or_post
def erasures(request: HttpRequest) -> HttpResponse:
    _by(request)
    if request.method == 'POST':
        key = request.POST.get('erasure', '')
        row = get_object_or_404(Erasure.objects.to_settle(), pk=key if may_be_a_key(Erasure, key) else None)
        erasing.settle(row)
        messages.success(request, 'It is written down as decided.')
        return redirect('admin:erasures')
    waiting = Erasure.objects.waiting().select_related('person', 'asked_by')[:SHOWN]
    done = Erasure.objects.filter(done_at__isnull=False).order_by('-done_at')
    context = {
        'waiting': [(row, erasing.why_not(row.person)) for row in waiting],
        'to_settle': Erasure.objects.to_settle()[:SHOWN],
        'done': done[:SHOWN],
    }
    return staff.page(request, 'admin/members/erasures.html', 'Erasure', context)


@read_or_post
def erasure_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview that the person would see, and the button for a request that came by letter."""
    by = _by(request)
    person = get_object_or_404(Person.objects.standing(), pk=pk)
    standing = erasing.of(person)
    form = StaffEraseForm(request.POST if request.method == 'POST' else None, person=person)
    if standing is None and form.is_bound and form.is_valid():
        try:
            erasing.ask(
                person,
                by=by,
                bylines=form.choice,
                arrived_on=form.cleaned_data['arrived_on'],
                successors=form.heirs.named(),
            )
        except NotAllowed as why_not:
            raise PermissionDenied(str(why_not)) from why_not
        except NotNow as why_not:
            form.add_error(None, str(why_not))
        else:
            told = 'and has been written to' if recipients.of_person(person) else 'and no letter reaches them'
            messages.success(request, f'{person} will be erased in a week, {told}.')
            return redirect('admin:erasures')
    context = {
        'person': person,
        'standing': standing,
        'why_not': erasing.why_not(person),
        'may_start': erasing.may_start(by, person),
        'form': form,
        'rows': rows_of.preview(person),
    }
    status = 422 if form.is_bound and standing is None else 200
    return staff.page(request, 'admin/members/erasure_of.html', f'Erase {person}', context, status)


staff.pages.append(('erasures/', erasures, 'erasures', refuse))
staff.pages.append(('erasures/<int:pk>/', erasure_of, 'erasure_of', refuse))
