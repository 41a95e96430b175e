"""The authors' verbs: start, hand in, take back, send back, ask for time, withdraw."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from blog import checklist, letters
from blog.checklist import declared
from blog.models import Authorship, Declaration, PrintedName, Submission, Version, Words
from blog.workflow import topics
from blog.workflow.engine import locked, moving, off_the_calendar, record
from blog.workflow.moves import EVENTS
from blog.workflow.moves.row import MORE_TIME
from blog.workflow.rights import roles_of
from blog.workflow.roles import EDITORS, Role
from blog.workflow.words import take_apart, write_version
from members.models import Person
from ukis import days, unsaved
from ukis.lines import one_line
from ukis.refusals import NotAllowed, NotNow, Stale


def start(
    *, by: Person, working_title: str = '', name: str = '', on_behalf_of: dict | None = None
) -> Submission:
    """A self-started draft: no date, one author, an empty first version.

    `by` must be someone who may submit today; `name` overrides the printed name of the profile. `on_behalf_of`
    are fields of an Authorship of whoever is printed in their place: then `by` handles it, and is not.
    """
    if not by.may_submit():
        raise NotAllowed(
            'Only members can start a blog. Your membership, or your organisation’s, does not allow it today.'
        )
    with transaction.atomic():
        now = timezone.now()
        submission = begun(working_title, by=by, at=now, name=name, for_other=on_behalf_of is not None)
        if on_behalf_of is not None:
            Authorship.objects.create(submission=submission, order=0, **on_behalf_of)
        write_version(submission, Words(title=submission.working_title), by=by, at=now, why='start')
        record(submission, 'start', '', by=by, at=now)
    return submission


def begun(
    title: str, *, by: Person, at: datetime, name: str = '', for_other: bool = False, **columns: Any
) -> Submission:
    """A row and whoever begins it, who handles it where it is `for_other`; its first version is the caller's."""
    submission = Submission.objects.create(
        working_title=one_line(title)[:200], started_by=by, started_at=at, held_since=at, **columns
    )
    Authorship.objects.create(
        submission=submission,
        corresponding=True,
        can_edit=True,
        agreed_at=at,
        printed=not for_other,
        order=1 if for_other else 0,
        **printed_as(by, name).columns(),
    )
    return submission


def printed_as(person: Person, name: str = '') -> PrintedName:
    """As the person's profile of today would have it."""
    affiliation = person.main_affiliation()
    return PrintedName(
        person=person.pk,
        organisation=affiliation.organisation_id if affiliation else None,
        name=name or person.printed_name,
        citation_name=person.citation_name,
        role=affiliation.job_title if affiliation else '',
        affiliation=affiliation.organisation.name if affiliation else '',
        biography=person.biography,
        picture=person.photo_id,
    )


def _declare(
    submission: Submission,
    version: Version,
    by: Person,
    declarations: dict[str, tuple[str, str]],
    at: datetime,
) -> None:
    missing = set(Declaration.Kind.values) - {
        kind for kind, (_, answer) in declarations.items() if answer.strip()
    }
    if missing:
        raise NotNow('Make all three declarations: rights, interests and views.')
    for kind, (sentence, answer) in declarations.items():
        Declaration.objects.update_or_create(
            submission=submission,
            version=version,
            person=by,
            kind=kind,
            defaults={'sentence': sentence, 'answer': answer.strip(), 'at': at},
        )


def _ready_to_hand_in(submission: Submission, version_number: int) -> None:
    if submission.current.number != version_number:
        raise Stale(submission.current)
    open_lines = checklist.sentence(checklist.for_submit(submission.current))
    if open_lines:
        raise NotNow(open_lines)


def submit(
    submission: Submission,
    *,
    by: Person,
    version: int,
    declarations: dict[str, tuple[str, str]],
    note: str = '',
) -> Submission:
    """Hands the submission in. `version` is the number of the words the author saw; `declarations` maps each
    kind to the sentence as it read and the answer."""
    with moving('submit', submission, by=by, note=note) as move:
        _ready_to_hand_in(move.submission, version)
        _declare(move.submission, move.submission.current, by, declarations, move.at)
        if not move.submission.first_submitted_at:
            move.submission.first_submitted_at = move.at
            move.submission.working_title = move.submission.title
            topics.keep(move.submission)
        move.submission.read_version = move.submission.handed_in_version = move.submission.current
        if move.submission.editor_id and move.move.to_its_editor:
            move.to = move.move.to_its_editor
    return submission


def resubmit(
    submission: Submission,
    *,
    by: Person,
    version: int,
    note: str,
    declarations: dict[str, tuple[str, str]] | None = None,
) -> Submission:
    """Back to the editor with the changes; the note says what was done."""
    with moving('resubmit', submission, by=by, note=note) as move:
        _ready_to_hand_in(move.submission, version)
        if declarations:
            _declare(move.submission, move.submission.current, by, declarations, move.at)
        move.facts.since = move.submission.read_version
        move.submission.read_version = move.submission.handed_in_version = move.submission.current
        post = move.submission.post_or_none
        if declarations and post is not None and not move.was_live:
            for name, value in vars(declared.by_authors(move.submission)).items():
                setattr(post, name, value)
            post.save(update_fields=['views', 'interests'])
    return submission


def discard(submission: Submission, *, by: Person) -> None:
    """Deletes a draft of which no editor knows, with all its words. Letters that told of it are recalled.

    Who said yes to being named hears of it; what others typed and had not saved stays theirs, to be copied.
    """
    with transaction.atomic():
        held = locked(submission)
        if Role.CORRESPONDING not in roles_of(held, by):
            raise NotAllowed('Only whoever began the draft deletes it.')
        if held.is_known_to_editors:
            raise NotNow('The editors know of it. Withdraw it instead.')
        letters.recall_all(held)
        typed = {
            writer: [settings.LETTERS_URL + reverse('unsaved_kept', args=[buffer.pk]) for buffer in left]
            for writer, left in unsaved.outlive(held.buffers.exclude(writer=by)).items()
        }
        step = record(held, 'discard', held.state, by=by, at=timezone.now())
        facts = letters.Facts(typed=typed)
        letters.tell_of_step(EVENTS['discard'].letters, held, step=step, by=by, hold=False, facts=facts)
        take_apart(held)


def take_back(submission: Submission, *, by: Person) -> Submission:
    with moving('take_back', submission, by=by):
        pass
    return submission


def withdraw(submission: Submission, *, by: Person, reason: str) -> Submission:
    with moving('withdraw', submission, by=by, note=reason) as move:
        off_the_calendar(move.submission, move.at)
    return submission


def extend(submission: Submission, *, by: Person, due_on: date) -> Submission:
    """Another date. An author may do it once, by up to seven days; an editor freely."""
    with moving('extend', submission, by=by) as move:
        if due_on < days.london_day(move.at):
            raise NotNow('Choose a day that is not past.')
        if not move.roles & EDITORS:
            was_due = move.submission.due_on
            if was_due is None or not was_due < due_on <= was_due + MORE_TIME:
                raise NotNow('You can move the date once, by up to seven days.')
            move.submission.extended_by_author = True
        move.facts.was_due = move.submission.due_on
        move.due_on = due_on
        move.note = f'due {days.in_words(due_on)}'
    return submission
