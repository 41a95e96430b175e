"""What is said in a conversation, with what goes with it; what of it was read."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from blog import told
from blog.letters import message_letters
from blog.messages import passages
from blog.messages.attachments import MOST_IN_A_MESSAGE
from blog.models import Attachment, Message, QuotedPassage, ReadMark, Submission, Version
from blog.workflow import timing
from blog.workflow.engine import locked
from blog.workflow.rights import roles_of
from blog.workflow.roles import Role
from members.models import Person
from ukis.refusals import NotAllowed, NotNow

NAMED = frozenset({Role.AUTHOR, Role.NAMED})
MOST_WAITING = 20  # passages that somebody has chosen and not sent
NOT_YOURS = 'This conversation is not yours to join.'


def say(
    submission: Submission,
    *,
    by: Person,
    text: str,
    audience: str = Message.Audience.AUTHORS,
    answers: int | None = None,
    quoting: Collection[int] = (),
    enclosing: Collection[int] = (),
) -> Message:
    """A message in the conversation; the other side gets it as a letter, with what follows within five minutes.

    `answers`, `quoting`, `enclosing`: keys of a Message, and of Passages and Attachments that were chosen for it.

    Raises NotAllowed for somebody who has no part in the submission, and for an author who asks for the editors' talk.
    """
    with transaction.atomic():
        held = locked(submission)
        at = timezone.now()
        roles = roles_of(held, by)
        named = bool(roles & NAMED)
        if not roles or (named and audience != Message.Audience.AUTHORS):
            raise NotAllowed(NOT_YOURS)
        if not text.strip():
            raise NotNow('Write something first.')
        answered = _answered(held, by, answers, audience)
        message = Message.objects.create(
            submission=held, by=by, at=at, text=text.strip(), audience=audience, told_at=at, answers=answered
        )
        quote_with(message, quoting)
        _enclose(message, enclosing)
        if not named and message.audience == Message.Audience.AUTHORS:
            told.said(held)
            timing.answered(held, at)
            held.save(update_fields=timing.ANSWERED)
        message_letters.tell(held, message, from_author=named)
    return message


def _answered(held: Submission, by: Person, answers: int | None, audience: str) -> Message | None:
    if answers is None:
        return None
    answered = Message.objects.visible_to(by, held).filter(pk=answers).first()
    if answered is None:
        raise NotNow('The message that you answer is not there any more. Send yours without it.')
    if answered.is_among_editors and audience != Message.Audience.EDITORS:
        raise NotNow('What was written to the editors only is answered to the editors only.')
    return answered


def chosen_for(submission: Submission, by: Person, quoting: Collection[int]) -> list[QuotedPassage]:
    """Passages that somebody chose to go with what they say now."""
    return list(QuotedPassage.objects.waiting_for(by, submission).filter(pk__in=quoting)) if quoting else []


def quote_with(message: Message, quoting: Collection[int]) -> None:
    if quoting:
        QuotedPassage.objects.waiting_for(message.by, message.submission).filter(pk__in=quoting).update(
            message=message
        )


def _enclose(message: Message, enclosing: Collection[int]) -> None:
    if len(enclosing) > MOST_IN_A_MESSAGE:
        raise NotNow(f'Up to {MOST_IN_A_MESSAGE} files go with one message. Send the others with another.')
    if enclosing:
        chosen = Attachment.objects.waiting_for(message.by, message.submission).filter(pk__in=enclosing)
        chosen.update(message=message)


def take_back_message(submission: Submission, *, by: Person, message: int) -> Message:
    """While its letter waits: it is out of the letter, and nobody else reads it any more."""
    with transaction.atomic():
        held = locked(submission)
        said = Message.objects.filter(submission=held, pk=message, by=by, step=None).first()
        if said is None:
            raise NotAllowed('Only who wrote a message can take it back.')
        if said.taken_back_at is None:
            message_letters.leave_out(held, said)
            said.taken_back_at = timezone.now()
            said.save(update_fields=['taken_back_at'])
    return said


def may_take_back(message: Message, person: Person) -> bool:
    """Whether it can be tried: whether the letter has left is seen when it is."""
    fresh = timezone.now() - message.at < message_letters.LONGEST + timedelta(minutes=1)
    return fresh and message.by_id == person.pk and message.step_id is None and message.taken_back_at is None


def quote(
    submission: Submission,
    *,
    by: Person,
    version: Version,
    part: str,
    block: int,
    words: str = '',
    start: int | None = None,
) -> QuotedPassage:
    """Chosen, to go with this person's next message. The caller has seen that they may read the version."""
    if not roles_of(submission, by):
        raise NotAllowed(NOT_YOURS)
    if QuotedPassage.objects.waiting_for(by, submission).count() >= MOST_WAITING:
        raise NotNow(
            f'{MOST_WAITING} passages wait for your next message. Send it, or take some of them off it.'
        )
    passage = passages.chosen(version, part=part, block=block, words=words, start=start)
    passage.submission_id, passage.by = submission.pk, by
    passage.save()
    return passage


def let_go(
    submission: Submission, *, by: Person, quoted: Collection[int] = (), enclosed: Collection[int] = ()
) -> None:
    """What was chosen for a message and is not to go with it."""
    QuotedPassage.objects.waiting_for(by, submission).filter(pk__in=quoted).delete()
    Attachment.objects.waiting_for(by, submission).filter(pk__in=enclosed).delete()


def mark_read(submission: Submission, *, by: Person, up_to: int) -> int:
    """This person has read what they may read here up to a message; how many were new."""
    if not roles_of(submission, by):
        raise NotAllowed(NOT_YOURS)
    unread = Message.objects.visible_to(by, submission).filter(pk__lte=up_to).exclude(by=by)
    unread = unread.exclude(read_marks__person=by)
    at = timezone.now()
    marks = [ReadMark(message=one, person=by, at=at) for one in unread]
    ReadMark.objects.bulk_create(marks, ignore_conflicts=True)
    return len(marks)
