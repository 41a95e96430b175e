"""The desk's calendar: what came and comes out, or what is due, by days in London; and what is ready without a day."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from blog import wording
from blog.desk import commission_queues, queues
from blog.models import Commission, Submission
from blog.models.submissions_seen import SubmissionQuerySet
from blog.states import HANDS, IN_PROCESS
from blog.states.commission_states import CommissionState
from members.models import Person
from ukis import days
from ukis.clock.models import DayOff
from ukis.leafing import first_of, in_order

A_DAY = 5  # entries of one day; of the day that was chosen all that there is room for
CHOSEN = 50
REACH = 3_000  # entries of six weeks
TRAY = 20


@dataclass(frozen=True)
class CalendarEntry:
    """One line of a day: a submission, or a commission of which there are no words yet."""

    words: str
    submission: Submission | None = None
    commission: Commission | None = None
    late: str = ''
    is_ahead: bool = False


@dataclass(frozen=True)
class CalendarDay:
    day: date
    in_month: bool
    holiday: str
    entries: Sequence[CalendarEntry] = field(default_factory=list)
    count: int = 0
    clash: int = 0  # how many come out on it, where that is more than one and not over

    @property
    def more(self) -> int:
        return self.count - len(self.entries)

    @property
    def is_today(self) -> bool:
        return self.day == days.today()

    @property
    def can_be_chosen(self) -> bool:
        return self.day >= days.today()


def weeks(year: int, month: int) -> list[list[date]]:
    """Whole weeks from Monday, with the days of the months beside it."""
    return Calendar().monthdatescalendar(year, month)


def holidays(first: date, last: date) -> dict[date, str]:
    """Days on which the Society does not work, by the list and as staff put it right."""
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    found = {day: name for day in span if (name := days.bank_holiday(day))}
    corrected = DayOff.objects.filter(day__range=(first, last), nation__in=('', days.SOCIETY))
    for row in corrected.order_by('nation'):
        found.pop(row.day, None)
        if row.is_off:
            found[row.day] = row.name
    return found


def month_of(
    person: Person, year: int, month: int, *, by: str, chosen: date | None = None
) -> list[list[CalendarDay]]:
    """As this person's desk shows it. `by`: 'publish' or 'deadline'."""
    grid = weeks(year, month)
    first, last = grid[0][0], grid[-1][-1]
    off = holidays(first, last)
    found = (_out if by == 'publish' else _due)(person, first, last, chosen)
    return [
        [
            CalendarDay(day, (day.year, day.month) == (year, month), off.get(day, ''), **found.get(day, {}))
            for day in week
        ]
        for week in grid
    ]


def _room(day: date, chosen: date | None) -> int:
    return CHOSEN if day == chosen else A_DAY


def _out(person: Person, first: date, last: date, chosen: date | None) -> Mapping[date, dict]:
    """Keys and moments of all that there is, and rows of what is shown alone."""
    start, end = (days.in_london(datetime.combine(day, time())) for day in (first, last + timedelta(days=1)))
    found = (
        Submission.objects.on_the_desk_of(person)
        .filter(post__published_at__gte=start, post__published_at__lt=end, post__taken_down_at=None)
        .order_by('post__published_at', 'pk')
        .values_list('pk', 'post__published_at')[:REACH]
    )
    now = timezone.now()
    by_day: dict[date, list[tuple[int, datetime]]] = defaultdict(list)
    for key, at in found:
        if at is not None:
            by_day[days.london_day(at)].append((key, at))
    shown = [key for day, those in by_day.items() for key, _ in those[: _room(day, chosen)]]
    rows = {row.pk: row for row in in_order(_titles(), shown)}
    _with_names([row for row in rows.values() if row.post.is_scheduled])
    return {
        day: {
            'entries': [
                _coming_out(rows[key], at, now) for key, at in those[: _room(day, chosen)] if key in rows
            ],
            'count': len(those),
            'clash': len(those) if len(those) > 1 and those[-1][1] > now else 0,
        }
        for day, those in by_day.items()
    }


def _titles() -> SubmissionQuerySet:
    return Submission.objects.with_title().select_related('editor', 'post')


def _with_names(rows: list[Submission]) -> None:
    prefetch_related_objects(rows, 'authorships')


def _coming_out(submission: Submission, at: datetime, now: datetime) -> CalendarEntry:
    ahead = at > now
    hour = f'{timezone.localtime(at, days.LONDON):%H:%M}'
    return CalendarEntry(f'Goes out at {hour}' if ahead else 'Published', submission, is_ahead=ahead)


def _due(person: Person, first: date, last: date, chosen: date | None) -> Mapping[date, dict]:
    seen = Submission.objects.on_the_desk_of(person)
    found = (
        seen.filter(holder__in=HANDS, state__in=IN_PROCESS, due_on__range=(first, last))
        .order_by('due_on', 'pk')
        .values_list('pk', 'due_on')[:REACH]
    )
    keys: dict[date, list[int]] = defaultdict(list)
    for key, due in found:
        if due is not None:
            keys[due].append(key)
    asked: dict[date, list[CalendarEntry]] = defaultdict(list)
    for commission in _commissions(person, first, last):
        day, entry = _asked(commission)
        asked[day].append(entry)
    shown = [key for day, those in keys.items() for key in those[: _room(day, chosen)]]
    rows = {row.pk: row for row in in_order(_titles(), shown)}
    return {
        day: {
            'entries': (
                [
                    CalendarEntry(wording.editor_words(rows[key]), rows[key], late=rows[key].late_by)
                    for key in keys[day][: _room(day, chosen)]
                    if key in rows
                ]
                + asked[day]
            )[: _room(day, chosen)],
            'count': len(keys[day]) + len(asked[day]),
        }
        for day in {*keys, *asked}
    }


def _commissions(person: Person, first: date, last: date) -> list[Commission]:
    within = (first, last)
    answer = Q(state=CommissionState.SENT, answer_by__range=within)
    words = Q(state=CommissionState.ACCEPTED, deadline__range=within)
    found = commission_queues.without_words(person).filter(answer | words)
    return first_of(found, REACH, shown=Commission.objects.select_related('editor'))


def _asked(commission: Commission) -> tuple[date, CalendarEntry]:
    if commission.is_promised:
        words, day = f'{commission.name} writes it', commission.deadline
    elif commission.proposed_on:
        words, day = f'{commission.name} waits for an answer', commission.answer_by
    else:
        words, day = f'{commission.name} answers', commission.answer_by
    return day, CalendarEntry(words, commission=commission, late=commission.late)


@dataclass(frozen=True)
class ReadyTray:
    """Ready, and without a day. What is out already is revised, and comes out at once."""

    count: int
    submissions: list[Submission]

    @property
    def more(self) -> int:
        return self.count - len(self.submissions)


def tray(person: Person) -> ReadyTray:
    found = queues.rows('ready', person).filter(post__published_at=None)
    shown = queues.with_what_a_row_shows(Submission.objects.all())
    return ReadyTray(found.count(), first_of(found, TRAY, shown=shown))
