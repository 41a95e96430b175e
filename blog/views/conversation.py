"""The author's messages to the editors."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from blog import workflow
from blog.access import AuthorsRequest, on_a_submission
from blog.forms.submissions import MessageForm
from blog.models import Submission
from blog.pages import show
from ukis import unsaved
from ukis.refusals import CONFLICT, NotNow


@require_POST
@on_a_submission
def message(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show(request, submission, message_form=form)
    try:
        workflow.say(submission, by=request.user, text=form.cleaned_data['text'])
    except NotNow as refusal:
        form.add_error('text', str(refusal))
        return show(request, submission, message_form=form, status=CONFLICT)
    unsaved.sent(request)
    messages.success(request, 'Your message is in the conversation, and a letter is on its way.')
    return redirect(reverse('submission', args=[submission.pk]) + '#conversation')
