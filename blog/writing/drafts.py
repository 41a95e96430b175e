"""What of a submission's text is typed and not saved as a version: one of the forms that `ukis.unsaved` keeps."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from blog import wording, workflow
from blog.models import Submission, Version
from blog.workflow import Role
from members.models import Person
from ukis import markup
from ukis.lines import one_line
from ukis.unsaved.models import Buffer

TEXT = 'Text'
COPY_EDIT = 'Copy-edit'
NOT_YOURS = 'The words of this submission are not yours to change. What you type here is kept for you alone.'
NOT_NOW = 'The text cannot be saved now: the submission is with somebody else. What you type here is kept.'
STALE = (
    'Somebody saved this submission since you opened it. Yours is kept; when you save, both texts are shown.'
)


@dataclass(frozen=True)
class TypedTitle:
    title: str
    language: str


@dataclass(frozen=True)
class Draft(TypedTitle):
    """A text as its writer last typed it."""

    word_count: int


def of(submission: Submission, *, by: Person, form: str = TEXT) -> list[Buffer]:
    """The newest first. There are several where two tabs began from the same."""
    return list(submission.buffers.of(by).filter(form=form).kept())


def base_of(buffer: Buffer) -> int:
    """The number of the version from which it was started."""
    return int(buffer.started_from or 0)


def as_typed(buffer: Buffer) -> Draft:
    try:
        body = markup.clean(buffer.data.get('body') or '')
    except ValueError:
        body = ''  # too long: it is said where it is saved
    title = _title(buffer)
    return Draft(title.title, title.language, markup.count_words(body))


def titles(by: Person) -> dict[int, TypedTitle]:
    """What somebody last typed as title, by the key of its submission."""
    typed = Buffer.objects.of(by).filter(form=TEXT).kept().reverse()
    return {buffer.object_id: _title(buffer) for buffer in typed}


def title(submission: Submission, *, by: Person, typed: dict[int, TypedTitle]) -> SafeString:
    """As it reads to somebody who may have typed another one; `typed` comes from `titles`."""
    mine = typed.get(submission.pk) if workflow.can_edit(submission, by) else None
    return wording.titled(mine if mine and mine.title else to_its_author(submission))


def to_its_author(submission: Submission) -> Submission | Version:
    """What its title is taken from: of what is promised the author reads the title that they wrote since."""
    words = submission.current
    return words if submission.is_promised and words is not None and words.title else submission


def _title(buffer: Buffer) -> TypedTitle:
    title = one_line(buffer.data.get('title') or '')
    return TypedTitle(title, buffer.data.get('language') or markup.OF_PAGES)


def told(buffer: Buffer) -> str:
    """What its writer hears while they type, where it could not be saved as it is."""
    submission = Submission.objects.select_related('current').filter(pk=buffer.object_id).first()
    roles = workflow.roles_of(submission, buffer.writer) if submission else frozenset()
    if submission is None or not roles or roles == {Role.NAMED}:
        return NOT_YOURS
    if not workflow.can_edit(submission, buffer.writer):
        return NOT_NOW
    return '' if workflow.is_fresh(submission, base_of(buffer)) else STALE
