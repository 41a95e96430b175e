"""What staff have before them: submissions that are not in print, what was done and said about them, and letters."""

import random
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from bench.corpus.drawing import Zipf, in_bulk, text, words
from bench.corpus.posts import authorships, names_of, point_at_words
from bench.corpus.society import Made
from bench.corpus.staff import Staff
from blog.models import Message, Post, State, Step, Submission, TopicWord, Version, WouldWrite
from blog.states import BEGINNING, IN_PROCESS, row_of
from members.models import Person
from ukis import days
from ukis.letters.models import Letter, SuppressedAddress

AT_ONCE = 1_000
# How many of a hundred submissions that are not in print stand where.
STANDS = {
    State.DRAFTING: 14,
    State.SUBMITTED: 4,
    State.IN_REVIEW: 8,
    State.CHANGES_REQUESTED: 8,
    State.EDITING: 5,
    State.AUTHOR_APPROVAL: 4,
    State.READY: 3,
    State.DECLINED: 40,
    State.WITHDRAWN: 14,
}
ACCEPTED = (State.EDITING, State.AUTHOR_APPROVAL, State.READY)
# Of how many letters one has this fate; nearly all have left.
FATES = {
    Letter.State.WAITING: 800,
    Letter.State.HELD: 3_000,
    Letter.State.FAILED: 500,
    Letter.State.RECALLED: 90,
    Letter.State.SUPPRESSED: 250,
}
LONG_STORY = 60  # versions, steps and messages of the one that went to and fro


def make_work(chance: random.Random, society: Made, staff: Staff, unfinished: int) -> None:
    desk = _Desk(chance, society, staff)
    for numbers in batched(range(unfinished), AT_ONCE):
        desk.make(list(numbers))
    point_at_words()
    handed_in = Submission.objects.filter(first_submitted_at__isnull=False)
    for some in batched(handed_in.order_by('pk').iterator(), AT_ONCE):
        desk.tell_of(list(some))
    desk.go_to_and_fro(handed_in.filter(state=State.IN_REVIEW).order_by('pk')[0])
    desk.write_to(society.people)
    desk.would_write()
    desk.note(society.memberships)


