"""A submission in its author's words: where it stands, what they may do and where it leads, what happened."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.urls import reverse

from blog.models import Declaration, Holder, State, Step, Submission, Version
from blog.workflow import Role, author_words, moves_for, roles_of
from blog.workflow.rights import Offer
from members.models import Person
from ukis import markup

# Where a move leads, as its author reads it; the table's own words are the editors'.
LEADS = {
    'submit': 'The editors have it, and nobody changes it until one of them has read it.',
    'resubmit': 'The editor reads it again, with what changed since.',
    'take_back': 'It comes back to you, to go on writing.',
    'approve': 'The words are fixed, and the editor chooses the date.',
    'ask_for_correction': 'The editor puts it right and asks you again.',
    'withdraw': 'It is off the desk. You can reopen it within 30 days.',
    'reopen': 'It goes back to where it was.',
    'extend': 'You can do this once, by up to seven days.',
}
LABELS = {
    'submit': 'Check and submit to the editors',
    'resubmit': 'Check and send it back to the editor',
    'extend': 'Ask for up to a week more',
}
PAGES = {
    'submit': 'submission_submit',
    'resubmit': 'submission_submit',
    'approve': 'submission_approve',
    'ask_for_correction': 'submission_approve',
    'withdraw': 'submission_withdraw',
}
POSTS = {'take_back': 'submission_take_back', 'reopen': 'submission_reopen'}
STEPS = {
    'start': 'Begun',
    'submit': 'Submitted to the editors',
    'take_back': 'Taken back by the author',
    'take': 'An editor took it up',
    'assign': 'Given to an editor',
    'request_changes': 'Changes asked for',
    'resubmit': 'Sent back to the editor with changes',
    'accept': 'Accepted for publication',
    'accept_as_it_stands': 'Accepted as it stands; the final copy sent to the author',
    'send_for_approval': 'The final copy sent to the author',
    'keep_approval': 'Only typos were put right; the approval stands',
    'approve': 'The author approved these exact words',
    'ask_for_correction': 'The author asked for a correction',
    'release': 'A date for publication set',
    'unschedule': 'Taken off the calendar',
    'reschedule': 'The date of publication moved',
    'went live': 'Published',
    'revise': 'A revision begun',
    'drop_revision': 'The revision dropped',
    'release_revision': 'The revision published',
    'correct_typo': 'A typo corrected',
    'archive': 'Archived',
    'restore': 'Back from the archive',
    'take_down': 'Taken down',
    'put_back': 'Put back',
    'decline': 'Not taken up',
    'withdraw': 'Withdrawn',
    'reopen': 'Reopened',
    'send_back': 'Sent back one step',
    'change_editor': 'Another editor',
    'extend': 'Another date',
    'leave': 'A name taken off',
    'readdress': 'Another address',
    'retagged': 'Other tags',
    'set_details': 'What stands beside the words changed',
    'import': 'Brought in from where it was published before',
}
ANSWERS = ('submit', 'resubmit', 'approve', 'ask_for_correction', 'withdraw')


@dataclass(frozen=True)
class Action:
    """A move as the author meets it: a link to a page that asks more (`posts` false), or a button."""

    label: str
    url: str
    leads: str
    tells: str
    posts: bool = False
    grave: bool = False
    why_not: str = ''


def actions(submission: Submission, person: Person) -> list[Action]:
    """The author's moves as buttons and links; what cannot be done just now says why."""
    return [
        _action(offer, submission)
        for offer in moves_for(submission, person)
        if _worth_saying(offer, submission)
    ]


def _worth_saying(offer: Offer, submission: Submission) -> bool:
    if offer.move.name == 'extend':
        # It has a form of its own on the page; without a date of the author's there is nothing to say.
        return (
            not offer.possible
            and submission.extended_by_author
            and submission.state == State.CHANGES_REQUESTED
        )
    return True


def _action(offer: Offer, submission: Submission) -> Action:
    name = offer.move.name
    url = ''
    if offer.possible:
        url = reverse(POSTS.get(name) or PAGES[name], args=[submission.pk])
    return Action(
        label=LABELS.get(name, offer.move.label),
        url=url + ('#correction' if name == 'ask_for_correction' else ''),
        leads=LEADS[name],
        tells=offer.move.tells,
        posts=name in POSTS,
        grave=offer.move.grave,
        why_not=offer.why_not,
    )


