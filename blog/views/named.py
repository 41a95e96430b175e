"""For somebody named on a submission, by the link in their letter: whether they agree. It opens this page alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from blog import wording, workflow
from blog.forms.behalf import AgreeForm
from blog.models import Authorship
from blog.told import as_told
from members.models import Person
from ukis.letters.models import PrivateLink
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow


# The address is the secret: whoever could forge the request would have to know it. And a page that sends no
# referrer sends 'Origin: null' with its form, which the usual check would have to refuse.
@csrf_exempt
@never_cache
@read_or_post
def named(request: HttpRequest, token: str) -> HttpResponse:
    """How they are named, and by whom; reading changes nothing, and the answers are a choice with none chosen."""
    mine = _authorship(token)
    if mine.person_id and mine.has_agreed:
        return redirect('submission', mine.submission_id)  # it is in their My blogs
    form = AgreeForm(request.POST if request.method == 'POST' else None)
    refusal, status = '', 200
    if form.is_bound and form.is_valid():
        try:
            return _answered(request, token, mine, says_yes=form.cleaned_data['answer'] == 'yes')
        except NotNow as why_not:
            refusal, status = str(why_not), CONFLICT
    # Who has said yes is asked no more: there is no choice on the page to be wrong.
    return _shown(request, token, mine, AgreeForm() if mine.has_agreed else form, refusal, status)


def _answered(request: HttpRequest, token: str, mine: Authorship, *, says_yes: bool) -> HttpResponse:
    if not says_yes:
        workflow.leave(mine.submission, by=mine.person, authorship=mine)
        return _private(render(request, 'blog/submissions/name_off.html', {'submission': mine.submission}))
    by = request.user if isinstance(request.user, Person) else None
    workflow.agree(mine.submission, by=by, authorship=mine)
    return _private(redirect('named', token))


def _shown(
    request: HttpRequest, token: str, mine: Authorship, form: AgreeForm, refusal: str, status: int
) -> HttpResponse:
    context = {
        'submission': mine.submission,
        'mine': mine,
        'by': wording.corresponding(mine.submission),
        'status_words': wording.guest_words(as_told(mine.submission)),
        'form': form,
        'refusal': refusal,
        'here': reverse('named', args=[token]),
        'object_url': reverse('named_object', args=[token]),
    }
    return _private(render(request, 'blog/submissions/named.html', context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers['Referrer-Policy'] = 'no-referrer'
    response.headers['X-Robots-Tag'] = 'noindex, nofollow'
    return response


def _authorship(token: str) -> Authorship:
    link = PrivateLink.find(token, 'named')
    mine = link.about if link else None
    if not isinstance(mine, Authorship):
        raise Http404('This link does not lead anywhere, or not any more.')
    return mine
