"""For a co-author without a sign-in, by the link in their letter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from blog import wording, workflow
from blog.models import Authorship
from blog.pages import CONFLICT, READ_OR_POST
from ukis.letters.models import PrivateLink
from ukis.refusals import NotNow


# The address is the secret: whoever could forge the request would have to know it. And a page that sends no
# referrer sends 'Origin: null' with its form, which the usual check would have to refuse.
@csrf_exempt
@never_cache
@require_http_methods(READ_OR_POST)
def named(request: HttpRequest, token: str) -> HttpResponse:
    """For a co-author without a sign-in, by the link in their letter: how they are named, and a way off."""
    mine = _authorship(token)
    submission = mine.submission
    context = {'submission': submission, 'mine': mine, 'status_words': wording.guest_words(submission)}
    context['object_url'] = reverse('named_object', args=[token])
    status = 200
    if request.method == 'POST':
        try:
            workflow.leave(submission, by=None, authorship=mine)
            context['gone'] = True
        except NotNow as refusal:
            context['refusal'] = str(refusal)
            status = CONFLICT
    response = render(request, 'blog/submissions/named.html', context, status=status)
    response.headers['Referrer-Policy'] = 'no-referrer'
    response.headers['X-Robots-Tag'] = 'noindex, nofollow'
    return response


def _authorship(token: str) -> Authorship:
    link = PrivateLink.find(token, 'named')
    mine = link.about if link else None
    if not isinstance(mine, Authorship) or mine.person_id is not None:
        raise Http404('This link does not lead anywhere, or not any more.')
    return mine
