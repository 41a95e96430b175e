"""A submission in its author's words: where it stands, what they may do and where it leads, what happened."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.urls import reverse

from blog import workflow
from blog.models import Declaration, Holder, Step, Submission, Version
from blog.models.posts import Views
from blog.states import row_of
from blog.workflow import Offer, Role, moves_for, offer_of, roles_of
from members.models import Person
from ukis import markup


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
    found = (_action(offer, submission) for offer in moves_for(submission, person))
    shown = [action for action in found if action is not None]
    if not submission.is_known_to_editors and Role.CORRESPONDING in roles_of(submission, person):
        # What no editor knows of is not withdrawn but deleted.
        shown = [action for action in shown if not action.grave] + [
            Action(
                label='Delete this draft',
                url=reverse('submission_delete', args=[submission.pk]),
                leads='All its words go for good.',
                tells='',
                grave=True,
            )
        ]
    return shown


def _action(offer: Offer, submission: Submission) -> Action | None:
    move = offer.move
    if move.author is None or (move.author.on_page and not _says_why_no_more_time(offer, submission)):
        return None
    if move.author.quiet and not offer.possible:
        return None
    label, leads, tells = move.author.label or move.label, move.author.leads, move.tells
    if (goes_to := move.author.to_its_editor) and submission.editor:
        label, leads, tells = goes_to.label.format(submission.editor), goes_to.leads, goes_to.tells
    return Action(
        label=label,
        url=reverse(move.author.page, args=[submission.pk]) + move.author.part if offer.possible else '',
        leads=leads,
        tells=tells,
        posts=move.author.posts,
        grave=move.grave,
        why_not=offer.why_not,
    )


def _says_why_no_more_time(offer: Offer, submission: Submission) -> bool:
    """It has a form of its own on the page; without a date of the author's there is nothing to say."""
    theirs = (
        submission.holder == Holder.AUTHOR and submission.due_on is not None and not submission.told_state
    )
    return theirs and not offer.possible


def may_extend(submission: Submission, person: Person) -> bool:
    offer = offer_of('extend', submission, person)
    return offer is not None and offer.possible


def may_leave(submission: Submission, person: Person) -> bool:
    """Whether a co-author's own name can still come off without the editors."""
    return Role.CORRESPONDING not in roles_of(submission, person) and not submission.has_live_post


def status_kind(submission: Submission) -> str:
    """The shape beside the words: you, them, set, done, late or off."""
    if row_of(submission.state).closed:
        return 'off'
    if submission.holder == Holder.AUTHOR:
        return 'late' if submission.is_overdue else 'you'
    if row_of(submission.state).in_print:
        return 'set' if submission.post.is_scheduled else 'done'
    return 'them'


@dataclass(frozen=True)
class Happened:
    step: Step
    words: str
    note: str


def history(steps: list[Step]) -> list[Happened]:
    """As the author reads it: a note stands in it once it was told."""
    return [
        Happened(step, workflow.history(step.move), workflow.note_of(step, for_author=True)) for step in steps
    ]


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
class Answered:
    """A declaration as the author reads it again."""

    kind: str
    sentence: str
    answer: str


def declared(declarations: list[Declaration]) -> list[Answered]:
    """The latest of each kind. `declarations` come oldest first."""
    latest = {row.kind: row for row in declarations}
    words = {'yes': 'I agreed', **dict(Views.choices)}
    return [
        Answered(
            Declaration.Kind(kind).label,
            latest[kind].sentence,
            words.get(latest[kind].answer, latest[kind].answer),
        )
        for kind in Declaration.Kind.values
        if kind in latest
    ]
