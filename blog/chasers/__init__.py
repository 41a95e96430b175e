"""Whoever something waits for on the desk is reminded, in steps of the clock's ledger: a module a kind."""

from datetime import date, datetime
from typing import Any

from blog import told
from blog.chasers import coauthors, commissions, pitches, putting_off, readings, submissions
from blog.chasers.putting_off import Reminding
from blog.commissioning import chased
from blog.commissioning.engine import locked as locked_commission
from blog.letters import reading_letters
from blog.letters.recipients import Recipient
from blog.models import Commission, Reading
from blog.readings.engine import locked as locked_reading
from ukis import days
from ukis import letters as outbox
from ukis.clock import ledger
from ukis.clock.ledger import Reminder
from ukis.letters.models import Letter
from ukis.letters.texts.house import Values

PLANS: tuple[Any, ...] = (
    pitches.OfPitches(),
    commissions.OfAnswers(),
    commissions.OfProposals(),
    commissions.OfPromises(),
    commissions.OfAskingAgain(),
    readings.OfReadings(),
    submissions.OfDrafts(),
    submissions.OfChanges(),
    submissions.OfApprovals(),
    submissions.OfUnassigned(),
    submissions.OfEditors(),
    submissions.OfUntouched(),
    coauthors.OfCoauthors(),
)
# Of letters about submissions; those about commissions and readings stand with the others about them.
KINDS = pitches.KINDS | submissions.KINDS | coauthors.KINDS


# Why one that waited is recalled.
ELSEWHERE = 'It is not theirs any more: somebody else is waited for, or they are away.'
NOT_NOW_SAID = 'They said ‘not now’ while it waited.'
# The private link at the foot of a reminder: its purpose, and for how long it works.
NOT_NOW, LINK_DAYS = 'not now', 90


def remind(now: datetime) -> None:
    for plan in PLANS:
        ledger.run(plan, now)
        putting_off.come_back(plan, now)
    coauthors.end_silence(now)


def _found(letter: Letter) -> tuple[Any, Any, Reminder] | None:
    """Plan, row and step of a reminder, the row gone or not; nothing for other letters."""
    by = letter.judged_by
    plan = next((one for one in PLANS if one.name == by.get('plan')), None)
    if plan is None:
        return None
    step = next((one for one in plan.steps if one.name == by['step']), None)
    if step is None:
        return None  # the table has it no more
    return plan, plan.model._default_manager.filter(pk=by['row']).first(), step


def overtaken(letter: Letter) -> str:
    """Why a reminder that waited must not leave any more; nothing for what is still true, and for other letters."""
    found = _found(letter)
    if found is None:
        return ''
    plan, row, step = found
    if row is None:
        return 'What it was about is gone.'
    if ledger.is_followed(plan, row, step):
        return 'A later one was written.'
    held, on = plan.lock(row), days.today()
    return (
        plan.no_more(held, step, on)
        or plan.outdated(letter.kind, held, on)
        or _put_off_since(plan, held, letter, on)
        or ('' if _reader(plan, held, step, letter, on) else ELSEWHERE)
    )


def _put_off_since(plan: Any, held: Any, letter: Letter, on: date) -> str:
    """By the link of an earlier one, while this waited."""
    off = plan.who_put_off(held, on) if letter.kind in plan.asks else set()
    return NOT_NOW_SAID if putting_off.key_of(letter) in off or (off and plan.one_for_all) else ''


def _reader(plan: Any, held: Any, step: Reminder, letter: Letter, on: date) -> Recipient | None:
    """Whoever got it then, as far as it is still theirs: not an editor before, nor somebody who is away."""
    address = letter.to_address.lower()
    told = [one for kind, to in plan.told(held, step, on) if kind == letter.kind for one in to]
    of_person = (one for one in told if letter.to_id and one.person and one.person.pk == letter.to_id)
    return next(of_person, None) or next((one for one in told if one.address.lower() == address), None)


def values(letter: Letter) -> Values | None:
    """Its days and how late it is, as they are when it leaves."""
    found = _found(letter)
    if found is None or found[1] is None:
        return None
    plan, row, step = found
    held = plan.lock(row)
    to = _reader(plan, held, step, letter, days.today())
    return plan.words(letter.kind, to, held).values if to else None


def reading_overtaken(letter: Letter) -> str:
    return reading_letters.not_true_any_more(letter) or overtaken(letter)


def put_off(letter: Letter) -> datetime | None:
    """Until when a reminder waits that would leave on a holiday of its reader, or within a day of a human's letter: it
    may have waited for a mail server."""
    found = _found(letter)
    if found is None or found[1] is None:
        return None
    plan, row, _ = found
    return plan.put_off(plan.lock(row), letter.to)


def reminding(letter: Letter) -> Reminding | None:
    """What a reminder that left is about; nothing where that is gone."""
    found = _found(letter)
    return Reminding(*found) if found and found[1] else None


def foot(letter: Letter) -> outbox.Foot | None:
    found = _found(letter)
    if found is None or letter.kind not in found[0].asks:
        return None
    return outbox.Foot('Not now? We remind you again in a week:', 'not_now', NOT_NOW, days=LINK_DAYS)


def recalled(letter: Letter) -> None:
    """A step of which no letter left, nor will, has reminded nobody. Where it is somebody else's by now, they are
    reminded; what was put off comes back by itself."""
    found = None if letter.in_doubt or letter.overtaken_why == NOT_NOW_SAID else _found(letter)
    if found is None or found[1] is None:
        return
    plan, row, step = found
    elsewhere = letter.overtaken_why == ELSEWHERE
    if elsewhere and plan.tell(plan.lock(row), step, days.today()):
        return
    if _is_told_by_others(letter):
        return
    if elsewhere:
        ledger.reached_nobody(plan, row, step, ELSEWHERE)
    else:
        ledger.overtaken(plan, row, step, letter.overtaken_why or chased.RECALLED)


def given_up(letter: Letter) -> None:
    found = _found(letter)
    if found and found[1] and not _is_told_by_others(letter):
        plan, row, step = found
        ledger.reached_nobody(plan, row, step, letter.last_error or 'Its letter could not be sent.')


def _is_told_by_others(letter: Letter) -> bool:
    """Whether other letters of the same step left, or will."""
    by = letter.judged_by
    of_row = Letter.objects.filter(content_type=letter.content_type, object_id=letter.object_id)
    of_step = of_row.filter(judged_by__plan=by['plan'], judged_by__row=by['row'], judged_by__step=by['step'])
    return of_step.exclude(pk=letter.pk).filter(state__in=(*told.UNSENT, Letter.State.SENT)).exists()


def lock_commission(letter: Letter) -> None:
    row = Commission.objects.filter(pk=letter.object_id).first()
    if row is not None:
        locked_commission(row)


def lock_reading(letter: Letter) -> None:
    row = Reading.objects.filter(pk=letter.object_id).first()
    if row is not None:
        locked_reading(row)