class _Desk:
    def __init__(self, chance: random.Random, society: Made, staff: Staff) -> None:
        self.chance, self.society, self.staff = chance, society, staff
        self.now, self.today = timezone.now(), days.today()
        self.authors = Zipf(chance, society.people[: max(1, len(society.people) // 6)])
        self.letters = 0

    def make(self, numbers: list[int]) -> None:
        submissions = in_bulk(map(self._submission, numbers))
        in_bulk(map(self._version, submissions))
        in_bulk(
            TopicWord(submission=submission, folded=tag.folded)
            for submission in submissions
            if submission.state in IN_PROCESS and submission.first_submitted_at
            for tag in self.chance.sample(self.society.tags, 3)
        )
        rows = []
        for submission in submissions:
            people = self.authors.draw(self.chance.choice((1, 1, 2)))
            names = names_of(self.society, people)
            rows += authorships(submission, names, submission.first_submitted_at or submission.started_at)
        in_bulk(rows)
        in_bulk(
            Post(submission=submission, slug=f'to-come-{submission.pk}')
            for submission in submissions
            if submission.state in ACCEPTED
        )

    def _submission(self, number: int) -> Submission:
        [state] = self.chance.choices(list(STANDS), weights=list(STANDS.values()))
        row = row_of(state)
        since = self.now - timedelta(days=self.chance.randrange(1, 900 if row.closed else 40))
        facts: dict[str, Any] = {'closed_at': since, 'reopens_to': BEGINNING} if row.closed else {}
        if state != State.DRAFTING:
            facts['first_submitted_at'] = since - timedelta(days=10)
        if row.needs_date:
            facts['due_on'] = self.today + timedelta(days=self.chance.randrange(-8, 14))
        if row.needs_editor:
            facts['editor'] = self.chance.choice(self.staff.editors)
        return Submission(
            working_title=f'{words(self.chance, 5)} in hand {number}',
            state=state,
            holder=row.holder,
            held_since=since,
            started_at=since - timedelta(days=20),
            approved_hash=f'{number:064x}' if row.needs_approval else '',
            **facts,
        )

    def _version(self, submission: Submission, number: int = 1) -> Version:
        return Version(
            submission=submission,
            number=number,
            title=submission.working_title,
            standfirst=words(self.chance, 25),
            body=text(self.chance),
            why='save',
            hash=f'{submission.pk:064x}',
            tag_words=[tag.name for tag in self.chance.sample(self.society.tags, 3)],
        )

    def tell_of(self, submissions: list[Submission]) -> None:
        """What was done and said about each, and the letters of it."""
        steps, messages, letters = [], [], []
        for submission in submissions:
            began = submission.first_submitted_at or submission.started_at
            author = submission.authorships.all()[0].person
            editor = submission.editor or self.staff.chief
            for move, by, to, after in (
                ('submit', author, State.SUBMITTED, 0),
                ('take', editor, State.IN_REVIEW, 2),
                ('request_changes', editor, State.CHANGES_REQUESTED, 5),
            ):
                at = began + timedelta(days=after)
                steps.append(self._step(submission, move, by, to, at))
            letters += [
                self._letter(submission, kind, to, began + timedelta(days=after))
                for kind, to, after in (
                    ('received', author, 0),
                    ('arrived', self.staff.chief, 0),
                    ('changes_requested', author, 5),
                )
            ]
            messages.append(self._message(submission, editor, began + timedelta(days=5)))
        for rows in (steps, messages, letters):
            in_bulk(rows)

    def go_to_and_fro(self, submission: Submission) -> None:
        """One that is handed in, sent back and talked about for years."""
        at = self.now - timedelta(days=LONG_STORY)
        in_bulk(self._version(submission, number) for number in range(2, LONG_STORY))
        in_bulk(
            self._step(submission, 'resubmit', None, State.IN_REVIEW, at + timedelta(days=day))
            for day in range(LONG_STORY)
        )
        in_bulk(
            self._message(submission, self.staff.editors[day % 2], at + timedelta(days=day))
            for day in range(LONG_STORY)
        )

    def write_to(self, people: list[Person]) -> None:
        """Two letters to each, about their account."""
        for some in batched(people, AT_ONCE):
            in_bulk(
                self._letter(person, kind, person, self.now - timedelta(days=self.chance.randrange(900)))
                for person in some
                for kind in ('password_set', 'password_changed')
            )
        in_bulk(SuppressedAddress(address=person.email, reason='550') for person in people[::200])

    def would_write(self) -> None:
        """One person in twenty, on a few topics each."""
        in_bulk(
            WouldWrite(person=person, tag=tag, words=words(self.chance, 8), said_at=self.now)
            for person in self.society.people[::20]
            for tag in self.chance.sample(self.society.tags, 3)
        )

    def note(self, memberships: list[Any]) -> None:
        """A line of history in each."""
        if memberships:
            kind = ContentType.objects.get_for_model(type(memberships[0]))
            in_bulk(
                LogEntry(
                    user=self.staff.secretary,
                    content_type=kind,
                    object_id=str(row.pk),
                    object_repr=f'number {row.number}',
                    action_flag=CHANGE,
                    change_message='Term added.',
                )
                for row in memberships
            )

    @staticmethod
    def _step(submission: Submission, move: str, by: Person | None, to: State, at: datetime) -> Step:
        return Step(
            submission=submission,
            from_state=to,
            to_state=to,
            move=move,
            by=by,
            by_name=by.name if by else 'system',
            at=at,
            version_id=submission.current_id,
        )

    def _message(self, submission: Submission, by: Person, at: datetime) -> Message:
        said = words(self.chance, 30)
        return Message(submission=submission, by=by, at=at, told_at=at, text=said)

    def _letter(self, about: models.Model, kind: str, to: Person | None, at: datetime) -> Letter:
        self.letters += 1
        number = self.letters
        state = next((fate for fate, of in FATES.items() if number % of == of - 1), Letter.State.SENT)
        return Letter(
            key=f'bench {number}',
            kind=kind,
            to=to,
            to_name=to.name if to else '',
            to_address=(to.email if to else '') or 'nobody@people.example',
            subject=f'{kind.replace("_", " ").capitalize()}: {words(self.chance, 4)}',
            body=words(self.chance, 60),
            content_type=ContentType.objects.get_for_model(about),
            object_id=about.pk,
            state=state,
            message_id=f'<{number}@bench.example>',
            queued_at=at,
            send_after=at,
            sent_at=at if state == Letter.State.SENT else None,
            attempts=1,
        )
