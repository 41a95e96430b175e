"""What else stands on the desk: who was asked to write or to read, letters that came in, series, queues that are kept,
and one submission with everything on it."""

import random
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bench.corpus.drawing import in_bulk, words
from bench.corpus.staff import Staff
from bench.most import most
from blog.models import (
    Absence,
    Attachment,
    Commission,
    IncomingLetter,
    PreviewLink,
    QuotedPassage,
    Reading,
    ReadMark,
    SavedQueue,
    Series,
    State,
    Step,
    Submission,
    WordFile,
)
from blog.states.commission_states import CommissionState
from blog.states.reading_states import ReadingState
from ukis import days
from ukis.letters.models import Letter

# How many of a hundred commissions, readings and letters that came in stand where.
ASKED = {
    CommissionState.DRAFT: 2,
    CommissionState.SENT: 8,
    CommissionState.ACCEPTED: 8,
    CommissionState.DECLINED: 30,
    CommissionState.EXPIRED: 12,
    CommissionState.TAKEN_BACK: 10,
    CommissionState.FULFILLED: 30,
}
READ = {
    ReadingState.ASKED: 25,
    ReadingState.AGREED: 25,
    ReadingState.DECLINED: 15,
    ReadingState.RETURNED: 25,
    ReadingState.TAKEN_BACK: 10,
}
CAME_IN = {
    IncomingLetter.State.HELD: 30,
    IncomingLetter.State.MACHINE: 40,
    IncomingLetter.State.ASIDE: 30,
}
BEFORE_DECISION = (State.IN_REVIEW, State.CHANGES_REQUESTED, State.EDITING)
KEPT = ('state=in_review', 'state=editing', 'late=yes', 'editor=nobody', 'q=evidence')


def make_desk(chance: random.Random, staff: Staff) -> None:
    open_ones = list(
        Submission.objects.filter(state__in=BEFORE_DECISION).order_by('pk').only('pk', 'current')
    )
    desk = _Beside(chance, staff)
    in_bulk(desk.commission(number) for number in range(Submission.objects.count() // 30))
    in_bulk(desk.reading(one) for one in open_ones for _ in range(2))
    in_bulk(desk.letter(one, number) for number, one in enumerate(open_ones))
    # Many wait, as they do while all mail is paused.
    Letter.objects.filter(
        pk__in=list(Letter.objects.order_by('-pk').values_list('pk', flat=True)[:2_000])
    ).update(state=Letter.State.WAITING, sent_at=None)
    series = in_bulk(
        Series(title=f'{words(chance, 3)} on the desk {number}', slug=f'on-the-desk-{number}')
        for number in range(20)
    )
    for at, one in enumerate(series):
        Submission.objects.filter(pk__in=[its.pk for its in open_ones[at::100]]).update(series=one)
    in_bulk(
        SavedQueue(person=editor, name=f'{asked} {turn}', asked=asked, shared=turn == 0)
        for editor in staff.editors
        for asked in KEPT
        for turn in range(2)
    )
    today = days.today()
    in_bulk(Absence(person=editor, first=today, last=today + timedelta(days=9)) for editor in staff.editors)
    desk.fill(Submission.objects.get(pk=most(Step, 'submission')))


class _Beside:
    def __init__(self, chance: random.Random, staff: Staff) -> None:
        self.chance, self.staff = chance, staff
        self.now, self.today, self.number = timezone.now(), days.today(), 0

    def _one_of(self, stands: dict[Any, int]) -> Any:
        [state] = self.chance.choices(list(stands), weights=list(stands.values()))
        return state

    def _since(self, most_days: int) -> Any:
        return self.now - timedelta(days=self.chance.randrange(1, most_days))

    def commission(self, number: int) -> Commission:
        state, since = self._one_of(ASKED), self._since(400)
        answer_by = self.today + timedelta(days=self.chance.randrange(-20, 40))
        return Commission(
            working_title=f'{words(self.chance, 5)} asked for {number}',
            brief=words(self.chance, 60),
            tag_words=[],
            answer_by=answer_by,
            deadline=answer_by + timedelta(days=60),
            editor=self.chance.choice(self.staff.editors),
            name=f'Invitee {number}',
            email=f'invitee{number}@far.example',
            state=state,
            held_since=since,
            made_at=since,
            sent_at=None if state == CommissionState.DRAFT else since,
            proposed_on=answer_by + timedelta(days=9)
            if state == CommissionState.SENT and number % 5 == 0
            else None,
        )

    def reading(self, submission: Submission) -> Reading:
        state, self.number = self._one_of(READ), self.number + 1
        returned = state == ReadingState.RETURNED
        return Reading(
            submission=submission,
            version_id=submission.current_id,
            name=f'Reader {self.number}',
            email=f'reader{self.number}@far.example',
            question=words(self.chance, 20),
            due_on=self.today + timedelta(days=self.chance.randrange(-8, 14)),
            asked_by=self.chance.choice(self.staff.editors),
            state=state,
            returned_at=self._since(20) if returned else None,
            may_name=False if returned else None,
            for_author=words(self.chance, 60) if returned else '',
        )

    def letter(self, submission: Submission, number: int) -> IncomingLetter:
        said = words(self.chance, 60)
        return IncomingLetter(
            state=self._one_of(CAME_IN),
            why='It came from another address than ours went to.',
            at=self._since(30),
            mail_id=f'<{number}@far.example>',
            submission=submission if number % 3 else None,
            audience='authors',
            from_name=f'Writer {number}',
            from_address=f'writer{number}@far.example',
            subject=words(self.chance, 5),
            whole=said,
            words=said,
        )

    def fill(self, submission: Submission) -> None:
        """Everything its page can show."""
        by, other = self.staff.chief, self.staff.editor
        said = list(submission.messages.order_by('pk'))
        first = submission.versions.all()[0]
        place = {'version': first, 'part': 'body', 'block': 0, 'start': 0, 'words': first.body[3:20]}
        in_bulk(
            QuotedPassage(submission=submission, message=one, by_id=one.by_id, **place) for one in said[:20]
        )
        in_bulk(
            Attachment(
                submission=submission,
                message=one,
                by_id=one.by_id,
                name='A table.pdf',
                size=9,
                content=b'%PDF-1.7\n',
            )
            for one in said[:20]
        )
        in_bulk(ReadMark(message=one, person=other if one.by_id == by.pk else by) for one in said[:40])
        in_bulk(
            PreviewLink(
                submission=submission,
                version=first,
                for_whom=f'Colleague {number}',
                made_by=by,
                expires_at=self.now + timedelta(days=9),
                token_hash=f'{number:064x}',
            )
            for number in range(9)
        )
        in_bulk(
            WordFile(
                submission=submission,
                by=by,
                name=f'{number}.docx',
                content=b'PK',
                answered_at=self.now,
                digest=f'{number}',
            )
            for number in range(3)
        )
        submission.commission = (
            Commission.objects.filter(state=CommissionState.ACCEPTED).order_by('pk').first()
        )
        submission.save(update_fields=['commission'])
