"""A co-author is reminded that their yes is waited for; in the end whoever named them hears that a name is not printed
on silence, and by when it comes off."""

import logging
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from blog import letters
from blog.chasers.pitches import last_message
from blog.chasers.plan import ANSWERED, Chasing, Told, between
from blog.letters.recipients import Recipient, Whom, by_name, people
from blog.models import Authorship, Submission
from blog.states import IN_PROCESS, where
from blog.workflow.engine import locked
from blog.workflow.silent_names import TOLD_BY, give_notice, notices, take_silent_name_off
from ukis import days
from ukis.clock import ledger
from ukis.clock.ledger import Reminder
from ukis.letters import LetterWords
from ukis.letters.models import Letter
from ukis.refusals import NotNow

log = logging.getLogger(__name__)
AT_ONCE = 200

KINDS = {
    'name_waits': 'Reminded to say whether they agree to be named',
    'name_unanswered': 'A co-author has not answered',
}


class OfCoauthors(Chasing[Authorship]):
    name = 'co-author'
    asks = ('name_waits', 'name_unanswered')
    one_for_all = True  # what the one is asked takes off the name of the other
    model = Authorship
    steps = tuple(map(Reminder, (3, 7)))

    def rows(self, first: date, last: date) -> QuerySet[Authorship]:
        asked = Authorship.objects.filter(told_at__range=between(first, last), agreed_at=None, stated_at=None)
        waiting = asked.filter(printed=True, corresponding=False, objected_at=None)
        return waiting.filter(submission__state__in=IN_PROCESS, submission__source=None).select_related(
            'submission'
        )

    def whom(self, row: Authorship) -> str:
        return f'a co-author of submission {row.submission_id}'

    def counts_from(self, row: Authorship) -> date:
        return days.london_day(row.told_at) if row.told_at else days.today()

    def lock(self, row: Authorship) -> Authorship:
        held = locked(row.submission)
        found = held.authorships.select_related('person').filter(pk=row.pk).first()
        if found is None:
            raise NotNow('Their name came off.')
        found.submission = held
        return found

    def no_more(self, row: Authorship, step: Reminder, on: date) -> str:
        waits = row.is_silent and not row.objected_at and row.submission.state in IN_PROCESS
        return '' if waits else ANSWERED

    def about(self, row: Authorship) -> Submission:
        return row.submission

    def last_written(self, row: Authorship) -> datetime | None:
        return last_message(row.submission_id)

    def letters(self, row: Authorship, step: Reminder) -> list[Told]:
        told: list[Told] = [('name_waits', [one for one in by_name([row]) if one.address])]
        if self.is_last(step):
            told.append(('name_unanswered', people(Whom.CORRESPONDING, row.submission, None)))
        return told

    def tell(self, row: Authorship, step: Reminder, on: date) -> int:
        if self.is_last(step):
            give_notice(row.submission, row, on=on)
        return super().tell(row, step, on)

    def tell_again(self, row: Authorship, step: Reminder, on: date, keys: Collection[str]) -> None:
        """Of what was put off; with another day, where there is one, which both sides then hear."""
        if self.is_last(step):
            give_notice(row.submission, row, on=on)
        super().tell_again(row, step, on, ())

    def tell_anew(self, row: Authorship, on: date) -> None:
        """The corresponding author alone, whose letter was recalled: with a day that is to come."""
        step = self.steps[-1]
        if not self.is_quiet(row, step, on):
            give_notice(row.submission, row, on=on)
            judged_by = {'plan': self.name, 'row': row.pk, 'step': step.name}
            key = f'{self.name} {row.pk} {step.name} anew {on}'
            to = people(Whom.CORRESPONDING, row.submission, None)
            self.write(TOLD_BY, to, row, key, judged_by)

    def outdated(self, kind: str, row: Authorship, on: date) -> str:
        over = row.comes_off_on is not None and row.comes_off_on <= on
        return 'The day that it names has come.' if over else ''

    def write(
        self, kind: str, to: list[Recipient], row: Authorship, key: str, judged_by: dict[str, Any]
    ) -> int:
        return letters.remind(
            kind, to, row.submission, key=key, judged_by=judged_by, name=row.name, off_on=row.comes_off_on
        )

    def words(self, kind: str, to: Recipient, row: Authorship) -> LetterWords:
        return letters.reminding(kind, to, row.submission, name=row.name, off_on=row.comes_off_on)


def end_silence(now: datetime) -> None:
    """Names come off whose day is past and whose author was told; where that never reached them, they hear anew."""
    on = days.london_day(now)
    past = Authorship.objects.filter(
        comes_off_on__lt=on,
        came_off_at=None,
        printed=True,
        agreed_at=None,
        stated_at=None,
        objected_at=None,
        submission__state__in=where(lambda row: row.byline_open),
    )
    for row in past.select_related('submission').order_by('comes_off_on', 'pk')[:AT_ONCE]:
        try:
            _end(row, on)
        except NotNow as refusal:  # of this one: the others come off all the same
            log.info('Name %s stays: %s', row.pk, refusal)


@transaction.atomic
def _end(row: Authorship, on: date) -> None:
    plan = OfCoauthors()
    held = plan.lock(row)
    if ledger.put_off(plan, held):
        return  # ‘not now’: they hear again first
    told = set(notices(held))
    if held.is_silent and told == {Letter.State.RECALLED}:
        plan.tell_anew(held, on)
    else:
        take_silent_name_off(held.submission, by=None, authorship=held)
