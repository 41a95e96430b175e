"""What staff must know whatever page they open: mail is paused, an edited letter failed, a job does not run."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max
from django.urls import reverse

from ukis import clock, days
from ukis.lately import Lately
from ukis.letters import pausing
from ukis.letters.subjects import kinds
from ukis.letters.texts.models import FailedText, LetterText, MailPause
from ukis.society.models import Society


@dataclass(frozen=True)
class StandingWarning:
    """`leads_to`: the view where those with the permission `to` see to it."""

    says: str
    leads_to: str
    to: str


@dataclass(frozen=True)
class ShownWarning:
    says: str
    address: str


def shown_to(person: Any) -> list[ShownWarning]:
    return [
        ShownWarning(one.says, reverse(one.leads_to) if person.has_perm(one.to) else '')
        for one in standing_warnings()
    ]


def failing_texts() -> list[tuple[str, FailedText]]:
    """Of texts that still stand, with the kind of letter in words."""
    rows = list(FailedText.objects.select_related('text').order_by('-first_at')[:50])
    if not rows:
        return []
    newest = LetterText.objects.order_by().values('kind').annotate(newest=Max('number'))
    numbers = {row['kind']: row['newest'] for row in newest}
    named = kinds()
    return [
        (named.get(row.text.kind, row.text.kind), row)
        for row in rows
        if numbers[row.text.kind] == row.text.number
    ]


def _ask() -> list[StandingWarning]:
    """One question where all is well."""
    facts = Exists(MailPause.objects.filter(is_on=True)), Exists(FailedText.objects.all())
    wrong = Society.objects.filter(pk=1).values_list(*facts, Exists(clock.late_runs())).first()
    if wrong is not None and not any(wrong):
        return []
    found = []
    if pause := pausing.known():
        found.append(
            StandingWarning(
                f'All mail is paused since {days.moment_in_words(pause.since)}, by {pause.by}: {pause.reason}',
                'admin:mail_pause',
                'ukis.change_mailpause',
            )
        )
    for label, row in failing_texts():
        found.append(
            StandingWarning(
                f'The edited text of the letter “{label}” failed on {days.moment_in_words(row.first_at)}. '
                'Letters of this kind go out in the house’s words until it is put right.',
                'admin:letter_texts',
                'ukis.change_lettertext',
            )
        )
    if late := clock.late():
        found.append(
            StandingWarning(
                f'What runs by the clock does not: {"; ".join(late)}. Letters, reminders or pages may be behind.',
                'admin:ukis_clockrun_changelist',
                'ukis.view_clockrun',
            )
        )
    return found


standing_warnings = Lately(_ask)
