"""How long everything is kept, and what goes next: for staff to read before it goes."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ukis import keeping, staff
from ukis.doors import Door

KEEPING = Door(
    'How long things are kept is for those who look after memberships.', 'members.change_membership'
)


@require_safe
def what_is_kept(request: HttpRequest) -> HttpResponse:
    KEEPING.opened(request)
    context = {'shown': keeping.shown(timezone.now(), request.GET.get('first', ''))}
    return staff.page(request, 'admin/members/keeping.html', 'How long things are kept', context)


staff.pages.append(('keeping/', what_is_kept, 'keeping', KEEPING.refuse))
