"""Who is away: editors say it here, and see it of one another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from blog import absences
from blog.admin.desk.frame import on_the_desk, page, refuse, ways
from blog.forms.absences import AbsenceForm
from blog.models import Absence
from ukis import days, staff, unsaved
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow


@read_or_post
def shown(request: HttpRequest) -> HttpResponse:
    person = on_the_desk(request)
    form = AbsenceForm(request.POST if request.method == 'POST' else None, by=person)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            row = absences.say(person, by=person, **form.cleaned_data)
        except NotNow as why_not:
            form.add_error(None, str(why_not))
            status = CONFLICT
        else:
            unsaved.sent(request)
            messages.success(request, f'Said: you are away {row}.')
            return redirect('admin:desk_away')
    unsaved.watch(request, form, 'Away', person, page=request.path)
    found = absences.now_and_soon(days.today())
    context = {
        'ways': ways('desk_away', person),
        'form': form,
        'mine': Absence.objects.filter(person=person).not_over(days.today()).select_related('deputy')[:50],
        'others': [row for row in found if row.person_id != person.pk],
    }
    return page(request, 'absences', 'Away', context, status)


@require_POST
def back(request: HttpRequest, key: int) -> HttpResponse:
    person = on_the_desk(request)
    row = get_object_or_404(Absence, pk=key, person=person)
    try:
        absences.end(row, by=person)
    except NotNow as why_not:
        messages.warning(request, str(why_not))
    else:
        messages.success(request, 'You are not away any more.')
    return redirect('admin:desk_away')


staff.pages += [
    ('desk/away/', shown, 'desk_away', refuse),
    ('desk/away/<int:key>/back/', back, 'desk_away_back', refuse),
]
