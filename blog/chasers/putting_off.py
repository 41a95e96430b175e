"""‘Not now’: whoever is reminded puts it off for a week. The editor hears, and then they are reminded once more."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from blog.chasers.plan import Chasing
from ukis import days
from ukis.clock import ledger
from ukis.clock.ledger import Reminder
from ukis.clock.models import Reminded
from ukis.engine import locked
from ukis.letters.models import Letter
from ukis.refusals import NotNow

FOR = timedelta(days=7)
AT_ONCE = 200
GONE = 'What it was about is gone.'


@dataclass(frozen=True)
class Reminding:
    """What a reminder is about, as it stands."""

    plan: Chasing[Any]
    row: Any
    step: Reminder

    def put_off_until(self, letter: Letter) -> date | None:
        """By whoever has this letter: another's ‘not now’ is not theirs."""
        until = ledger.put_off(self.plan, self.row).get(key_of(letter))
        return until if until and until > days.today() else None

    def why_not(self) -> str:
        """Nobody puts off what is asked of them no more."""
        return self.plan.no_more(self.row, self.step, days.today())


def key_of(letter: Letter) -> str:
    return ledger.key_of(str(letter.to_id) if letter.to_id else letter.to_address.lower())


def put_off(found: Reminding, *, letter: Letter) -> date:
    """Until when; said twice it is one week. NotNow where nothing is asked any more."""
    with transaction.atomic():
        held = found.plan.lock(found.row)
        now = Reminding(found.plan, held, found.step)
        if why_not := now.why_not():
            raise NotNow(why_not)
        if until := now.put_off_until(letter):
            return until
        entry = ledger.newest_told(found.plan, held)
        if entry is None:
            raise NotNow(GONE)
        until = days.today() + FOR
        entry.put_off([key_of(letter)], until)
        found.plan.note_put_off(held, letter, until, timezone.now())
    return until


def come_back(plan: Chasing[Any], now: datetime) -> None:
    """Those whose week is over are reminded once more, where it is still true."""
    on = days.london_day(now)
    over = Reminded.objects.filter(
        plan=plan.name,
        content_type=ContentType.objects.get_for_model(plan.model),
        put_off_until__lte=on,
    )
    for entry in list(over.order_by('pk')[:AT_ONCE]):
        _again(plan, entry, on)


@transaction.atomic
def _again(plan: Chasing[Any], entry: Reminded, on: date) -> None:
    row = plan.model._default_manager.filter(pk=entry.object_id).first()
    try:
        held = plan.lock(row) if row else None
    except NotNow:
        held = None
    entry = locked(entry)
    if entry.put_off_until is None or entry.put_off_until > on:
        return  # another worker was quicker, or it was put off anew
    over = [key for key, day in entry.put_off_for.items() if date.fromisoformat(day) <= on]
    step = next(one for one in plan.steps if one.name == entry.step)
    if held and not plan.no_more(held, step, on) and not ledger.is_followed(plan, held, step):
        if plan.is_quiet(held, step, on):
            return
        plan.tell_again(held, step, on, over)
    entry.end_put_off(over)
