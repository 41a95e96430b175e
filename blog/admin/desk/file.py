"""What the page of one submission on the desk shows, whoever shows it: the page itself, or a message given back."""

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from blog import checklist, conversation, profiles, readings, told, wording, workflow
from blog.admin.desk import lines
from blog.admin.desk.frame import SETS_BESIDE, page
from blog.checklist import fairness
from blog.conversation import Conversation
from blog.desk import presence
from blog.forms.conversation import DeskMessageForm
from blog.messages import notes, passages
from blog.models import Declaration, Holder, Submission, WordFile
from blog.pages import saying
from blog.states import CLOSED
from blog.workflow import Role
from blog.workflow.roles import EDITORS
from blog.writing import drafts
from blog.writing.access import version_or_404
from members.models import Affiliation, Person
from members.roles import COMMISSIONING_EDITOR
from ukis import unsaved
from ukis.letters.models import Letter

LETTERS = 50


def file(
    request: HttpRequest,
    person: Person,
    submission: Submission,
    message: DeskMessageForm | None = None,
    status: int = 200,
) -> HttpResponse:
    here = reverse('admin:desk_submission', args=[submission.pk])
    talk = conversation.of(submission, person)
    message = message or DeskMessageForm(by=person, submission=submission, talk=talk)
    typed = list(submission.buffers.of(person).newest_first())
    unsaved.watch(request, message, message.KEPT_AS, submission, page=here, among=typed)
    if not submission.words_withheld:
        workflow.note_seen(submission, by=person, last_read=getattr(submission, 'last_read', None))
    roles = workflow.roles_of(submission, person)
    letters = list(Letter.objects.about(submission)[:LETTERS])
    places = fairness.places_of(submission, person)
    declared = Declaration.objects.select_related('person', 'version').defer('version__body')
    prefetch_related_objects(
        [submission], Prefetch('declarations', declared)
    )  # the checklist asks for them too
    context = {
        'submission': submission,
        'person': person,
        **_offered(submission, person, roles),
        'may_vouch': submission.state not in CLOSED and workflow.may_vouch(submission, person, roles),
        'may_choose_series': person.is_editor,
        'may_set_beside': bool(roles & SETS_BESIDE),
        'belongs_too': fairness.sentence(fairness.shared(submission, person, places))
        if _may_decide(roles)
        else '',
        'stand_in': Role.CHIEF in roles and not person.is_in(COMMISSIONING_EDITOR),
        'open_by': presence.note(submission, person),
        'state_words': wording.editor_words(submission),
        'kind': lines.state_kind(submission, person),
        'held_by': wording.held_by(submission),
        'held_for': wording.held_for(submission),
        'editor_beside': submission.editor if submission.holder != Holder.EDITOR else None,
        'late_by': submission.late_by,
        'lines': []
        if submission.state in CLOSED or submission.words_withheld
        else checklist.for_release(submission),
        'to_look_at': []
        if submission.state in CLOSED or submission.words_withheld or not submission.current
        else checklist.to_look_at(submission.current),
        'not_saved': [row for row in typed if row.form == drafts.COPY_EDIT and row.is_kept],
        'letters': letters,
        'declarations': submission.declarations.all(),
        'readings': readings.of_submission(submission),
        'may_ask_reader': readings.may_ask(submission, person, roles),
        'pitch': workflow.pitch_of(submission) if submission.words_withheld else None,
        **_words(submission, request.GET.get('version'), talk),
        'word_files': _word_files(submission, roles),
        'may_share': bool(roles & EDITORS),
        **saying(request, talk, message),
        'with_authors': talk.among_editors(False),
        'among_editors': talk.among_editors(True),
        **_names_and_steps(submission, places, letters),
        'quoted_url': here,
    }
    context['noted'] = talk.about(context['note'])
    return page(request, 'submission', submission.title or 'Untitled', context, status)


def _may_decide(roles: frozenset[Role]) -> bool:
    return any(move.who & roles for move in workflow.MOVES.values() if move.decides)


def _words(submission: Submission, number: str | None, talk: Conversation) -> dict[str, Any]:
    """The version that was asked for, else the one that stands, with what the conversation quotes marked in it."""
    version = version_or_404(submission, number) or submission.current
    shown = {
        part: passages.shown(version, part, talk.spots(part, version, submission.current), from_level=4)
        for part in passages.PARTS
        if version
    }
    return {
        'version': version,
        'shown': shown,
        'versions': list(told.versions_known(submission).to_choose_from()),
    }


def _word_files(submission: Submission, roles: frozenset[Role]) -> list[WordFile]:
    """What its author sent and wants kept: for the editors of this submission alone."""
    if submission.words_withheld or not roles & EDITORS:
        return []
    return list(WordFile.objects.kept().named_only().filter(submission=submission))


def _names_and_steps(
    submission: Submission, places: list[Affiliation], letters: list[Letter]
) -> dict[str, Any]:
    """Who is named, what was done, and what of it is not told yet."""
    steps = list(
        submission.steps.select_related('by', 'version', 'message__by')
        .defer('version__body')
        .order_by('-at', '-pk')
    )
    names = list(submission.authorships.all())
    apart = profiles.apart(names, places)
    untold = notes.untold(submission, steps, workflow.DECIDED, letters if len(letters) < LETTERS else None)
    return {
        'byline': [(name, apart[name.pk]) for name in names if name.printed],
        'note': workflow.note_to_editor(steps, {name.person_id for name in names}, submission.editor_id),
        'untold': untold,
        'untold_move': workflow.history_label(untold.step.move) if untold else '',
        'as_told': wording.author_words(told.as_told(submission)) if submission.told_state else '',
        'steps': [
            (workflow.history_label(step.move), step, workflow.note_of(step, for_author=False))
            for step in steps
        ],
    }


def _offered(submission: Submission, person: Person, roles: frozenset[Role]) -> dict[str, Any]:
    """The one move that leads on from here, where there is one, and the others behind it."""
    offers, can_edit = workflow.moves_for(submission, person, roles), workflow.can_edit(submission, person)
    leads_on = [one for one in offers if one.possible and not one.move.grave and not one.move.is_aside]
    first = None if can_edit or not leads_on else leads_on[0]
    beside = [one for one in offers if one.possible and one.move.stands_first]
    others = [one for one in offers if one is not first and one not in beside]
    return {'can_edit': can_edit, 'first': first, 'beside': beside, 'offers': others}
