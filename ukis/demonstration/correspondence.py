"""What goes to and fro: a preview that was opened, answers that came by email, and reminders that left."""

import secrets
from datetime import datetime, time, timedelta
from email.message import EmailMessage

from django.utils import timezone

from blog import chasers, previews
from blog.conversation import incoming
from blog.models import IncomingLetter, PreviewLink, Submission
from blog.states import Savers, where
from ukis import days
from ukis.clock import ledger
from ukis.clock.models import Reminded
from ukis.demonstration.staging import Stage
from ukis.demonstration.work_in_progress import deliver_what_is_old, on_day
from ukis.letters.answering import DAYS, PURPOSE
from ukis.letters.models import Letter, PrivateLink

COPY_EDITED = where(lambda row: row.savers == Savers.EDITOR)
BEGAN = 12  # days ago the reminders begin
ANSWER = 'Thank you, that helps. You will have the second half by Friday.'
FORWARDED = 'I look after the letters of this office this week, and am to say that Tuesday suits better.'


def stage_correspondence(stage: Stage) -> None:
    stage.say('A preview, answers by email, and reminders')
    if not PreviewLink.objects.exists():
        _preview(stage)
    if not IncomingLetter.objects.exists():
        _answers()
    if not Reminded.objects.filter(plan__in=[plan.name for plan in chasers.PLANS]).exists():
        _reminders()


def _preview(stage: Stage) -> None:
    found = Submission.objects.filter(state__in=COPY_EDITED, editor=stage.people['editor']).order_by('pk')
    submission = found.first()
    if submission is None or submission.current is None:
        return
    with on_day(timezone.now() - timedelta(days=3)):
        previews.share(
            submission,
            by=stage.people['editor'],
            version=submission.current.number,
            for_whom='Perpetua Lindqvist, who runs the service it describes',
            runs=21,
        )
    for hours in (50, 5):
        with on_day(timezone.now() - timedelta(hours=hours)):
            previews.visited(submission.previews.get(), who=f'a browser, {hours} hours ago')


def _answers() -> None:
    """One to a letter of the editors', and one from an address that nobody knows."""
    asked = Letter.objects.filter(kind='changes_requested', state=Letter.State.SENT, to__isnull=False)
    letter = asked.filter(answers='authors').order_by('pk').last()
    if letter is None:
        return
    for count, (sender, words) in enumerate(
        ((letter.to_address, ANSWER), ('office.of.the.chair@elsewhere.example', FORWARDED)), 1
    ):
        with on_day(timezone.now() - timedelta(hours=30 // count)):
            incoming.take(_email(letter, sender, words).as_bytes())


def _email(letter: Letter, sender: str, words: str) -> EmailMessage:
    """As a mail program sends it to the secret address of that letter."""
    token = secrets.token_hex(16)
    about = letter.about
    assert about is not None, 'a letter that was sent here is about something'
    PrivateLink.make(purpose=f'{PURPOSE}{letter.answers}', about=about, days=DAYS, letter=letter, token=token)
    made = EmailMessage()
    made['From'], made['To'] = sender, f'answers+{token}@answers.example'
    made['Subject'] = f'Re: {letter.subject}'
    made['Message-ID'] = f'<{token}@elsewhere.example>'
    made.set_content(words)
    return made


def _reminders() -> None:
    """As if the clock had run each morning of the days gone by."""
    today = days.today()
    for count in range(BEGAN, 0, -1):
        day = today - timedelta(days=count)
        if not ledger.works(day):
            continue
        moment = days.in_london(datetime.combine(day, time(10)))
        with on_day(moment):
            chasers.remind(moment)
            deliver_what_is_old()
