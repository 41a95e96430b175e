"""A conversation as one person reads it: what is new to them, what it quotes and where that stands now, who has read
it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from blog import workflow
from blog.messages import passages
from blog.messages.passages import Spot, Standing
from blog.models import Attachment, Message, QuotedPassage, ReadMark, Submission, Version
from blog.models.words import in_a_row
from members.models import Person
from ukis import days

FILES_WAIT = timedelta(days=2)
PASSAGES_WAIT = timedelta(days=30)


@dataclass
class Quoted:
    """A passage on a page: where it stands, if this reader may see the words at all."""

    passage: QuotedPassage
    version: int | None  # the number of its own, where the reader may see that
    standing: Standing | None


@dataclass
class SaidMessage:
    """A message on a page."""

    message: Message
    quoted: list[Quoted] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    is_new: bool = False
    begins_new: bool = False
    read_by: str = ''
    may_take_back: bool = False
    may_answer: bool = False


@dataclass
class Conversation:
    """All of it that one person may read."""

    said: list[SaidMessage]
    waiting: list[Quoted]  # passages chosen for their next message
    waiting_files: list[Attachment]

    @property
    def last(self) -> int:
        return max((one.message.pk for one in self.said), default=0)

    @property
    def new(self) -> int:
        return sum(one.is_new for one in self.said)

    def about(self, message: Message | None) -> SaidMessage | None:
        return next((one for one in self.said if message and one.message.pk == message.pk), None)

    def among_editors(self, yes: bool) -> list[SaidMessage]:
        return [one for one in self.said if one.message.is_among_editors == yes]

    def spots(self, part: str, shown: Version, now: Version | None) -> list[Spot]:
        """What of it is to be marked in a version that is shown."""
        found = []
        for quoted in [*self.waiting, *(one for said in self.said for one in said.quoted)]:
            passage, standing = quoted.passage, quoted.standing
            if passage.version_id == shown.pk:
                standing = Standing(passage.block, passage.start)
            elif now is None or shown.pk != now.pk:
                continue
            if passage.part == part and standing is not None and standing.block is not None:
                end = standing.start + len(passage.words)
                found.append(Spot(passage.pk, standing.block, standing.start, end))
        return found


def of(submission: Submission, person: Person, known: Collection[int] | None = None) -> Conversation:
    """`submission` as this person's pages have it; `known`: the versions whose words they may read, all if None."""
    visible = Message.objects.visible_to(person, submission)
    passages_of = QuotedPassage.objects.filter(submission=submission)
    files_of = Attachment.objects.filter(submission=submission)
    # Most conversations enclose nothing: whether one does is asked at once, and before its rows.
    enclosed = {'quotes': Exists(passages_of), 'files': Exists(files_of)}
    marks = ReadMark.objects.filter(message=OuterRef('pk'))
    found = visible.select_related('answers__by').annotate(
        **enclosed,
        was_read=Exists(marks.filter(person=person)),
        others_read=Exists(marks.exclude(person=person)),
    )
    said = [SaidMessage(message) for message in found]
    keys = {one.message.pk: one for one in said}
    first: Any = (
        said[0].message if said else Submission.objects.annotate(**enclosed).only('pk').get(pk=submission.pk)
    )
    mine = Q(message__in=visible) | Q(message=None, by=person)
    waiting: list[Quoted] = []
    if first.quotes:
        for quoted in _quoted(submission, passages_of.filter(mine).select_related('version'), known):
            holder = keys.get(quoted.passage.message_id or 0)
            (holder.quoted if holder else waiting).append(quoted)
    files: list[Attachment] = []
    if first.files:
        for file in files_of.filter(mine).defer('content'):
            holder = keys.get(file.message_id or 0)
            (holder.files if holder else files).append(file)
    _read(said, submission, person)
    return Conversation(said, waiting, files)


def _quoted(
    submission: Submission, rows: Iterable[QuotedPassage], known: Collection[int] | None
) -> list[Quoted]:
    """`rows` bring their versions."""
    out = []
    for row in rows:
        version = row.version
        if submission.words_withheld or (known is not None and version.pk not in known):
            out.append(Quoted(row, None, None))
        else:
            out.append(Quoted(row, version.number, passages.standing(row, version, submission.current)))
    return out


def _read(said: Sequence[SaidMessage], submission: Submission, person: Person) -> None:
    """What is new to them, and of what they wrote, who has read it. Authors learn of editors no more than they know
    already: that their editor has, and where there is none, that the editors have."""
    mine: Any = [one.message for one in said if one.message.by_id == person.pk]
    read = [message for message in mine if message.others_read]
    by_message: dict[int, list[ReadMark]] = {}
    if read:
        for mark in ReadMark.objects.filter(message__in=read).select_related('person').order_by('at', 'pk'):
            by_message.setdefault(mark.message_id, []).append(mark)
    authors = {row.person_id for row in submission.authorships.all()}
    new: set[bool] = set()  # whether something was, in either talk
    for one in said:
        found = by_message.get(one.message.pk, [])
        if one.message.by_id != person.pk:
            one.is_new = not one.message.was_read  # type: ignore[attr-defined]
            one.may_answer = True
            one.begins_new = one.is_new and one.message.is_among_editors not in new
            new |= {one.message.is_among_editors} if one.is_new else set()
        else:
            is_author = person.pk in authors
            one.read_by = _readers(found, submission, authors) if is_author else _named(found, one, authors)
            one.may_take_back = workflow.may_take_back(one.message, person)


def _readers(marks: Sequence[ReadMark], submission: Submission, authors: Collection[int | None]) -> str:
    if submission.editor_id:
        at = next((mark.at for mark in marks if mark.person_id == submission.editor_id), None)
        return f'Read by the editor on {_day(at)}' if at else ''
    at = next((mark.at for mark in marks if mark.person_id not in authors), None)
    return f'Read by the editors on {_day(at)}' if at else ''


def _named(marks: Sequence[ReadMark], said: SaidMessage, authors: Collection[int | None]) -> str:
    """An editor's message to the authors: which of them; among the editors: which of those."""
    wanted = [mark for mark in marks if (mark.person_id in authors) != said.message.is_among_editors]
    return (
        f'Read by {in_a_row(f"{one.person.printed_name} on {_day(one.at)}" for one in wanted)}'
        if wanted
        else ''
    )


def _day(at: datetime) -> str:
    return days.in_words(days.london_day(at))


def attachments_never_sent(now: datetime) -> QuerySet[Attachment]:
    return Attachment.objects.filter(message=None, at__lt=now - FILES_WAIT).defer('content')


def passages_never_sent(now: datetime) -> QuerySet[QuotedPassage]:
    return QuotedPassage.objects.filter(message=None, at__lt=now - PASSAGES_WAIT)
