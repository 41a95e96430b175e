"""A post as an entry for whoever collects what they cite: a file for their program."""

from django.http import Http404, HttpRequest, HttpResponse

from blog import post_page
from blog.given_out import citations
from blog.given_out.citations import Citation
from ukis.public import public_page, site_url
from ukis.society.models import Society


@public_page
def bibtex(request: HttpRequest, slug: str) -> HttpResponse:
    return _file(_citation(request, slug).bibtex, 'application/x-bibtex', f'{slug}.bib')


@public_page
def ris(request: HttpRequest, slug: str) -> HttpResponse:
    return _file(_citation(request, slug).ris, 'application/x-research-info-systems', f'{slug}.ris')


def _citation(request: HttpRequest, slug: str) -> Citation:
    shown = post_page.post_at(slug, Society.shown())
    if shown is None:
        raise Http404('There is no post at this address.')
    return citations.of_post(shown, site_url(request) + shown.address)


def _file(words: str, kind: str, name: str) -> HttpResponse:
    headers = {'Content-Disposition': f'attachment; filename="{name}"', 'X-Robots-Tag': 'noindex'}
    return HttpResponse(words, content_type=f'{kind}; charset=utf-8', headers=headers)
