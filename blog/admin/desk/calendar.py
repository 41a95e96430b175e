"""The calendar: what comes out and what is due, by months, beside what is ready and has no day. Nothing is moved here
but by its own page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from blog import workflow
from blog.admin.desk.frame import moved_one, on_the_desk, page, refuse, ways
from blog.admin.desk.lines import authors
from blog.desk import calendar as months
from blog.desk.calendar import CalendarDay, CalendarEntry
from blog.models import Submission
from members.models import Person
from ukis import days, staff

KINDS = {'publish': 'What comes out', 'deadline': 'What is due'}
_MONTH = re.compile(r'(\d{4})-(\d{2})')


@dataclass(frozen=True)
class CalendarLine:
    """An entry of a day, and where its day is moved, for whoever may."""

    entry: CalendarEntry
    move: str = ''


@dataclass(frozen=True)
class CalendarCell:
    day: CalendarDay
    lines: Sequence[CalendarLine]
    choose: str
    is_chosen: bool


@dataclass(frozen=True)
class WithoutDay:
    """What is ready and has no day, and where it gets one, for whoever may give it."""

    submission: Submission
    authors: str
    schedule: str = ''


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    person = on_the_desk(request, guests=True)
    first = _month(request.GET.get('month'))
    by = request.GET.get('by', 'publish')
    if by not in KINDS:
        raise Http404
    chosen, refusal = _chosen(request.GET.get('day', ''))
    weeks = months.month_of(person, first.year, first.month, by=by, chosen=chosen)
    moves = _Moves(person, chosen, f'{first:%Y-%m}')
    tray = months.tray(person)
    own = {'month': f'{first:%Y-%m}', 'by': by}
    context: dict[str, Any] = {
        'kinds': [(label, _to(own, by=key, day=chosen), key == by) for key, label in KINDS.items()],
        'shows_print': by == 'publish',
        'month': first,
        'weeks': [[_cell(day, moves, own, chosen) for day in week] for week in weeks],
        'clashes': [day for week in weeks for day in week if day.clash],
        'before': _to(own, month=_moved(first, -1), day=chosen) if first > FIRST else '',
        'after': _to(own, month=_moved(first, 1), day=chosen) if first < LAST else '',
        'now': _to(own, month=f'{days.today():%Y-%m}', day=chosen),
        'chosen': chosen,
        'refusal': refusal,
        'tray': tray,
        'waiting': [WithoutDay(one, authors(one), moves.schedule(one)) for one in tray.submissions],
        'moved': moved_one(request),
        'ways': ways('desk_calendar', person),
    }
    return page(request, 'calendar', f'The calendar: {first:%B %Y}', context)


FIRST, LAST = date(1900, 1, 1), date(2999, 12, 1)


def _month(typed: str | None) -> date:
    """Its first day; this month's where none is named."""
    if not typed:
        return days.today().replace(day=1)
    found = _MONTH.fullmatch(typed) if typed.isascii() else None
    try:
        first = date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        first = None
    if first is None or not FIRST <= first <= LAST:
        raise Http404
    return first


def _moved(first: date, by: int) -> str:
    count = first.year * 12 + first.month - 1 + by
    return f'{date(count // 12, count % 12 + 1, 1):%Y-%m}'


def _chosen(typed: str) -> tuple[date | None, str]:
    """The day that was chosen to put something on, or why it cannot be."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None, ''
    if day < days.today():
        return None, f'{days.in_words(day)} is past. Choose a day that is to come.'
    return day, ''


def _to(own: dict[str, str], **other: Any) -> str:
    given = {key: value for key, value in {**own, **other}.items() if value}
    return f'?{urlencode(given)}'


def _cell(day: CalendarDay, moves: '_Moves', own: dict[str, str], chosen: date | None) -> CalendarCell:
    lines = [CalendarLine(entry, moves.move(entry)) for entry in day.entries]
    choose = _to(own, day=day.day) + '#tray' if day.can_be_chosen else ''
    return CalendarCell(day, lines, choose, day.day == chosen)


class _Moves:
    """Addresses of the moves that set a day, with the one that was chosen, for whoever may make them. Asks once who the
    editors are."""

    def __init__(self, person: Person, chosen: date | None, month: str) -> None:
        self.person, self.chosen = person, chosen
        self.editors = list(Person.objects.editors().prefetch_related('groups').distinct())
        self.given = {'from': 'calendar', 'month': month, **({'day': str(chosen)} if chosen else {})}

    def move(self, entry: CalendarEntry) -> str:
        return self._made('reschedule', entry.submission) if entry.submission and entry.is_ahead else ''

    def schedule(self, submission: Submission) -> str:
        return self._made('release', submission)

    def _made(self, name: str, submission: Submission) -> str:
        if not workflow.MOVES[name].who & workflow.roles_of(submission, self.person, self.editors):
            return ''
        return f'{reverse("admin:desk_move", args=[submission.pk, name])}?{urlencode(self.given)}'


staff.pages += [('desk/calendar/', calendar, 'desk_calendar', refuse)]
