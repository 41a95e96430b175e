"""What machines ask of a site."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from ukis.society.models import Society

CLOSED = ('/admin/', '/account/', '/write/', '/upload/')


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        'User-agent: *',
        *(f'Disallow: {path}' for path in CLOSED),
        '',
        f'Sitemap: {_site(request)}/sitemap.xml',
        '',
    ]
    return _text(lines)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116, of which Contact and Expires are the two lines that must be there."""
    office = Society.get().office_address
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f'Contact: mailto:{office}' if office else f'Contact: {_site(request)}/about/',
        f'Expires: {expires:%Y-%m-%dT%H:%M:%SZ}',
        'Preferred-Languages: en',
        f'Canonical: {_site(request)}/.well-known/security.txt',
        '',
    ]
    return _text(lines)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return _picture('img/favicon.ico')


@require_safe
def touch_icon(request: HttpRequest) -> HttpResponse:
    """Telephones look for it here where a page names none."""
    return _picture('img/touch.png')


def _picture(name: str) -> HttpResponse:
    return HttpResponseRedirect(static(name), headers={'Cache-Control': 'public, max-age=86400'})


def _site(request: HttpRequest) -> str:
    return settings.SITE_URL or f'{request.scheme}://{request.get_host()}'


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse(
        '\n'.join(lines),
        content_type='text/plain; charset=utf-8',
        headers={'Cache-Control': 'public, max-age=3600'},
    )
