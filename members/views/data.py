"""What is held of somebody, to be read and taken away by them."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache

from members import data_requests, erasing
from members.forms.data import DataRequestForm
from members.models import DataRequest, Person
from members.signing_in import MemberRequest
from ukis import days, personal, unsaved
from ukis.limits import DAY, HOUR, Limit, network_of
from ukis.methods import read_or_post
from ukis.society.models import Society
from ukis.unsaved import signed_in

TAKEN = Limit('data_taken', 5, HOUR)
ASKED = Limit('data_requests', 10, HOUR)  # from one household or office
LETTERS = Limit('data_request_letters_to', 3, DAY)  # to one address
TOO_OFTEN = 'You took your data five times within an hour. Wait a little, and take it again.'

ASKED_TOO_OFTEN = (
    'There were many of these from here, or for this address. Nothing you typed is lost: send it again tomorrow, '
    'or write to the office.'
)
_THANKS = 'We have it, and a letter to you says so. We answer by {day}.'


@never_cache
@signed_in
@read_or_post
def my_data(request: MemberRequest) -> Any:
    """GET says what there is, POST gives it out as one ZIP."""
    refusal = ''
    if request.method == 'POST':
        if TAKEN.take(request.user.pk):
            name = f'{slugify(Society.get().short_name)}-{days.today():%Y-%m-%d}.zip'
            return FileResponse(personal.archive(request.user), as_attachment=True, filename=name)
        refusal = TOO_OFTEN
    held = personal.what_is_held(request.user)
    context = {'held': held, 'refusal': refusal, 'erasure': erasing.of(request.user)}
    return render(request, 'members/people/data.html', context, status=429 if refusal else 200)


@never_cache
@read_or_post
def ask(request: HttpRequest) -> HttpResponse:
    """A request or a complaint, from whoever it is: signed in, or by an address."""
    person = request.user if isinstance(request.user, Person) and request.user.email else None
    form = DataRequestForm(request.POST or None, person=person)
    status = 200
    if request.method == 'POST':
        status = 422
        if form.is_valid():
            said: dict[str, Any] = {**form.cleaned_data, **_who(person)}
            if ASKED.take(network_of(request)) and LETTERS.take(said['email'].lower()):
                row = data_requests.ask(**said, by=person)
                unsaved.sent(request)
                messages.success(request, _THANKS.format(day=days.in_words(row.due_on)))
                return redirect('data_request')
            form.add_error(None, ASKED_TOO_OFTEN)
            status = 429
    unsaved.watch(request, form, 'Your request', DataRequest, page=request.path)
    return render(request, 'members/people/data_request.html', {'form': form}, status=status)


def _who(person: Person | None) -> dict[str, Any]:
    """Of who is signed in nobody asks who they are."""
    return {'name': person.printed_name, 'email': person.email} if person else {}
