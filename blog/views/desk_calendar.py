"""The desk's calendar for other calendars, by an address that is a secret of its editor: no session is looked at."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from blog.desk import calendar_file
from members.models import Person
from ukis.limits import HOUR, Limit
from ukis.private import NOWHERE, led_to, private_page
from ukis.public import site_url
from ukis.society.models import Society

_READ = Limit('desk_calendar_read', 60, HOUR)  # an address: a calendar asks some times a day


@private_page('Sign in, and make a new address under “Calendar” on the desk.')
@require_safe
def desk_calendar(request: HttpRequest, token: str) -> HttpResponse:
    person, link = led_to(token, calendar_file.PURPOSE, Person)
    if not (person.opens_the_admin and (person.is_on_the_desk or person.is_guest_editor)):
        raise Http404(NOWHERE)
    if not _READ.take(link.pk):
        return HttpResponse('Asked too often. Try again in an hour.\n', 'text/plain', 429)
    host = urlsplit(site_url(request)).hostname or 'ukis'
    name = f'The desk of the {Society.get().name}'
    response = HttpResponse(calendar_file.of(person, name=name, host=host), 'text/calendar; charset=utf-8')
    response.headers['Content-Disposition'] = 'inline; filename="desk.ics"'
    return response
