"""How long everything is kept, and what goes next: for staff to read before it goes."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.models import Person
from ukis import keeping, staff


def refuse(request: HttpRequest, **address: object) -> NoReturn:
    raise PermissionDenied('How long things are kept is for those who look after memberships.')


@require_safe
def what_is_kept(request: HttpRequest) -> HttpResponse:
    person = request.user
    if not (isinstance(person, Person) and person.has_perm('members.change_membership')):
        refuse(request)
    context = {'shown': keeping.shown(timezone.now(), request.GET.get('first', ''))}
    return staff.page(request, 'admin/members/keeping.html', 'How long things are kept', context)


staff.pages.append(('keeping/', what_is_kept, 'keeping', refuse))
