"""For somebody named on a submission, by the link in their letter: whether they agree. It opens this page alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from blog import wording, workflow
from blog.forms.behalf import AgreeForm
from blog.models import Authorship
from blog.told import as_told
from members.models import Person
from ukis.private import Fresh, led_to, private_page
from ukis.refusals import CONFLICT, NotNow

YES = 'You said yes: thank you. It is kept, and nothing more is needed. To read the words, sign in.'


@private_page(wording.NO_LINK, fresh=Fresh('named', Authorship, workflow.send_named_link))
def named(request: HttpRequest, token: str) -> HttpResponse:
    """How they are named, and by whom; reading changes nothing, and the answers are a choice with none chosen."""
    mine, _ = led_to(token, 'named', Authorship)
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
        return render(request, 'blog/submissions/name_off.html', {'submission': mine.submission})
    by = request.user if isinstance(request.user, Person) else None
    mine = workflow.agree(mine.submission, by=by, authorship=mine)
    if mine.person_id and mine.person != by:  # the page of the submission asks them to sign in first
        messages.success(request, YES)
    return redirect('named', token)


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
    return render(request, 'blog/submissions/named.html', context, status=status)
