"""A person's submissions, as their author meets them in a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString

from blog import wording, workflow
from blog.conversation import unread
from blog.models import Holder, Submission
from blog.models.submissions_seen import SubmissionQuerySet
from blog.told import as_told
from blog.workflow import Role
from blog.writing import actions, drafts
from members.models import Person


@dataclass(frozen=True)
class MyBlog:
    """A submission in its author's list: where it stands, who has it, and the one thing to do with it."""

    submission: Submission
    title: SafeString
    words: str
    kind: str
    since: datetime | None
    held_by: str
    next: str
    label: str
    url: str
    awaits_author: bool  # whether its author is who must act
    unread: int  # messages that are new to them


def written(person: Person) -> SubmissionQuerySet:
    """Those that they write, whichever moved last first, as far as they know: a decision shows when it is told."""
    known_since = Coalesce('told_since', 'held_since')
    return Submission.objects.written_by(person).order_by(known_since.desc(), '-pk')


def with_what_is_listed(person: Person) -> SubmissionQuerySet:
    shown = (
        Submission.objects.select_related('current', 'editor', 'post')
        .defer('current__body', 'current__references')
        .with_names()
    )
    return unread.knowing(shown, person)


def listed(submissions: Iterable[Submission], person: Person) -> list[MyBlog]:
    typed = drafts.titles(person)
    return [_listed(as_told(submission), person, typed) for submission in submissions]


def _listed(submission: Submission, person: Person, typed: dict[int, drafts.TypedTitle]) -> MyBlog:
    """`typed`: the titles that this person last typed and did not save yet."""
    label, url = _what_to_do(submission, person)
    return MyBlog(
        submission=submission,
        title=drafts.title(submission, by=person, typed=typed),
        words=wording.author_words(submission),
        kind=actions.status_kind(submission),
        since=submission.held_since if submission.holder != Holder.NOBODY else None,
        held_by=_held_by(submission, person),
        next=wording.next_for_author(submission, yours=workflow.in_whose_hands(submission, person)),
        label=label,
        url=url,
        awaits_author=submission.holder == Holder.AUTHOR,
        unread=unread.of(submission),
    )


def _what_to_do(submission: Submission, person: Person) -> tuple[str, str]:
    if workflow.offer_of('approve', submission, person):
        return 'Read and approve the final copy', reverse('submission_approve', args=[submission.pk])
    if workflow.offer_of('resubmit', submission, person):
        return 'See what is asked for', submission.get_absolute_url()
    if workflow.can_edit(submission, person):
        return 'Go on writing', reverse('submission_edit', args=[submission.pk])
    if submission.is_at_its_address:
        return 'Read it on the site', submission.post.get_absolute_url()
    return 'See where it stands', submission.get_absolute_url()


def _held_by(submission: Submission, person: Person) -> str:
    match submission.holder:
        case Holder.AUTHOR if Role.CORRESPONDING in workflow.roles_of(submission, person):
            return 'you'
        case Holder.AUTHOR:
            return wording.corresponding(submission) or 'the author'
        case Holder.EDITOR:
            return submission.editor.printed_name if submission.editor else 'an editor'
        case Holder.NOBODY:
            return ''
    return Holder(submission.holder).label
