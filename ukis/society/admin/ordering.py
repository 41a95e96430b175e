"""The order of the staff's pages in the navigation, by buttons that say what they move."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from ukis import staff
from ukis.methods import read_or_post
from ukis.refusals import NotNow
from ukis.society import ordering
from ukis.society.admin.page_versions import PAGES
from ukis.society.models import Page


@read_or_post
def pages_order(request: HttpRequest) -> HttpResponse:
    """GET shows it; POST does what the one button that was pressed says."""
    PAGES.opened(request)
    if request.method == 'POST':
        return _moved(request)
    pages = Page.objects.published().order_by('position', 'title', 'pk').defer('body')
    context = {
        'standing': [one for one in pages if one.in_footer],
        'others': [one for one in pages if not one.in_footer],
        'drafts': Page.objects.filter(published=False).defer('body'),
    }
    return staff.page(request, 'admin/ukis/page/order.html', 'Order in the navigation', context)


def _moved(request: HttpRequest) -> HttpResponse:
    act = next((name for name in ('up', 'down', 'in', 'out') if name in request.POST), '')
    typed = request.POST.get(act, '')
    page = get_object_or_404(
        Page, pk=int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0
    )
    try:
        if act in ('up', 'down'):
            said = ordering.move(page, by=request.user, up=act == 'up')
        else:
            said = ordering.put(page, by=request.user, into=act == 'in')
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(f'{reverse("admin:pages_order")}#page-{page.pk}')


staff.pages += [('pages/order/', pages_order, 'pages_order', PAGES.refuse)]
