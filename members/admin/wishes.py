"""What members wish to have changed before they renew: staff see to it, and say that it is done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from members.models import RenewalWish
from members.renewals import wishes
from ukis import staff
from ukis.doors import Door
from ukis.keys import may_be_a_key
from ukis.leafing import Leafing
from ukis.methods import read_or_post

ROWS = 25
WISHES = Door(
    'What members wish before a renewal is for the membership secretary.', 'members.change_membership'
)


@read_or_post
def wishes_before_renewals(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; POST says of one that it is done."""
    person = WISHES.opened(request)
    if request.method == 'POST':
        key = request.POST.get('wish', '')
        row = get_object_or_404(RenewalWish, pk=key if may_be_a_key(RenewalWish, key) else None)
        wishes.settle(row, by=person)
        messages.success(request, 'It is written down as done.')
        return redirect('admin:wishes')
    waiting = RenewalWish.objects.waiting()
    shown = waiting.select_related(
        'letter', 'by', 'renewal__term__membership__person', 'renewal__term__membership__organisation'
    )
    page = Leafing(waiting, ROWS, shown=shown).get_page(request.GET.get('page'))
    return staff.page(request, 'admin/members/wishes.html', 'Wishes before a renewal', {'page': page})


staff.pages.append(('renewal-wishes/', wishes_before_renewals, 'wishes', WISHES.refuse))
