"""Somebody named objects to a submission as it stands, signed in or by the link in their letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from blog import wording, workflow
from blog.forms.behalf import ObjectForm
from blog.models import Authorship, Submission
from blog.pages import to_submission
from blog.writing import actions
from blog.writing.access import AuthorsRequest, on_a_submission
from members.models import Person
from ukis.methods import read_or_post
from ukis.private import Fresh, led_to, private_page
from ukis.refusals import CONFLICT, NotNow

SENT = 'Your objection is with the editors and with whoever handles it.'
BACK = 'You took your objection back.'


@read_or_post
@on_a_submission
def objecting(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    if not actions.may_leave(submission, request.user):
        return to_submission(request, submission, 'Write to the editors in the conversation.')
    mine = submission.authorships.get(person=request.user)
    return _answered(request, mine, by=request.user, back=submission.get_absolute_url())


@private_page(wording.NO_LINK, fresh=Fresh('named', Authorship, workflow.send_named_link))
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    mine, _ = led_to(token, 'named', Authorship)
    return _answered(request, mine, by=None, back=reverse('named', args=[token]))


def _answered(request: HttpRequest, mine: Authorship, *, by: Person | None, back: str) -> HttpResponse:
    """One page: to object, or to take the objection back."""
    submission, settles = mine.submission, request.POST.get('do') == 'settle'
    form = ObjectForm(request.POST if request.method == 'POST' and not settles else None)
    status = 422 if form.is_bound else 200
    try:
        if settles:
            workflow.settle(submission, by=by, authorship=mine)
        elif form.is_valid():
            words = form.cleaned_data['words']
            workflow.object_to(submission, by=by, authorship=mine, words=words)
        if settles or form.is_valid():
            messages.success(request, BACK if settles else SENT)
            return redirect(back)
    except NotNow as refusal:
        form.add_error(None, str(refusal)) if form.is_bound else messages.warning(request, str(refusal))
        status = CONFLICT
    context = {'submission': submission, 'mine': mine, 'form': form, 'back': back}
    return render(request, 'blog/submissions/object.html', context, status=status)
