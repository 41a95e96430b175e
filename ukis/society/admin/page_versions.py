"""What staff wrote of a page, version by version: how it will look, what differs, publishing and going back."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from ukis import staff
from ukis.doors import Door
from ukis.methods import read_or_post
from ukis.refusals import NotNow
from ukis.society import differing, retiring, versions, views, writing
from ukis.society.models import Page
from ukis.society.versions import PageVersion

A_PAGE = 100  # versions that are named


PAGES = Door(
    'The site’s own pages are kept by the Commissioning Editor and Administrators.', 'ukis.change_page'
)


def of_a_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def opened(request: HttpRequest, pk: int) -> HttpResponse:
        PAGES.opened(request)
        return view(request, get_object_or_404(Page, pk=pk))

    return opened


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _version(page: Page, typed: str) -> PageVersion | None:
    """The one with that number; None where none is named. 404 where there is no such one."""
    if not typed:
        return None
    number = _number(typed)
    return get_object_or_404(PageVersion, page=page, number=-1 if number is None else number)


@require_safe
@of_a_page
def page_versions(request: HttpRequest, page: Page) -> HttpResponse:
    """All of them, and any two compared; at first what readers have with what was saved last."""
    kept = list(
        page.versions.defer('body').select_related('made_by', 'published_by').order_by('-number')[:A_PAGE]
    )
    new = _version(page, request.GET.get('to', '')) or versions.newest(page)
    old = _version(page, request.GET.get('from', '')) or _in_print(page, kept) or _before(page, new)
    return staff.page(
        request,
        'admin/ukis/page/versions.html',
        f'Versions of “{page}”',
        {
            'page': page,
            'kept': kept,
            'newest': versions.newest(page),
            'old': old,
            'new': new,
            'marked': differing.between(old, new),
            'waits': versions.waits(page),
        },
    )


def _in_print(page: Page, kept: list[PageVersion]) -> PageVersion | None:
    """The version that readers have, where another waits."""
    published = [one for one in kept if one.published_at]
    if not (page.published and published and versions.waits(page)):
        return None
    return max(published, key=lambda one: one.published_at)  # type: ignore[arg-type, return-value]


def _before(page: Page, new: PageVersion) -> PageVersion:
    return page.versions.filter(number__lt=new.number).order_by('-number').first() or new


@require_safe
@of_a_page
def page_preview(request: HttpRequest, page: Page) -> HttpResponse:
    """The public page's own template with the words as saved."""
    version = _version(page, request.GET.get('version', '')) or versions.newest(page)
    is_read = page.published and version.words == versions.words_of(page)
    context = {'version': version, 'newest': versions.newest(page), 'is_read': is_read, 'of_page': page}
    return views.shown_with(request, page, version.words, 'pages/preview.html', context)


@read_or_post
@of_a_page
def page_publish(request: HttpRequest, page: Page) -> HttpResponse:
    """What readers will have that they have not; POST gives it to them."""
    newest = versions.newest(page)
    if request.method == 'POST':
        return _done(request, page, lambda number: writing.publish(page, by=request.user, number=number))
    shown = page.published and versions.as_found(page)
    marked = differing.between(shown, newest) if shown else None
    context = {'page': page, 'newest': newest, 'marked': marked, 'unfit': writing.unfit(page, newest)}
    return staff.page(request, 'admin/ukis/page/publish.html', f'Publish “{newest.title}”', context)


@require_POST
@of_a_page
def page_go_back(request: HttpRequest, page: Page) -> HttpResponse:
    to = _number(request.POST.get('to', '')) or 0
    return _done(request, page, lambda number: writing.go_back(page, by=request.user, number=number, to=to))


@read_or_post
@of_a_page
def page_unpublish(request: HttpRequest, page: Page) -> HttpResponse:
    """What becomes of its address; POST takes it off the site."""
    if request.method == 'POST':
        try:
            retiring.unpublish(page, by=request.user)
        except NotNow as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f'“{page}” is off the site. Its text and its versions are kept.')
        return redirect('admin:ukis_page_change', page.pk)
    return staff.page(
        request, 'admin/ukis/page/unpublish.html', f'Take “{page}” off the site', {'page': page}
    )


def _done(request: HttpRequest, page: Page, verb: Callable[[int], PageVersion]) -> HttpResponse:
    number = _number(request.POST.get('number', ''))
    try:
        version = verb(-1 if number is None else number)
    except NotNow as refusal:
        messages.warning(request, str(refusal))
        return redirect('admin:page_versions', page.pk)
    has = version.published_at is not None
    messages.success(
        request,
        f'Readers have {version} now.'
        if has
        else f'{version.note}: saved as {version}. Readers have it once it is published.',
    )
    return redirect('admin:ukis_page_change', page.pk)


staff.pages += [
    ('pages/<int:pk>/versions/', page_versions, 'page_versions', PAGES.refuse),
    ('pages/<int:pk>/preview/', page_preview, 'page_preview', PAGES.refuse),
    ('pages/<int:pk>/publish/', page_publish, 'page_publish', PAGES.refuse),
    ('pages/<int:pk>/back/', page_go_back, 'page_go_back', PAGES.refuse),
    ('pages/<int:pk>/unpublish/', page_unpublish, 'page_unpublish', PAGES.refuse),
]
