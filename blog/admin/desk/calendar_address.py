"""The address at which other calendars read the desk's: a secret of one editor, made anew whenever they wish."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from blog.admin.desk.frame import on_the_desk, page, refuse, ways
from blog.desk import calendar_file
from ukis import staff
from ukis.methods import read_or_post
from ukis.public import site_url


@read_or_post
def calendar_address(request: HttpRequest) -> HttpResponse:
    """A new one is shown in the answer to the button and nowhere else: what is kept is its hash."""
    person = on_the_desk(request, guests=True)
    made = ''
    if request.method == 'POST' and request.POST.get('do') == 'make':
        token = calendar_file.make_address(by=person)
        made = site_url(request) + reverse('desk_calendar_file', args=[token])
    elif request.method == 'POST' and request.POST.get('do') == 'end':
        calendar_file.end_address(by=person)
        messages.success(
            request, 'The address is ended. Calendars that ask for it are told that there is none.'
        )
        return redirect('admin:desk_calendar_address')
    context: dict[str, Any] = {
        'made': made,
        'made_at': calendar_file.made_at(person),
        'ways': ways('desk_calendar', person),
    }
    return page(request, 'calendar_address', 'In your own calendar', context)


staff.pages += [('desk/calendar/address/', calendar_address, 'desk_calendar_address', refuse)]
