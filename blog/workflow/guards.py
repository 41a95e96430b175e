"""Why a move cannot be made on a submission as it stands: a sentence for the person, or nothing.

Each judges by one `Situation`: the submission, what the person is to it, the instant.
"""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType

from blog import checklist
from blog.models import Holder, Step, Submission, Version
from blog.states import row_of
from blog.told import UNSENT
from blog.workflow.roles import EDITORS, Role
from ukis import days
from ukis.clock.models import Reminded
from ukis.engine import Situation
from ukis.letters.models import Letter

# The reminders of a final copy that waits (`blog/chasers/submissions.py`), and the working days to answer in.
APPROVAL_PLAN = 'approval'
SILENT_FOR = 10

Case = Situation[Submission, Role]


def ready_for_approval(case: Case) -> str:
    return checklist.sentence(checklist.for_approval(case.row))


def as_it_stands(case: Case) -> str:
    """Not a letter changed since the author handed it in."""
    if case.row.handed_in_version_id != case.row.current_id:
        return 'The text changed since the author handed it in.'
    return ready_for_approval(case)


def approved_base(submission: Submission) -> Version | None:
    """The words that the author approved; for an imported submission, at first, those in print."""
    post = submission.post_or_none
    if submission.approved_version_id is None and submission.source and post is not None:
        return post.version
    return submission.approved_version


def approval_stands(case: Case) -> str:
    base = approved_base(case.row)
    if base is None:
        return 'The author has not approved any version yet.'
    if case.row.current is not None and case.row.current.hash == base.hash:
        return ready_for_approval(case)  # somebody went back to what was approved
    since = case.row.versions.filter(number__gt=base.number)
    if since.filter(typo=False).exists():
        return 'The text was changed since the approval, and not every change is marked as a typo.'
    return ready_for_approval(case)


def exact_words(case: Case) -> str:
    asked = case.row.asked_version_id == case.row.current_id
    return '' if asked else 'The text changed since you were asked. Read it again.'


def silence(case: Case) -> str:
    """Of an author who was asked long ago and reminded twice, about words in which only slips were put right since
    theirs."""
    row = case.row
    if row.asked_at is None:
        return 'The author was not asked.'
    until = days.add_working_days(days.london_day(row.asked_at), SILENT_FOR)
    if days.london_day(case.at) < until:
        return f'The author has ten working days to answer, until {days.in_words(until)}.'
    if _reminders_that_left(row.asked_at, row) < 2:
        return 'The author was not reminded twice yet.'
    theirs = (row.handed_in_version, row.approved_version)
    number = max((version.number for version in theirs if version), default=0)
    if row.versions.filter(number__gt=number, typo=False).exists():
        return (
            'More than typos was changed since the author’s own words. Wait for their answer, or ask again.'
        )
    return ''


def heard_elsewhere(case: Case) -> str:
    """Of exact words too: of those that the author has had before them."""
    row = case.row
    if row.asked_at is None or exact_words(case):
        return 'The author was not asked about these very words.'
    told = Letter.objects.about(row).filter(kind='final_copy', queued_at__gte=row.asked_at)
    if told.filter(state__in=UNSENT).exists():
        return 'The final copy has not reached the author yet: its letter is still in the outbox.'
    return ''


def noted_for_its_author(case: Case) -> str:
    if not case.row.approved_elsewhere:
        return 'You approved it yourself. Ask for what you want changed in the conversation.'
    return still_open(case)


def _reminders_that_left(asked_at: datetime, row: Submission) -> int:
    """What stands in the ledger as told, without what is still in the outbox, or was put off and comes once more."""
    asked = row.steps.exclude(from_state=row.state).filter(to_state=row.state, at=asked_at)
    told = Reminded.objects.filter(
        plan=APPROVAL_PLAN,
        content_type=ContentType.objects.get_for_model(Step),
        object_id__in=row.steps.filter(pk__gte=asked.values('pk')[:1]).values('pk'),
        outcome=Reminded.Outcome.SENT,
        put_off_until=None,
    )
    waiting = Letter.objects.about(row).filter(kind='approval_waits', queued_at__gte=asked_at)
    return told.count() - waiting.filter(state__in=UNSENT).count()


def releasable(case: Case) -> str:
    return checklist.sentence(checklist.for_release(case.row))


def releasable_again(case: Case) -> str:
    if case.row.post.taken_down_at:
        return 'The post was taken down. Put it back first.'
    return releasable(case)


def untaken(case: Case) -> str:
    return 'An editor has taken it already. Write to them in the conversation.' if case.row.editor_id else ''


def own_withdrawal(case: Case, *, within: timedelta) -> str:
    if Role.CHIEF in case.roles:
        if not case.row.authorships.all():
            return 'Nobody is named on it any more: its author is forgotten.'
        return known_to_editors(case)
    if not row_of(case.row.state).author_reopens:
        return 'Only the Commissioning Editor can reopen a submission that was declined.'
    if case.row.closed_at and case.at - case.row.closed_at > within:
        return f'It was withdrawn more than {within.days} days ago. Write to the editors.'
    return ''


def one_extension(case: Case, *, within: timedelta) -> str:
    if case.row.due_on is None:
        return 'It has no date to extend.'
    if case.roles & EDITORS:
        # The letter of another date would say how it stands before the decision's own does.
        waits = 'The author does not know yet how it stands. Change the date when they have been told.'
        return waits if case.row.told_state else ''
    if case.row.holder != Holder.AUTHOR or case.row.told_state:
        return 'There is no date of yours to extend.'
    if case.row.extended_by_author:
        return 'You have extended the date once. Ask the editor for more time.'
    if case.row.due_on + within < days.london_day(case.at):
        return f'The date is more than {within.days} days past. Write to the editor in the conversation.'
    return ''


def known_to_editors(case: Case) -> str:
    return '' if case.row.is_known_to_editors else 'It was never handed in.'


def has_an_editor(case: Case) -> str:
    if case.row.editor_id is None and not row_of(case.row.state).needs_editor:
        return 'It has no editor.'
    return still_open(case)


def awaits_an_answer(case: Case) -> str:
    if case.row.due_on is None:
        return 'Nobody awaits an answer by a day.'
    return known_to_editors(case)


def still_open(case: Case) -> str:
    out = row_of(case.row.state).in_print and case.row.is_live_at(case.at)
    return 'The post is out.' if out else ''


def has_a_step_back(case: Case) -> str:
    back_to = row_of(case.row.state).back_to
    if back_to and not row_of(back_to).needs_editor and case.row.is_live_at(case.at):
        return 'A revision has an editor. Change the editor, or drop the revision.'
    return ''


def archivable(case: Case) -> str:
    if case.row.post.taken_down_at:
        return 'It was taken down.'
    return 'It is archived already.' if case.row.post.archived_at else ''


def restorable(case: Case) -> str:
    archived = case.row.post.archived_at and not case.row.post.taken_down_at
    return '' if archived else 'It is not archived.'


def up(case: Case) -> str:
    return 'It was taken down already.' if case.row.post.taken_down_at else ''


def down(case: Case) -> str:
    post = case.row.post
    if not post.taken_down_at:
        return 'It was not taken down.'
    if post.version and not post.version.body:
        return 'Its words stayed where it was moved from: revise it and write them in first.'
    return ''
