"""Introductions by consent of both sides: a note goes without addresses, and only a yes shares them.

To whoever asked, a no, silence and a note whose time is over look alike: nothing is told of them, and what is shown
or refused afterwards is reckoned from the day of asking alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from members import letters, seeing
from members.letters import recipients
from members.meeting import courtesy
from members.models import Affiliation, Introduction, Person
from members.models.introductions import STANDS
from ukis import keeping
from ukis import letters as outbox
from ukis.engine import Move, Process, Situation, hold, locked, moving, no_guard
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow

State = Introduction.State
TWICE = timedelta(minutes=10)  # the same note so soon again is a second press of the button
WHAT_CAME_TO_NOTHING = timedelta(days=240)  # its words are kept so long, and then emptied

KINDS = {
    'introduction_asked': 'Asked to be introduced',
    'introduction_accepted': 'Introduced',
    'introduction_ended': 'Introduction ended',
    'introduction_reported': 'Note reported',
}
# What must not leave any more once it stands otherwise.
OVERTAKEN = ('introduction_asked', 'introduction_accepted')
NOT_OPEN = 'This note is no longer open. Nobody’s address was shown to anybody.'
NO_MEMBER = (
    'Only members are introduced, and one of you is none at present. Your yes was not kept, and nobody’s address '
    'was shown to anybody. You can say yes later, while the note waits.'
)


class Side(StrEnum):
    ASKER = 'asker'
    ASKED = 'asked'
    CLOCK = 'clock'


type Held = Situation[Introduction, Side]


def _both_are_members(situation: Held) -> str:
    row = situation.row
    both = Person.objects.may_submit().filter(pk__in=[row.asker_id, row.asked_id])
    return '' if both.count() == 2 else NO_MEMBER  # noqa: PLR2004


def _in_time(situation: Held) -> str:
    return '' if situation.at < situation.row.stands_until else NOT_OPEN


def _still_answered(situation: Held) -> str:
    return _in_time(situation) or _both_are_members(situation)


def _time_is_over(situation: Held) -> str:
    return '' if situation.at >= situation.row.stands_until else 'Its time is not over.'


def _move(
    name: str, label: str, frm: tuple[str, ...], to: str | None, who: set[Side], guard: Any = no_guard
) -> Move:
    return Move(name=name, label=label, frm=frm, to=to, who=frozenset(who), guard=guard)


MOVES: dict[str, Move[Introduction, Side]] = {
    move.name: move
    for move in (
        _move('accept', 'Introduce us', (State.ASKED,), State.ACCEPTED, {Side.ASKED}, _still_answered),
        _move('decline', 'Say no', (State.ASKED,), State.DECLINED, {Side.ASKED}, _in_time),
        _move(
            'report',
            'Report this note',
            (State.ASKED, State.DECLINED, State.EXPIRED),
            State.DECLINED,
            {Side.ASKED},
        ),
        _move('report_and_end', 'Report this note', (State.ACCEPTED, State.ENDED), State.ENDED, {Side.ASKED}),
        _move('expire', 'Let its time be over', (State.ASKED,), State.EXPIRED, {Side.CLOCK}, _time_is_over),
        _move('end', 'End the introduction', (State.ACCEPTED,), State.ENDED, {Side.ASKER, Side.ASKED}),
    )
}


@dataclass
class MadeIntroduction:
    move: Move[Introduction, Side]
    row: Introduction
    by: Person | None
    at: datetime
    was: str


class Introducing(Process[Introduction, Side, Move[Introduction, Side], MadeIntroduction]):
    moves = MOVES

    def lock(self, row: Introduction) -> Introduction:
        _lock_people(row.asker_id, row.asked_id)
        return locked(row, 'asker', 'asked')

    def roles_of(self, row: Introduction, by: Any, at: datetime) -> frozenset[Side]:
        if by is None:
            return frozenset({Side.CLOCK})
        return frozenset(
            {Side.ASKER} if by.pk == row.asker_id else {Side.ASKED} if by.pk == row.asked_id else ()
        )

    def why_not(self, move: Move[Introduction, Side], situation: Held) -> str:
        if situation.row.state not in move.frm:
            return _as_it_is(situation.row)
        return move.guard(situation)

    def begin(self, move: Move[Introduction, Side], situation: Held, by: Any, note: str) -> MadeIntroduction:
        return MadeIntroduction(move, situation.row, by, situation.at, situation.row.state)

    def write(self, made: MadeIntroduction) -> None:
        row = made.row
        row.state = made.move.to or row.state
        if made.was == State.ASKED:
            row.answered_at = made.at
        if row.state == State.ENDED and row.ended_at is None:
            row.ended_at = made.at
        row.save()

    def tell(self, made: MadeIntroduction) -> None:
        outbox.cancel(made.row, OVERTAKEN)
        if made.row.state == State.ACCEPTED:
            _tell_both(made.row, by=made.by)
        elif made.row.state == State.ENDED and made.was == State.ACCEPTED and made.by:
            page = letters.address_of('introductions')
            _tell('introduction_ended', made.row, to=made.row.other(made.by), by=made.by, page=page)


PROCESS = Introducing()


def ask(asker: Person, asked: Person, *, by: Person, topic: str, note: str) -> Introduction:
    """Sends a note. NotNow says in a sentence why not; it is the same whatever came of an earlier one."""
    if by.pk != asker.pk:
        raise NotAllowed('Nobody asks in another’s name.')
    with transaction.atomic():
        _lock_people(asker.pk, asked.pk)
        at = timezone.now()
        twice = _sent_just_now(asker, asked, note, at)
        if twice is not None:
            return twice
        if why_not := courtesy.why_not_ask(asker, asked, at=at) or courtesy.why_not_these_words(
            asker, note, topic=topic, at=at
        ):
            raise NotNow(why_not)
        Introduction.objects.filter(asker=asker, asked=asked, state=State.ASKED).update(state=State.EXPIRED)
        row = Introduction.objects.create(
            asker=asker, asked=asked, topic=topic, note=note.strip(), asked_at=at
        )
        _tell(
            'introduction_asked',
            row,
            to=asked,
            by=asker,
            note=row.note,
            link=_link(row),
            work=work_shown(asker),
        )
    return row


def work_shown(asker: Person) -> Affiliation | None:
    """Where they work, for whoever is asked: a member, who reads of it what they show to members."""
    return asker.main_affiliation() if asker.as_seen(seeing.MEMBERS).shows('work') else None


def accept(introduction: Introduction, *, by: Person) -> Introduction:
    with moving(PROCESS, 'accept', introduction, by=by) as made:
        pass
    return made.row


def decline(introduction: Introduction, *, by: Person) -> Introduction:
    """Nobody is told, now or later."""
    with moving(PROCESS, 'decline', introduction, by=by) as made:
        pass
    return made.row


def end(introduction: Introduction, *, by: Person) -> Introduction:
    with moving(PROCESS, 'end', introduction, by=by) as made:
        pass
    return made.row


def report(introduction: Introduction, *, by: Person, why: str) -> Introduction:
    """Shows staff this one note, and stops its sender until they have decided. To the sender it is as a no, or an
    end."""
    known = introduction.is_accepted or introduction.is_ended
    with moving(PROCESS, 'report_and_end' if known else 'report', introduction, by=by) as made:
        row = made.row
        if row.reported_at is not None:
            raise NotNow('You have reported this note already: the office looks at it.')
        row.reported_at, row.report = made.at, why.strip()
    page = letters.address_of('admin:introductions')
    letters.tell('introduction_reported', recipients.staff(), row, key=f'introduction {row.pk}', page=page)
    return row


@transaction.atomic
def settle(introduction: Introduction, *, by: Person, upheld: bool) -> Introduction:
    """Staff have read the reported note. Upheld, its sender stays stopped; else they may ask again."""
    row = locked(introduction, 'asker', 'asked')
    if row.reported_at is None:
        raise NotNow('Nobody has reported this note.')
    row.settled_at, row.settled_by, row.upheld = timezone.now(), by, upheld
    if row.asked.erased_at is not None:
        row.note = row.topic = ''  # they were kept for this alone
    row.save(update_fields=['settled_at', 'settled_by', 'upheld', 'note', 'topic'])
    return row


def expire(now: datetime) -> None:
    """What nobody answered in time. Nobody is told: to the asker it is as it was."""
    waiting = Introduction.objects.filter(state=State.ASKED, asked_at__lte=now - STANDS)
    for row in waiting.order_by('pk')[:500]:
        try:
            with moving(PROCESS, 'expire', row, by=None):
                pass
        except NotNow:
            continue  # answered at this very moment


def recall(person: Person) -> list[Introduction]:
    """Of somebody who goes: what waits in the outbox does not leave. All their introductions, held."""
    hold(Person.objects, [person.pk])  # as whoever answers or ends one does
    rows = list(Introduction.objects.of(person).select_for_update(of=('self',)).order_by('pk'))
    for row in rows:
        outbox.cancel(row, OVERTAKEN)
    return rows


def with_old_words(now: datetime) -> QuerySet[Introduction]:
    """What came to nothing long ago, but what staff have still to look at."""
    old = Introduction.objects.filter(
        asked_at__lte=now - WHAT_CAME_TO_NOTHING, state__in=[State.DECLINED, State.EXPIRED]
    )
    return old.exclude(note='', topic='').exclude(pk__in=Introduction.objects.reported())


def forget_words(now: datetime) -> None:
    """Here and in the outbox."""
    keys = keeping.step(with_old_words(now))
    kind = ContentType.objects.get_for_model(Introduction)
    of_them = Letter.objects.filter(content_type=kind, object_id__in=keys, kind='introduction_asked')
    of_them.update(note='', body='Its words are no longer kept.\n')
    Introduction.objects.filter(pk__in=keys).update(topic='', note='', report='')


def letters_kept_from(staff: Person) -> Q:
    """Nobody of the staff reads what is written to others, whatever their role."""
    kind = ContentType.objects.get_for_model(Introduction)
    return Q(content_type=kind) & ~Q(to=staff.pk)


def page_of(introduction: Any) -> str:
    return reverse('admin:introductions')


def _as_it_is(row: Introduction) -> str:
    if row.is_accepted:
        return 'You are introduced already.'
    return 'The introduction has ended.' if row.is_ended else NOT_OPEN


def _sent_just_now(asker: Person, asked: Person, note: str, at: datetime) -> Introduction | None:
    rows = Introduction.objects.filter(asker=asker, asked=asked, asked_at__gt=at - TWICE, note=note.strip())
    return rows.first()


def _lock_people(*keys: int) -> None:
    """Both, always in one order: two who ask each other at once wait for one another, and not in a circle."""
    hold(Person.objects, keys)


def _tell_both(row: Introduction, *, by: Person | None) -> None:
    for person in (row.asker, row.asked):
        page = letters.address_of('introduction', row.pk)
        _tell('introduction_accepted', row, to=person, by=by, other=row.other(person), page=page)


def _tell(kind: str, row: Introduction, *, to: Person, by: Person | None, **facts: Any) -> None:
    letters.tell(kind, recipients.of_person(to), row, key=f'introduction {row.pk}', by=by, **facts)


def _link(row: Introduction) -> dict[str, Any]:
    kind = ContentType.objects.get_for_model(Introduction)
    return {
        'view': 'introduction_answer',
        'purpose': 'introduction',
        'days': STANDS.days,
        'about': [kind.pk, row.pk],
    }
