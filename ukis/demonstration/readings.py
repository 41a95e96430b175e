"""Second readings of what is under review: one is asked, one has advised, made by the moves that lead there."""

from datetime import timedelta

from django.utils import timezone

from blog import readings
from blog.models import Reading, Submission
from blog.readings import Advice, ByLink
from blog.states import where
from ukis import days
from ukis.demonstration.staging import Stage
from ukis.demonstration.work_in_progress import deliver_what_is_old, on_day

QUESTION = (
    'You have done this kind of work yourself. Is what it says right, and would somebody in their first year follow '
    'it? A few lines are enough.'
)
FOR_AUTHOR = (
    'I read this with pleasure. The second half persuades; the first asks for patience. I would begin with the story '
    'of the ward, and say sooner how many people it was tried with.'
)
FOR_EDITOR = 'I know two of the sites: the numbers are right. It could lose two hundred words without harm.'


def stage_readings(stage: Stage) -> None:
    editor = stage.people['editor']
    asking = where(lambda row: row.asks_readers)
    found = Submission.objects.filter(state__in=asking, readings=None, editor=editor).order_by('pk')
    submission = found.first()
    if submission is None or Reading.objects.exists():
        return
    stage.say('Second readings')
    asked_at = timezone.now() - timedelta(days=1)
    due_on = days.add_working_days(days.london_day(asked_at), 10)
    with on_day(asked_at):
        advised, _ = (
            readings.ask(submission, by=editor, name=name, email=email, question=QUESTION, due_on=due_on)
            for name, email in (
                ('Ottoline Brathwaite', 'ottoline.brathwaite@readers.example'),
                ('Iestyn Morgan-Hale', 'iestyn@twosites.example'),
            )
        )
    with on_day(asked_at + timedelta(hours=8)):
        deliver_what_is_old()
        advice = Advice('small', FOR_EDITOR, FOR_AUTHOR, may_name=False)
        readings.return_advice(advised, by=ByLink(), advice=advice)
    deliver_what_is_old()
