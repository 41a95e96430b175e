"""Words that are not published, shown to people outside: what they see who were given a link, and the links
themselves, for whoever writes the words. Reading does nothing."""

import re
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from blog import post_page, previews, wording
from blog.forms.previews import PreviewLinkForm
from blog.models import PreviewLink, Submission
from blog.pages import to_submission
from blog.writing.access import AuthorsRequest, on_a_submission
from ukis.limits import network_of
from ukis.methods import read_or_post
from ukis.private import NOWHERE, private_page
from ukis.public import site_url
from ukis.refusals import NotAllowed, NotNow, status_of, turned_down
from ukis.society.models import Society

NOT_YOURS = 'Who may change the text shows it to others.'
WAY_ON = 'Ask whoever sent it to you for another one.'
# What browsers and proxies say of what nobody has asked for yet.
_UNASKED = ('HTTP_SEC_PURPOSE', 'HTTP_PURPOSE', 'HTTP_X_PURPOSE', 'HTTP_X_MOZ')
_MACHINES = re.compile(
    r'bot|crawl|spider|slurp|preview|scan|fetch|monitor|headless|curl|wget|python|java/|go-http|libwww|okhttp|'
    r'facebookexternalhit|whatsapp|skypeuripreview|safelinks|proofpoint|mimecast|barracuda',
    re.IGNORECASE,
)


@private_page(WAY_ON)
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """How the words will look. A visit is counted by POST alone: a button, which our script presses for whoever moves
    about on the page. What opens links for people, or before them, counts as nobody."""
    link = previews.found(token)
    if link is None:
        raise Http404(NOWHERE)
    submission = Submission.objects.for_its_page().get(pk=link.submission_id)
    if why := previews.over(link, submission):
        return render(request, 'blog/previews/over.html', {'why': why, 'way_on': WAY_ON}, status=410)
    if previews.leads_to_the_post(link, submission):
        return redirect(submission.post.get_absolute_url())
    opened = request.method == 'POST'
    if opened and not _is_a_machine(request):
        browser = request.META.get('HTTP_USER_AGENT', '')
        previews.visited(link, who=f'{network_of(request)} {browser}')
    if opened and 'quietly' in request.POST:
        return HttpResponse(status=204)
    return _shown(request, link, submission, opened=opened)


def _shown(request: HttpRequest, link: PreviewLink, submission: Submission, *, opened: bool) -> HttpResponse:
    newer = previews.newer(link, submission)
    banner = {
        'number': link.version.number,
        'made_at': link.version.made_at,
        'newer_at': newer.made_at if newer else None,
        'last_day': link.last_day,
        'opened': opened,
        'url': request.path,
    }
    shown = post_page.of_version(link.version, submission, Society.get())
    return render(request, 'blog/previews/preview.html', {**shown.context(), 'banner': banner})


def _is_a_machine(request: HttpRequest) -> bool:
    browser = request.META.get('HTTP_USER_AGENT', '')
    unasked = any(request.META.get(name) for name in _UNASKED)
    return unasked or not browser or bool(_MACHINES.search(browser))


# --- The links, for whoever writes the words ---------------------------------------------------------


@read_or_post
@on_a_submission
def submission_previews(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """Those there are, and the form for another; the address of a new one is shown this once."""
    if not previews.is_an_author(submission, request.user):
        if request.method == 'POST':
            raise NotAllowed(NOT_YOURS)
        return to_submission(request, submission, NOT_YOURS)
    versions = list(previews.versions_to_share(submission, request.user))
    form = PreviewLinkForm(request.POST if request.method == 'POST' else None, versions=versions)
    address = ''
    if form.is_bound and form.is_valid():
        try:
            token = previews.share(submission, by=request.user, **form.answer())
        except NotNow as refusal:
            turned_down(form, refusal)
        else:
            address = site_url(request) + reverse('preview', args=[token])
            form = PreviewLinkForm(versions=versions)
    context = {
        'submission': submission,
        'heading': wording.titled(submission),
        'form': form,
        'address': address,
        'why_not': previews.why_not(submission),
        'links': [
            (link, reverse('submission_preview_withdraw', args=[submission.pk, link.pk]))
            for link in previews.of(submission, request.user)
        ],
    }
    return render(request, 'blog/previews/list.html', context, status=status_of(form))


@never_cache
@require_POST
def submission_preview_withdraw(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    return on_a_submission(partial(_withdraw, key=key))(request, pk)


def _withdraw(request: AuthorsRequest, submission: Submission, key: int) -> HttpResponse:
    link = get_object_or_404(submission.previews, pk=key)
    previews.withdraw(link, by=request.user)
    messages.success(request, 'The link is withdrawn: it shows nothing any more.')
    return redirect('submission_previews', submission.pk)
