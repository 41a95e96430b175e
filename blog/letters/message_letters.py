"""The letters that messages go out as: what one person says within a few minutes is one letter to each reader."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone

from blog.letters import Facts, Spoken, write, written
from blog.letters.recipients import Recipient, Whom, by_account, people
from blog.models import Attachment, Message, QuotedPassage, Submission
from members.models import Person
from ukis import days
from ukis import letters as outbox
from ukis.letters.models import Letter
from ukis.letters.queueing import UNSENT, one_line, refuse_a_flood, take_back
from ukis.refusals import NotNow

BURST = timedelta(minutes=5)  # after the last message
LONGEST = timedelta(minutes=15)  # after the first


def tell(submission: Submission, message: Message, *, from_author: bool) -> None:
    """A message reaches the other side, or the other editors where it is the editors' own talk.

    Of an unsent draft the editors see nothing: they get the question itself, to be answered by email, and
    those who have not said yes to being named hear nothing. The caller holds the submission.
    """
    questions: list[Recipient] = []
    if message.is_among_editors:
        recipients = [by_account(person) for person in submission.editors_not_writing()]
    elif not submission.is_known_to_editors:
        recipients = people(Whom.AUTHORS, submission, message.by)
        questions = [by_account(person) for person in submission.chiefs()]
    elif from_author:
        recipients = people(Whom.EDITOR, submission, message.by) + people(Whom.AGREED, submission, message.by)
    else:
        recipients = people(Whom.AGREED, submission, message.by)
    told = {str(message.by_id)}
    kinds = [('message', recipient) for recipient in recipients] + [('question', one) for one in questions]
    waiting = _waiting(submission, message)
    for kind, recipient in kinds:
        if recipient.address and recipient.key not in told:
            told.add(recipient.key)
            before = next((one for one in waiting if one.kind == kind and _is_to(one, recipient)), None)
            if before is None or not _joins(before, recipient, submission, message):
                _begin(kind, recipient, submission, message)


def leave_out(submission: Submission, message: Message) -> None:
    """Takes a message out of the letters that carry it; NotNow where one of them has left, or was changed by staff."""
    carrying = [
        letter
        for letter in _of(submission, message, since=message.at - LONGEST).select_for_update(of=('self',))
        if message.pk in _messages_of(letter)
    ]
    if any(letter.state not in UNSENT or letter.attempts for letter in carrying):
        raise NotNow('It has left as a letter, and stays in the conversation.')
    if not carrying and timezone.now() - message.at > BURST:
        raise NotNow('It has stood in the conversation for a while, and stays there.')
    over = []
    for letter in carrying:
        said = _said(letter)
        left = [one for one in said if one.pk != message.pk]
        recipient = _recipient_of(letter, submission)
        if not left:
            over.append(letter)
        elif letter.body != _words(letter, recipient, submission, said).body:
            raise NotNow('Its letter was changed in the outbox. Recall it there.')
        else:
            _rewrite(letter, recipient, submission, left)
    take_back(over)


def _of(submission: Submission, message: Message, *, since: datetime) -> QuerySet[Letter]:
    return (
        Letter.objects.about(submission)
        .filter(kind__in=('message', 'question'), by=message.by_id, queued_at__gte=since)
        .order_by('pk')
    )


def _waiting(submission: Submission, message: Message) -> list[Letter]:
    """Letters of this person's last messages to these readers, held against the worker: it claims them wholly before,
    and they are not here, or wholly after, with what joined them."""
    found = _of(submission, message, since=message.at - LONGEST).filter(state__in=UNSENT, attempts=0)
    return [
        letter
        for letter in found.select_for_update(of=('self',))
        if letter.judged_by.get('audience') == message.audience
        and (said := _said(letter))
        and message.at - said[-1].at <= BURST
    ]


def _is_to(letter: Letter, recipient: Recipient) -> bool:
    person = recipient.person.pk if recipient.person else None
    return letter.to_id == person and letter.to_address.lower() == recipient.address.lower()


def _joins(letter: Letter, recipient: Recipient, submission: Submission, message: Message) -> bool:
    """Not where staff changed its words: those stay as they are, and another letter goes."""
    said = _said(letter)
    if letter.body != _words(letter, recipient, submission, said).body:
        return False
    refuse_a_flood(message.by, letter.to_address)
    letter.send_after = max(letter.send_after, min(message.at + BURST, letter.queued_at + LONGEST))
    _rewrite(letter, recipient, submission, [*said, message])
    return True


def _begin(kind: str, recipient: Recipient, submission: Submission, message: Message) -> None:
    facts = _facts([message])
    facts.judged_by = {'messages': [message.pk], 'audience': message.audience}
    key = f'message {message.pk}'
    write(kind, recipient, submission, by=message.by, key=key, facts=facts, hold=BURST)


def _rewrite(letter: Letter, recipient: Recipient, submission: Submission, said: Sequence[Message]) -> None:
    letter.judged_by = {**letter.judged_by, 'messages': [one.pk for one in said]}
    words = _words(letter, recipient, submission, said)
    letter.subject, letter.body, letter.filled_with = one_line(words.subject, 250), words.body, words.values
    letter.save(update_fields=['judged_by', 'subject', 'body', 'filled_with', 'send_after'])


def _words(
    letter: Letter, recipient: Recipient, submission: Submission, said: Sequence[Message]
) -> outbox.LetterWords:
    words, _ = written(letter.kind, recipient, submission, by=said[-1].by, facts=_facts(said))
    return words


def _recipient_of(letter: Letter, submission: Submission) -> Recipient:
    authors = submission.authorships.select_related('person')
    theirs = next(
        (
            one
            for one in authors
            if (letter.to_id and one.person_id == letter.to_id)
            or (not letter.to_id and one.email.lower() == letter.to_address.lower())
        ),
        None,
    )
    return Recipient(letter.to, letter.to_name, letter.to_address, theirs)


def _messages_of(letter: Letter) -> list[int]:
    return letter.judged_by.get('messages', [])


def _said(letter: Letter) -> list[Message]:
    return list(Message.objects.filter(pk__in=_messages_of(letter)).select_related('by').order_by('at', 'pk'))


def _facts(said: Sequence[Message]) -> Facts:
    """With the words that each message quotes, and how many files went with it. The files stay where they are."""
    quoted = _by_message(QuotedPassage.objects.filter(message__in=said))
    files = _by_message(Attachment.objects.filter(message__in=said).defer('content'))
    texts = [_text(one, quoted.get(one.pk, []), len(files.get(one.pk, []))) for one in said]
    times = [f'And at {timezone.localtime(one.at, days.LONDON):%H:%M}:' for one in said]
    text = texts[0] + ''.join(
        f'\n\n{time}\n\n{more}' for time, more in zip(times[1:], texts[1:], strict=True)
    )
    return Facts(message=Spoken(said[-1].by, said[-1].audience, said[-1].is_among_editors, text, said[-1].pk))


def _text(message: Message, quoted: Sequence[QuotedPassage], files: int) -> str:
    parts = [*(f'About these words: “{one.words}”' for one in quoted), message.text]
    if files:
        there = 'There is one attachment' if files == 1 else f'There are {files} attachments'
        parts.append(
            f'{there}: the link above leads to the conversation, where you can download what is attached.'
        )
    return '\n\n'.join(parts)


def _by_message(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.message_id, []).append(row)
    return found


def recall_what_was_said(by: Person) -> None:
    """Messages and questions of somebody whose words go: none that waits leaves with them."""
    kind = ContentType.objects.get_for_model(Submission)
    theirs = Letter.objects.filter(content_type=kind, kind__in=('message', 'question'), by=by)
    for about in Submission.objects.filter(pk__in=theirs.values('object_id')).order_by('pk'):
        outbox.cancel(about, ('message', 'question'), by=by)
