"""Second readings of the cast: one that is asked for, or brought into a state by the moves that lead there."""

from datetime import timedelta

from blog import readings
from blog.models import Reading
from blog.readings import Advice, ByLink
from blog.states.reading_states import ReadingState as S
from ukis import days

LINK = ByLink()
ADVICE = Advice('small', 'Between us: it is thin.', 'Say more about the second year.', False)


def ask(submission, editor, **fields) -> Reading:
    given = {
        'name': 'Rhea Reader',
        'email': 'rhea@far.example',
        'question': 'Is it right, and is it enough?',
        'due_on': days.today() + timedelta(days=14),
    }
    return readings.ask(submission, by=editor, **{**given, **fields})


def brought_to(state: str, submission, editor, *, advice: Advice = ADVICE, **fields) -> Reading:
    row = ask(submission, editor, **fields)
    match state:
        case S.AGREED:
            readings.agree(row, by=LINK)
        case S.DECLINED:
            readings.decline(row, by=LINK, reason='time')
        case S.RETURNED:
            readings.return_advice(row, by=LINK, advice=advice)
        case S.TAKEN_BACK:
            readings.take_back(row, by=editor, reason='It is not needed.')
    row.refresh_from_db()
    assert row.state == state
    return row
