"""The invitee's verbs, by the private link or signed in; and the clock's."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone

from blog import workflow
from blog.commissioning import asking
from blog.commissioning.engine import Actor, locked, moving, record, roles_of
from blog.commissioning.moves import CommissionParty
from blog.letters import commission_letters
from blog.models import Commission, Submission
from blog.states.commission_states import CommissionState as State
from members import owners
from members.models import Person
from ukis import days, markup
from ukis.lines import one_line
from ukis.refusals import NotAllowed, NotNow

MOST_AT_ONCE = 200
MOST_NAMED = 5


def accept(commission: Commission, *, by: Actor, words: str = '', seen: date | None = None) -> Commission:
    """`seen`: the deadline that was promised, as it stood on the page."""
    with moving('accept', commission, by=by, note=words) as made:
        row = made.commission
        if seen not in (None, row.deadline):
            raise NotNow(
                f'The editor has moved the date meanwhile: it is wanted by {days.in_words(row.deadline)}. '
                'Choose again, please.'
            )
        row.answer, row.reason, row.ask_after, row.proposed_on = made.note, '', None, None
        asking.begin_for(made)
    return commission


def propose(commission: Commission, *, by: Actor, day: date, words: str = '') -> Commission:
    with moving('propose', commission, by=by, note=words) as made:
        row = made.commission
        if day <= row.deadline:
            raise NotNow(f'It is wanted by {days.in_words(row.deadline)}: an earlier day needs no asking.')
        if row.state != State.ACCEPTED:
            made.to = State.SENT
        row.proposed_on, row.answer, row.reason, row.ask_after = day, made.note, '', None
    return commission


def decline(
    commission: Commission, *, by: Actor, reason: str = '', words: str = '', ask_after: date | None = None
) -> Commission:
    with moving('decline', commission, by=by, note=words) as made:
        row = made.commission
        if ask_after is not None and ask_after <= days.london_day(made.at):
            raise NotNow('“Ask me again after …” is a day to come.')
        row.reason, row.answer, row.ask_after, row.proposed_on = reason, made.note, ask_after, None
        asking.end_writing(made, made.note or 'They said no.')
    return commission


@dataclass(frozen=True)
class Suggested:
    name: str
    email: str
    why: str


def suggest(commission: Commission, *, by: Actor, other: Suggested, words: str = '') -> Commission:
    """A no that names somebody else: the next invitation is drafted, for the editor to read and send."""
    with moving('suggest', commission, by=by, note=words) as made:
        row, email = made.commission, other.email.strip().lower()
        if email == row.email:
            raise NotNow('This is your own address. Give that of whoever you have in mind.')
        row.answer, row.reason, row.proposed_on, row.ask_after = made.note, '', None, None
        asking.end_writing(made, made.note or 'They named somebody else.')
        made.facts |= {'other': other}
        _draft_for(row, other, at=made.at)
    return commission


def _draft_for(row: Commission, other: Suggested, *, at: datetime) -> None:
    """One draft for each named: an answer that is changed makes no second."""
    email = other.email.strip().lower()
    if row.followed_by.filter(email=email).exists():
        return
    if row.followed_by.filter(made_by=None).count() >= MOST_NAMED:
        raise NotNow(f'You have named {MOST_NAMED} already. Write to the editor about anybody else.')
    asked = {name: getattr(row, name) for name in asking.ASKED}
    today = days.london_day(at)
    asked['letter'] = f'{row.name} named you for this. {other.why}'.strip()[:5_000]
    asked['answer_by'] = days.add_working_days(today, 10)
    asked['deadline'] = max(row.deadline, asked['answer_by'])
    following = Commission(
        **asked,
        name=other.name,
        email=email,
        invitee=owners.owner_of(email),
        editor=row.editor,
        follows=row,
        made_at=at,
        held_since=at,
    )
    if following.invitee_id == following.editor_id:
        following.invitee = None  # the editor sees it, and asks somebody else
    following.save()
    record(following, 'draft', '', by=None, by_name=row.name, at=at)


def keep_first_words(commission: Commission, *, by: Actor, title: str, body: str, seen: str = '') -> None:
    """What somebody without an account wrote first, until the code proves whose it is. Whatever becomes of the code,
    it is kept; nobody reads it but whoever holds the link. `seen`: what was kept when the page was opened."""
    with transaction.atomic():
        row = locked(commission)
        if CommissionParty.INVITEE not in roles_of(row, by) or not row.is_promised:
            raise NotNow(f'Nothing can be written now. {row.invitee_sentence}')
        if seen and seen != row.first_words_seen and row.first_words != markup.clean(body):
            raise NotNow(
                'Other words were saved here since you opened the page. Both stand below: put them together in the '
                'form, then save once more.'
            )
        row.first_title, row.first_words = one_line(title)[:200], markup.clean(body)
        row.save(update_fields=['first_title', 'first_words'])


def send_link(commission: Commission) -> None:
    """To whoever holds one that has run out."""
    commission_letters.ASKED.send_link(commission, locked=locked, tell=commission_letters.tell)


def is_theirs(row: Commission, person: Person) -> bool:
    """Whether it was asked of this person, or of an address that is theirs."""
    return row.invitee_id == person.pk or owners.owner_of(row.email) == person


def begin(commission: Commission, *, by: Person) -> Submission:
    """The code has proved the address: the draft is theirs, with the first words in it. Twice does as much as once."""
    with transaction.atomic():
        row = locked(commission)
        if not is_theirs(row, by):
            raise NotAllowed('This was promised under another address. Sign in under that one.')
        begun = row.begun
        if begun is not None:
            return begun
        if not row.is_promised:
            raise NotNow(f'Nothing can be written now. {row.invitee_sentence}')
        at = timezone.now()
        row.invitee = by
        submission = workflow.start_promised(row, author=by, at=at)
        row.first_title = row.first_words = ''
        row.save(update_fields=['invitee', 'first_title', 'first_words'])
        record(row, 'begin', row.state, by=by, at=at)
    return submission


def expire_due(now: datetime) -> None:
    """Those whose time to answer is over: both sides hear, and how it can still be answered."""
    over = Commission.objects.filter(
        state=State.SENT, proposed_on=None, answer_by__lt=days.london_day(now)
    ).order_by('pk')
    _each('expire', over)


def fulfil_due(now: datetime) -> None:
    """Those whose piece has come out."""
    out = Commission.objects.filter(
        state=State.ACCEPTED, submissions__post__published_at__lte=now, submissions__post__taken_down_at=None
    )
    _each('fulfil', out.distinct().order_by('pk'))


def _each(name: str, found: models.QuerySet[Commission]) -> None:
    for row in list(found[:MOST_AT_ONCE]):
        try:
            with moving(name, row, by=None):
                pass
        except NotNow:
            continue  # answered, or moved, at this very moment
