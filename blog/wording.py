"""A submission in words: what its author reads of it, and what an editor does."""

from typing import Protocol

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from blog import absences
from blog.models import Holder, Post, State, Submission
from blog.states import Sentences, row_of
from ukis import days, markup

# To somebody named whose letter's link leads nowhere.
NO_LINK = (
    'If you said no, your name is off. Otherwise ask whoever named you, or the office, for a new letter. What you '
    'agreed to with an account stands under My blogs.'
)


class Titled(Protocol):
    """A submission, a version or a reading."""

    @property
    def title(self) -> str: ...
    @property
    def language(self) -> str: ...


class Introduced(Titled, Protocol):
    @property
    def standfirst(self) -> str: ...


def titled(of: Titled, most: int = 0) -> SafeString:
    """Its title in its language, as HTML, wherever it stands; `most`: how many letters there is room for."""
    title = Truncator(of.title).chars(most) if most else of.title
    return markup.in_language(title, of.language) or SafeString('Untitled')


def standfirst(of: Introduced) -> SafeString:
    return markup.in_language(of.standfirst, of.language)


def _said(words: Sentences, submission: Submission, **names: str) -> str:
    """The row's words for how the submission stands, with its blanks filled in."""
    post = submission.post_or_none
    facts = {
        'editor': submission.editor.printed_name if submission.editor else 'An editor',
        'due': days.in_words(submission.due_on) if submission.due_on else '',
        **names,
    }
    if post is not None and post.published_at:
        local = timezone.localtime(post.published_at, days.LONDON)
        facts |= {'out_on': days.in_words(local.date()), 'out_at': f'{local:%H:%M}'}
        facts['print'] = _in_print(post)
        if post.taken_down_at:
            facts['down_on'] = days.in_words(days.london_day(post.taken_down_at))
    return _chosen(words, submission).format(**facts)


def _chosen(words: Sentences, submission: Submission) -> str:
    post = submission.post_or_none
    if words.silent and submission.went_on_without_reply:
        return words.silent_live if submission.has_live_post else words.silent
    if post is not None and post.published_at:
        if words.ahead and post.is_scheduled:
            return words.ahead
        if words.down and post.taken_down_at:
            return words.down
        if words.archived and post.archived_at:
            return words.archived
        if words.live and post.is_out:
            return words.live
    return words.dated if words.dated and submission.due_on else words.plain


def author_words(submission: Submission) -> str:
    """The state in the author's words, with the date that matters to them; late is said, whoever is."""
    return _with_lateness(_said(row_of(submission.state).author, submission), submission)


def _with_lateness(words: str, submission: Submission) -> str:
    return f'{words} – {submission.late_by}' if submission.late_by else words


def guest_words(submission: Submission) -> str:
    """For somebody who is only named: the author's words say 'you' to the author."""
    row = row_of(submission.state)
    if not row.guest:
        return author_words(submission)
    words = row.guest.format(author=corresponding(submission) or 'The author')
    return _with_lateness(words, submission)


def next_for_author(submission: Submission, *, yours: bool) -> str:
    """What comes next, a sentence; `yours`: it waits for this very author."""
    row = row_of(submission.state)
    if submission.holder != Holder.AUTHOR:
        return (submission.has_live_post and row.next_live) or row.next
    return row.yours if yours else 'It is with the corresponding author.'


def away_words(submission: Submission) -> str:
    """For its author, where it is with an editor who is away."""
    if submission.holder != Holder.EDITOR:
        return ''
    last = absences.until(submission.editor)
    return f'The editor is away until {days.in_words(last)}.' if last else ''


def editor_words(submission: Submission) -> str:
    """The state as an editor reads it; a released submission says whether it is out."""
    post, row = submission.post_or_none, row_of(submission.state)
    if not row.in_print or post is None or post.published_at is None:
        words = (row.promised if submission.promised_at else '') or State(submission.state).label
        if post is None or not submission.has_live_post:
            return words
        return f'{words}, as a revision: the post is {_in_print(post).lower()}'
    if post.is_scheduled:
        return f'Scheduled for {days.moment_in_words(post.published_at)}'
    if post.taken_down_at or post.archived_at:
        return _in_print(post)
    return f'Published on {days.moment_in_words(post.published_at)}'


def _in_print(post: Post) -> str:
    if post.taken_down_at:
        return 'Taken down'
    return 'Archived' if post.archived_at else 'Published'


def corresponding(submission: Submission) -> str:
    """The printed name of whoever handles it, or nothing."""
    return next((row.name for row in submission.authorships.all() if row.corresponding), '')


def held_by(submission: Submission) -> str:
    """In whose hands it is, as the desk says it: nothing where in nobody's."""
    match Holder(submission.holder):
        case Holder.AUTHOR:
            return corresponding(submission) or 'the author'
        case Holder.EDITOR:
            return submission.editor.printed_name if submission.editor else 'the editor'
        case Holder.EDITORS:
            return 'the editors, nobody has taken it'
        case Holder.CALENDAR:
            return '' if submission.has_live_post else 'the calendar'
        case Holder.NOBODY:
            return ''


def held_for(submission: Submission) -> str:
    count = submission.days_held
    return 'since today' if count < 1 else f'for {count} day{"" if count == 1 else "s"}'


def stands(submission: Submission, *, to_author: bool) -> str:
    if to_author:
        return author_words(submission)
    due = f', due by {days.in_words(submission.due_on)}' if submission.due_on else ''
    return editor_words(submission) + due
