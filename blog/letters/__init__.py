"""Who is told what. One letter per person per move; whoever makes the move gets none, save a receipt."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from blog import absences, wording
from blog.letters.answered import answers_go_to
from blog.letters.recipients import Recipient, Whom, by_name, people
from blog.messages.notes import key_of
from blog.models import Authorship, Post, QuotedPassage, Step, Submission, Version
from members.models import Person
from ukis import days, markup
from ukis import letters as outbox
from ukis.letters.models import Letter
from ukis.limits import DAY, Limit
from ukis.society.models import Society

DECISION_HOLD = timedelta(minutes=5)
BY_PRIVATE_LINK = (
    'named',
    'name_waits',
    'vouched',
    'your_name_off',
    'named_link',
)  # to people who may not see the submission
ASKED = Limit('asked_whether_they_agree', 3, DAY)  # an address, by all authors together


@dataclass(frozen=True)
class To:
    """A letter of a move: to whom, which, and whether the actor gets it too."""

    whom: Whom
    kind: str
    receipt: bool = False


@dataclass(frozen=True)
class Spoken:
    """What one person says in one letter: messages as one text, and the last of them."""

    by: Person
    audience: str
    is_among_editors: bool
    text: str
    last: int


@dataclass
class Facts:
    """What a letter may say beside the note; each verb fills in its own."""

    old_editor: Person | None = None
    changes: Sequence[Version] = ()  # since the approved version, where an approval was kept
    since: Version | None = None  # what the editor had read
    asked_before: Version | None = None  # the final copy that they were sent before this one
    what_changed: Sequence[str] = ()  # since that, a line each
    by_author: bool = False
    was_due: date | None = None
    post: Post | None = None
    before: Version | None = None
    after: Version | None = None
    name: str = ''  # that was taken off, or objects
    words: str = ''  # of an objection
    off_the_calendar: bool = False
    recalled: bool = False  # a letter that this move made untrue had not gone
    message: Spoken | None = None
    quoted: Sequence[QuotedPassage] = ()  # with the note of a move
    typed: Mapping[int, Sequence[str]] = field(default_factory=dict)  # by person: where it can be copied
    judged_by: dict[str, Any] | None = None  # what a reminder is judged by as it leaves
    expected: date | None = None  # where an editor is late
    away_until: date | None = None  # and why
    off_on: date | None = None  # until when a silent name stands
    lapsed: bool = False  # words that were approved are so no more
    files: str = ''  # what came with an answer by email and is not kept
    shortened: bool = False


def told_of_release(post: Post) -> set[str]:
    """Who was written to that it is published when it was released at once: they hear it once."""
    letters = Letter.objects.about(post.submission).filter(kind='scheduled', queued_at__gte=post.published_at)
    return {
        str(person) if person else address.lower()
        for person, address in letters.values_list('to', 'to_address')
    }


def recall(submission: Submission, kinds: Collection[str]) -> set[str]:
    """Recalls letters of these kinds that have not gone; of which kinds there was any."""
    return outbox.cancel(about=submission, kinds=kinds) if kinds else set()


def has_left(submission: Submission, kind: str, *, since: datetime) -> bool:
    of_kind = Letter.objects.about(submission).filter(kind=kind, queued_at__gte=since)
    return of_kind.filter(state=Letter.State.SENT).exists()


def recall_all(submission: Submission) -> None:
    """Recalls every letter about it that has not gone."""
    recall(submission, set(Letter.objects.about(submission).values_list('kind', flat=True)))


def tell_named(
    kind: str,
    authorship: Authorship,
    submission: Submission,
    *,
    by: Person | None,
    key: str,
    facts: Facts,
) -> Letter | None:
    """To one who is named, wherever they can be reached."""
    [recipient] = by_name([authorship])
    return write(kind, recipient, submission, by=by, key=key, facts=facts) if recipient.address else None


def tell_of_step(
    rules: Sequence[To],
    submission: Submission,
    *,
    step: Step,
    by: Person | None,
    hold: bool,
    facts: Facts,
    told: Collection[str] = (),
) -> int:
    """Queues the letters of one step, in the caller's transaction: one a person, keyed by the step; how many
    will leave.

    `hold`: they carry a decision, and wait five minutes in which it can be taken back. `told`: keys of recipients
    who know already.
    """
    told, count = set(told), 0
    wait = DECISION_HOLD if hold else timedelta(0)
    for rule in rules:
        for recipient in people(rule.whom, submission, by, facts.old_editor):
            actor = by is not None and recipient.person is not None and recipient.person.pk == by.pk
            if not recipient.address or recipient.key in told or (actor and not rule.receipt):
                continue
            told.add(recipient.key)
            key = key_of(step)
            if rule.whom == Whom.COAUTHORS and recipient.authorship:
                letter = _ask(recipient.authorship, submission, by=by, at=step.at, key=key, facts=facts)
            else:
                letter = write(
                    rule.kind, recipient, submission, by=by, key=key, hold=wait, facts=facts, note=step.note
                )
            count += letter is not None and letter.state != Letter.State.SUPPRESSED
    return count


def ask(authorship: Authorship, submission: Submission, *, by: Person, at: datetime) -> None:
    """Asks somebody who is named whether they agree, before anything else is told them."""
    _ask(
        authorship,
        submission,
        by=by,
        at=at,
        key=f'asked {authorship.pk} at {at:%Y-%m-%d %H:%M:%S}',
        facts=Facts(),
    )


def _ask(
    authorship: Authorship, submission: Submission, *, by: Person | None, at: datetime, key: str, facts: Facts
) -> Letter | None:
    """Waits a few minutes, in which a slip in the address can be put right. Whoever was asked often enough today
    gets the rest tomorrow."""
    [recipient] = by_name([authorship])
    hold = DECISION_HOLD if ASKED.take(recipient.address.lower()) else timedelta(days=1)
    Authorship.objects.filter(pk=authorship.pk).update(told_at=at)
    return write('named', recipient, submission, by=by, key=key, facts=facts, hold=hold)


def ask_no_more(authorships: Iterable[Authorship], submission: Submission) -> None:
    """Their names came off before the letter left."""
    for recipient in by_name(authorships):
        outbox.cancel(about=submission, kinds=['named'], to_address=recipient.address)


def remind(
    kind: str,
    to: Iterable[Recipient],
    submission: Submission,
    *,
    key: str,
    judged_by: Any,
    name: str = '',
    off_on: date | None = None,
) -> int:
    """A reminder to each; how many will leave. `name`: of whom it speaks; `off_on`: until when that stands."""
    facts = _of_today(submission, name=name, off_on=off_on)
    facts.judged_by = judged_by
    sent = [write(kind, one, submission, by=None, key=key, facts=facts) for one in to if one.address]
    return sum(letter is not None and letter.state != Letter.State.SUPPRESSED for letter in sent)


def reminding(
    kind: str, to: Recipient, submission: Submission, *, name: str = '', off_on: date | None = None
) -> outbox.LetterWords:
    """As such a reminder reads today. Writes nothing."""
    facts = _of_today(submission, name=name, off_on=off_on)
    return written(kind, to, submission, by=None, facts=facts)[0]


def _of_today(submission: Submission, *, name: str, off_on: date | None) -> Facts:
    today = days.today()
    last = absences.until(submission.editor, today) if submission.editor else None
    expected = max(days.add_working_days(today, 5), days.add_working_days(last or today, 1))
    return Facts(expected=expected, name=name, away_until=last, off_on=off_on)


def written(
    kind: str,
    recipient: Recipient,
    submission: Submission,
    *,
    by: Person | None,
    facts: Facts,
    note: str = '',
) -> tuple[outbox.LetterWords, dict[str, Any] | None]:
    """Its words, and where its private link leads, if it has one."""
    society = Society.get()
    private = None
    author = recipient.authorship
    if kind == 'discarded':
        link = settings.LETTERS_URL  # there is no page of it any more
    elif author and (recipient.person is None or kind in BY_PRIVATE_LINK):
        # To whoever is not known to be a reader of it: a link that opens one page, for as long as any is open.
        link = '{{ link }}'
        about = [ContentType.objects.get_for_model(Authorship).pk, author.pk]
        private = {'view': 'named', 'purpose': 'named', 'days': 1_000, 'about': about}
    else:
        # It leads authors to their page of it and editors on to the desk, whichever they are when they come.
        link = settings.LETTERS_URL + submission.get_absolute_url()
    post = facts.post or submission.post_or_none
    final_copy = markup.plain_copy(post.version.body) if kind == 'scheduled' and post and post.version else ''
    words = outbox.written(
        kind,
        {
            'recipient': recipient,
            'to_author': author is not None,
            'submission': submission,
            'stands': wording.stands(submission, to_author=author is not None),
            'title': submission.title or 'your blog',
            'link': link,
            'conversation': link if private else _conversation(link, facts),
            'site': settings.LETTERS_URL,
            'by': by,
            'editor': submission.editor,
            'society': society,
            **vars(facts),
            'typed': facts.typed.get(recipient.person.pk, ()) if recipient.person else (),
            'note': '\n\n'.join([*_quoted(facts), outbox.NOTE]) if note else '',
            'post': post,
            'final_copy': final_copy,
            'revision': submission.has_live_post,
        },
        society=society,
    )
    return words, private


def _quoted(facts: Facts) -> list[str]:
    return [f'About these words: “{outbox.without_places(one.words)}”' for one in facts.quoted]


def _conversation(link: str, facts: Facts) -> str:
    """Where it is answered: beside the message, if it brings one."""
    return f'{link}?answer={facts.message.last}#say' if facts.message else f'{link}#conversation'


def write(
    kind: str,
    recipient: Recipient,
    submission: Submission,
    *,
    by: Person | None,
    key: str,
    facts: Facts,
    hold: timedelta = timedelta(0),
    note: str = '',
) -> Letter | None:
    words, private = written(kind, recipient, submission, by=by, facts=facts, note=note)
    return outbox.queue(
        kind=kind,
        key=f'{key} {kind} {recipient.key}',
        about=submission,
        to=recipient.person,
        to_name=recipient.name,
        to_address=recipient.address,
        words=words,
        reply_to=(by.email or '') if by and kind == 'question' else Society.get().contributions_address,
        answers=answers_go_to(
            kind,
            recipient,
            facts.message.audience if facts.message else '',
            known=submission.is_known_to_editors,
        ),
        hold=hold,
        by=by,
        link=private,
        note=note if outbox.NOTE in words.body else '',
        note_key=key,
        judged_by=facts.judged_by,
        languages=not_english(submission, facts.post or submission.post_or_none),
    )


def not_english(submission: Submission, post: Post | None) -> dict[str, list[str]]:
    """Titles and standfirst that may stand in a letter about it, by their language."""
    versions = [None if submission.is_promised else submission.current, post.version if post else None]
    return {
        version.language: [submission.title, version.title, version.standfirst]
        for version in versions
        if version and version.language != markup.OF_PAGES
    }
