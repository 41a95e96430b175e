"""The words: written down as versions, by whoever may, from the words they began with."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from blog.checklist import typos
from blog.models import LastRead, PrintedName, Submission, Version, Words
from blog.models.words import LINES, TEXTS
from blog.search import sought
from blog.states import Savers, row_of
from blog.workflow import topics
from blog.workflow.engine import locked
from blog.workflow.rights import can_edit, roles_of
from blog.workflow.roles import EDITORS, Role
from members.models import Person
from ukis import markup, search
from ukis.lines import one_line
from ukis.refusals import NotAllowed, NotNow, Stale


def write_version(
    submission: Submission,
    words: Words,
    *,
    by: Person | None,
    at: datetime,
    why: str,
    note: str = '',
    typo: bool = False,
    byline: Sequence[PrintedName] | None = None,
) -> Version:
    """The next version, cleaned; the submission's current one. Call it under the lock.

    `byline` is the one to carry on; without it that of today's authorships.
    """
    if byline is None:
        printed = submission.authorships.filter(printed=True).select_related('person').order_by('order', 'pk')
        byline = [authorship.as_printed() for authorship in printed]
    version = Version(
        submission=submission,
        number=(submission.current.number if submission.current else 0) + 1,
        byline=[vars(name) for name in byline],
        made_by=by,
        made_at=at,
        why=why,
        note=note[:300],
        typo=typo,
        **vars(words_to_keep(words)),
    )
    version.hash = version.fingerprint()
    if (
        submission.current
        and submission.current.hash == version.hash
        and submission.current.words() == version.words()
    ):
        return submission.current
    version.save()
    submission.current = version
    if not submission.is_promised:
        submission.working_title = version.title or submission.working_title
    submission.save(update_fields=['current', 'working_title'])
    topics.keep(submission)
    return version


def take_apart(submission: Submission) -> None:
    """Deletes a held draft with all its words, which point at one another and at it: from the leaves inwards."""
    Submission.objects.filter(pk=submission.pk).update(
        current=None, handed_in_version=None, asked_version=None, read_version=None, approved_version=None
    )
    sought.forget(submission)
    submission.messages.all().delete()
    submission.steps.all().delete()
    submission.declarations.all().delete()
    submission.delete()


def words_to_keep(words: Words) -> Words:
    """As a version keeps them: cleaned."""
    return words.but(
        **{name: markup.clean(getattr(words, name)) for name in TEXTS},
        **{name: _one_line(getattr(words, name)) for name in LINES},
    )


def _one_line(text: str) -> str:
    printable = ''.join(max(letter, ' ') for letter in text)
    return one_line(printable)


def save_words(
    submission: Submission,
    *,
    by: Person,
    base: int,
    words: Words,
    note: str = '',
    typo: bool = False,
    why: str = 'save',
) -> Version:
    """A version made on explicit save. `base` is the number of the version the writer started from.

    Raises NotAllowed where `by` may not save words now, and Stale, with the words that stand, where
    somebody saved other words since `base`; NotNow where what is called a typo is more. Saving what already stands
    makes no new version.
    """
    with search.gathered():
        held = locked(submission)
        at = timezone.now()
        refuse_unless_editing(held, by)
        refuse_stale(held, base)
        typo = typo and row_of(held.state).savers == Savers.EDITOR
        if typo and (why_more := typos.why_more(held.current, words_to_keep(words))):
            raise NotNow(why_more)
        version = write_version(
            held,
            words,
            by=by,
            at=at,
            why=why,
            note=note,
            typo=typo,
        )
    submission.refresh_from_db()
    return version


def go_back_to(version: Version, submission: Submission, *, by: Person, base: int) -> Version:
    """The words of a former version once more, as a new one. Raises what saving words raises; where others than
    `base` stand and say just this already, it is done."""
    words = words_to_keep(version.words())
    try:
        return save_words(
            submission, by=by, base=base, words=words, note=f'As version {version.number}', why='restored'
        )
    except Stale as refusal:
        if refusal.current.words() != words:
            raise
        return refusal.current


def refuse_unless_editing(submission: Submission, by: Person) -> None:
    if can_edit(submission, by):
        return
    if roles_of(submission, by) & {Role.AUTHOR, *EDITORS}:
        raise NotNow(
            'The text cannot be changed now: it is with somebody else. Nothing of yours was thrown away.'
        )
    raise NotAllowed('The words of this submission are not yours to change.')


def refuse_stale(submission: Submission, base: int) -> None:
    """A change of the byline alone does not make a text stale."""
    if submission.current is None:
        raise NotNow('There are no words of it yet. Open it again.')
    if not is_fresh(submission, base):
        raise Stale(submission.current)


def is_fresh(submission: Submission, base: int) -> bool:
    """Whether the words of version `base` are those that stand."""
    if submission.current is None or base == submission.current.number:
        return submission.current is not None
    started_from = submission.versions.filter(number=base).first()
    return started_from is not None and started_from.words() == submission.current.words()


def knowing_what_was_read(submissions: QuerySet[Submission], by: Person) -> QuerySet[Submission]:
    """Each with the key of the version that an editor last read, as `note_seen` takes it."""
    mine = LastRead.objects.filter(submission=OuterRef('pk'), person=by)
    return submissions.annotate(last_read=Subquery(mine.values('version')[:1]))


def note_seen(submission: Submission, *, by: Person, last_read: int | None) -> None:
    """As `note_read`, where what they had read is known already: nothing is asked if it is these words."""
    if submission.current is None or last_read == submission.current.pk:
        return
    if last_read is None:
        first = LastRead(submission=submission, person=by, version=submission.current)
        LastRead.objects.bulk_create([first], ignore_conflicts=True)
        return
    LastRead.objects.filter(submission=submission, person=by).exclude(version=submission.current).update(
        before=F('version'), version=submission.current, at=timezone.now()
    )


def note_read(submission: Submission, *, by: Person) -> Version | None:
    """Writes down that an editor sees the words as they stand; the version that they had read before these.

    Written only when there are other words than at their last visit.
    """
    current = submission.current
    read, _ = LastRead.objects.select_related('version', 'before').get_or_create(
        submission=submission, person=by, defaults={'version': current}
    )
    if read.version_id != current.pk:
        read.before, read.version, read.at = read.version, current, timezone.now()
        read.save(update_fields=['before', 'version', 'at'])
    return read.before
