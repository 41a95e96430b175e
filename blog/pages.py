"""What several pages on the author's side share: the submission's own page, the way back to it, what changed."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from blog import conversation, previews, wording, workflow
from blog import differences as compared
from blog.conversation import Conversation
from blog.forms.conversation import MessageForm
from blog.forms.submissions import ExtendForm
from blog.models import Submission, Version
from blog.states import row_of
from blog.told import versions_known
from blog.writing import actions, drafts
from blog.writing.access import AuthorsRequest
from ukis import markup, unsaved
from ukis.differences.stepping import NumberedChange, numbered
from ukis.refusals import CONFLICT, NotNow

# The parts of what changed, in the order in which pages show them.
AS_THEY_STAND = ('title', 'standfirst', 'body', 'references', 'byline', 'lead', 'tags', 'language')


def to_submission(
    request: AuthorsRequest, submission: Submission, refusal: NotNow | str = ''
) -> HttpResponse:
    """Back to the submission's page, with what stood against it; words that came with it are given back first."""
    if refusal and request.method == 'POST' and unsaved.holds_words(request):
        page = submission.get_absolute_url()
        return unsaved.give_back(request, status=CONFLICT, why=str(refusal), back=page)
    if refusal:
        messages.warning(request, str(refusal))
    return redirect('submission', submission.pk)


def show(
    request: AuthorsRequest,
    submission: Submission,
    *,
    message_form: MessageForm | None = None,
    extend_form: ExtendForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The submission's page. A form that was refused is given back as it was typed."""
    person = request.user
    steps = workflow.known_to_author(submission, workflow.steps_of(submission))
    versions = list(versions_known(submission).to_choose_from())
    note = workflow.note_to_author(steps, {row.person_id for row in submission.authorships.all()})
    talk = conversation.of(submission, person, known={one.pk for one in versions})
    message_form = message_form or MessageForm(by=person, submission=submission, talk=talk)
    page = submission.get_absolute_url()
    unsaved.watch(request, message_form, message_form.KEPT_AS, submission, page=page)
    may_edit = workflow.can_edit(submission, person)
    texts = drafts.of(submission, by=person) if may_edit else []
    draft = drafts.as_typed(texts[0]) if texts else None
    if extend_form is None and submission.due_on and actions.may_extend(submission, person):
        extend_form = ExtendForm(due_on=submission.due_on)
    context = {
        'submission': submission,
        'status_words': wording.author_words(submission),
        'kind': actions.status_kind(submission),
        'next': wording.next_for_author(submission, yours=workflow.in_whose_hands(submission, person)),
        'away': wording.away_words(submission),
        'actions': actions.actions(submission, person),
        'can_edit': may_edit,
        'may_share': previews.is_an_author(submission, person),
        'silent_names': []
        if row_of(submission.state).closed or not submission.was_handed_in
        else submission.silent_names,
        'names_off': [] if row_of(submission.state).closed else submission.names_off,
        'may_vouch': workflow.may_vouch(submission, person),
        'may_leave': actions.may_leave(submission, person),
        'note': note,
        'note_says': workflow.MOVES[note.step.move].note_says if note and note.step else '',
        'noted': talk.about(note),
        'quoted_url': reverse('submission_words', args=[submission.pk]),
        'history': actions.history(steps),
        'versions': versions,
        'is_as_printed': submission.has_live_post and submission.post.version_id == submission.current_id,
        'pitch': workflow.pitch_of(submission),
        'typos': actions.typos(submission, versions),
        'declared': actions.declared(list(submission.declarations.order_by('at', 'pk'))),
        **saying(request, talk, message_form),
        'draft': draft,
        'heading': wording.titled(draft if draft and draft.title else drafts.to_its_author(submission)),
        'extend_form': extend_form,
    }
    return render(request, 'blog/submissions/submission.html', context, status=status)


def saying(request: HttpRequest, talk: Conversation, form: MessageForm) -> dict:
    """The conversation and its form, and which message it answers."""
    asked = form.data.get('answers') if form.is_bound else request.GET.get('answer')
    if asked is None and form.keeping.used:
        asked = form.keeping.used.data.get('answers')
    answering = next((one for one in talk.said if str(one.message.pk) == asked), None)
    return {'talk': talk, 'message_form': form, 'answering': answering}


def marked(old: Version | None, new: Version, *, from_level: int = 3, by_step: bool = False) -> dict:
    """What changed, with the long texts ready for a page; `from_level`: below the title's own heading. `by_step`: each
    change with its number, to be gone through one by one, and all of them in a list."""
    between = compared.between(old, new)
    shown = {name: getattr(between, name) for name in AS_THEY_STAND}
    shown['body'] = markup.render(between.body, from_level=from_level)
    shown['references'] = markup.render(between.references, from_level=from_level + 1, part=markup.REFERENCES)
    changes: list[NumberedChange] = []
    if by_step:
        shown, changes = numbered({name: (compared.LABELS[name], said) for name, said in shown.items()})
    return {
        'between': replace(between, **shown),
        'body': shown['body'],
        'references': shown['references'],
        'changes': changes,
        'lead_before': old.lead_picture if old and old.lead_picture_id != new.lead_picture_id else None,
    }
