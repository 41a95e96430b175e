"""Whoever something waits for on the desk is reminded, in steps of the clock's ledger: a module a kind."""

from datetime import datetime
from typing import Any

from blog.chasers import commissions, pitches, submissions
from blog.commissioning.engine import locked as locked_commission
from blog.models import Commission
from ukis import days
from ukis.clock import ledger
from ukis.letters.models import Letter

PLANS: tuple[Any, ...] = (
    pitches.OfPitches(),
    commissions.OfAnswers(),
    commissions.OfProposals(),
    commissions.OfPromises(),
    commissions.OfAskingAgain(),
    submissions.OfDrafts(),
    submissions.OfChanges(),
    submissions.OfApprovals(),
    submissions.OfUnassigned(),
    submissions.OfEditors(),
    submissions.OfUntouched(),
)
# Of letters about submissions; those about commissions stand with the others about them.
KINDS = pitches.KINDS | submissions.KINDS


def remind(now: datetime) -> None:
    for plan in PLANS:
        ledger.run(plan, now)


def overtaken(letter: Letter) -> str:
    """Why a reminder that waited must not leave any more; nothing for what is still true, and for other letters."""
    by = letter.judged_by
    plan = next((one for one in PLANS if one.name == by.get('plan')), None)
    if plan is None:
        return ''
    step = next(one for one in plan.steps if one.name == by['step'])
    row = plan.model._default_manager.filter(pk=by['row']).first()
    if row is None:
        return 'What it was about is gone.'
    if ledger.is_followed(plan, row, step):
        return 'A later one was written.'
    return plan.no_more(plan.lock(row), step, days.today())


def lock_commission(letter: Letter) -> None:
    row = Commission.objects.filter(pk=letter.object_id).first()
    if row is not None:
        locked_commission(row)
