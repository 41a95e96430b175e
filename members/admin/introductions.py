"""What staff see of introductions: how many, by month; and the notes that somebody showed to the office, no others."""

from typing import Any, NoReturn

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from members.meeting import introducing
from members.models import Introduction, Person
from members.roles import ADMINISTRATOR, SECRETARY
from ukis import days, staff
from ukis.methods import read_or_post
from ukis.refusals import NotNow

MONTHS, SHOWN = 12, 20
State = Introduction.State


@read_or_post
def introductions(request: HttpRequest) -> HttpResponse:
    person = request.user
    if not (isinstance(person, Person) and any(map(person.is_in, (SECRETARY, ADMINISTRATOR)))):
        refuse(request)
    if request.method == 'POST':
        return _decided(request, person)
    reported = Introduction.objects.reported().select_related('asker', 'asked').order_by('reported_at')
    stopped = Introduction.objects.filter(upheld=True).select_related('asker').order_by('-settled_at')
    context = {
        'months': _by_month(),
        'reported': reported[:SHOWN],
        'stopped': stopped[:SHOWN],
    }
    return staff.page(request, 'admin/members/introductions.html', 'Introductions', context)


def refuse(request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
    raise PermissionDenied('Introductions are looked after by the membership secretary.')


def _decided(request: HttpRequest, person: Person) -> HttpResponse:
    """Of a note that nobody reported nothing is told, not even that there is one."""
    key = request.POST.get('note', '')
    rows = Introduction.objects.filter(reported_at__isnull=False)
    row = get_object_or_404(rows, pk=key if key.isascii() and key.isdigit() and len(key) < 18 else 0)  # noqa: PLR2004
    upheld = request.POST.get('do') == 'stop'
    try:
        introducing.settle(row, by=person, upheld=upheld)
    except NotNow as why_not:
        messages.error(request, str(why_not))
    else:
        said = 'Its sender stays stopped.' if upheld else 'Its sender may ask for introductions again.'
        messages.success(request, f'It is decided. {said}')
    return redirect('admin:introductions')


def _by_month() -> list[dict[str, Any]]:
    """Newest first: how many were asked for, and how many of these came about."""
    month = TruncMonth('asked_at', tzinfo=days.LONDON)
    came_about = Count('pk', filter=Q(state__in=[State.ACCEPTED, State.ENDED]))
    rows = Introduction.objects.order_by().values(month=month)
    counted: Any = rows.annotate(asked=Count('pk'), accepted=came_about, reported=Count('reported_at'))
    return list(counted.order_by('-month')[:MONTHS])


def front(request: HttpRequest) -> dict[str, Any] | None:
    """On the front page of the admin: whether a note waits to be read."""
    person = request.user
    if not (isinstance(person, Person) and any(map(person.is_in, (SECRETARY, ADMINISTRATOR)))):
        return None
    reported = Introduction.objects.reported().count()
    return {'template': 'admin/members/_introductions.html', 'reported': reported}


staff.blocks.append(front)
staff.pages.append(('introductions/', introductions, 'introductions', refuse))