def may_extend(submission: Submission, person: Person) -> bool:
    return any(offer.move.name == 'extend' and offer.possible for offer in moves_for(submission, person))


def may_leave(submission: Submission, person: Person) -> bool:
    """Whether a co-author's own name can still come off without the editors."""
    return Role.CORRESPONDING not in roles_of(submission, person) and not submission.has_live_post


def words_for_a_guest(submission: Submission) -> str:
    """Where it stands, for somebody who is only named: the author's words say 'you' to the author."""
    if submission.holder != Holder.AUTHOR:
        return author_words(submission)
    name = next((row.name for row in submission.authorships.all() if row.corresponding), 'The author')
    if submission.state == State.AUTHOR_APPROVAL:
        return f'{name} is reading the final copy'
    return f'{name} is working on it'


def status_kind(submission: Submission) -> str:
    """The shape beside the words: you, them, set, done, late or off."""
    if submission.state in (State.DECLINED, State.WITHDRAWN):
        return 'off'
    if submission.holder == Holder.AUTHOR:
        return 'late' if submission.is_overdue else 'you'
    if submission.state == State.RELEASED:
        return 'set' if submission.post.is_scheduled else 'done'
    return 'them'


@dataclass(frozen=True)
class Happened:
    step: Step
    words: str
    note: str


def history(steps: list[Step]) -> list[Happened]:
    return [
        Happened(
            step=step,
            words=STEPS.get(step.move, step.move.replace('_', ' ').capitalize()),
            # Sent back, a submission goes from one editor's hands into another's, and its note with it.
            note='' if step.move == 'send_back' else step.note,
        )
        for step in steps
    ]


def note_to_author(steps: list[Step], authors: set[int | None]) -> Step | None:
    """What the editor wrote last, until an author has answered it. `steps` come newest first."""
    for step in steps:
        if step.by_id in authors and step.move in ANSWERS:
            return None
        if step.note and step.by_id and step.by_id not in authors and step.move in NOTED:
            return step
    return None


NOTED = (
    'request_changes', 'accept', 'accept_as_it_stands', 'send_for_approval', 'decline', 'revise',
    'reopen', 'archive', 'restore', 'take_down', 'put_back',
)  # fmt: skip


@dataclass(frozen=True)
class Typo:
    """A change that was marked as a typo: the lines that differ, before and after."""

    version: Version
    before: list[str]
    after: list[str]


def typos(submission: Submission, versions: list[Version]) -> list[Typo]:
    """Every change marked 'typo', oldest first; asks for whole versions only where there is one."""
    marked = {version.number for version in versions if version.typo}
    wanted = marked | {number - 1 for number in marked}
    whole = {version.number: version for version in submission.versions.filter(number__in=wanted)}
    return [
        _typo(whole[number - 1], whole[number])
        for number in sorted(marked)
        if number in whole and number - 1 in whole
    ]


def _typo(old: Version, new: Version) -> Typo:
    befores, afters = _lines(old), _lines(new)
    gone: list[str] = []
    come: list[str] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, befores, afters, autojunk=False).get_opcodes():
        if kind != 'equal':
            gone += befores[i1:i2]
            come += afters[j1:j2]
    return Typo(new, gone, come)


def _lines(version: Version) -> list[str]:
    body = markup.to_text(version.body).split('\n')
    references = markup.to_text(version.references).split('\n')
    picture = [version.lead_alt, version.lead_caption, version.lead_credit]
    return [
        line for line in (version.title, version.standfirst, *body, *references, *picture) if line.strip()
    ]


@dataclass(frozen=True)
class Declared:
    """A declaration as the author reads it again."""

    kind: str
    sentence: str
    answer: str


def declared(declarations: list[Declaration]) -> list[Declared]:
    """The latest of each kind. `declarations` come oldest first."""
    latest = {row.kind: row for row in declarations}
    words = {
        'yes': 'I agreed',
        'own': 'my own',
        'organisation': 'my organisation’s',
        'society': 'the Society’s',
    }
    return [
        Declared(
            Declaration.Kind(kind).label,
            latest[kind].sentence,
            words.get(latest[kind].answer, latest[kind].answer),
        )
        for kind in Declaration.Kind.values
        if kind in latest
    ]
