"""The desk's figures as plots with their tables, and the rows behind each number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog.admin.desk import lines
from blog.admin.desk.frame import on_the_desk, page
from blog.desk import figures, queues
from blog.models import Submission
from members.models import Organisation, Person
from members.models.people import Nation
from ukis import days, plots, staff
from ukis.leafing import Leafing, first_of

ROWS = 50
LONGEST = 10
PUBLISHED = 'published'
SPREAD = 'spread'


@dataclass(frozen=True)
class FigureCell:
    words: str
    url: str = ''


@dataclass(frozen=True)
class Figure:
    """One plot: what it shows, the bars, the table that says the same, and what stands beside it."""

    key: str
    title: str
    says: str
    drawn: str
    plot: plots.Bars
    head: Sequence[str]
    rows: Sequence[Sequence[FigureCell]]
    cases: int
    beside: str = ''
    foot: Sequence[FigureCell] = field(default_factory=tuple)


def _refuse(request: HttpRequest, **address: object) -> NoReturn:
    raise PermissionDenied('The figures are for the editors.')


@require_safe
def desk_figures(request: HttpRequest) -> HttpResponse:
    person = on_the_desk(request)
    shown = queues.with_what_a_row_shows(Submission.objects.all())
    waiting = first_of(figures.waiting_longest(person), LONGEST, shown=shown)
    came, posts = figures.by_month(person), figures.published(person)
    context = {
        'figures': [
            _came_in(came),
            _went_out(figures.out_by_month(person, posts)),
            _answered(came),
            _out_after(came),
            *_spread(figures.spread(posts)),
        ],
        'waiting': lines.lines_for(waiting, person),
        'today': days.today(),
        'leaves_out': figures.leaves_out(person),
    }
    return page(request, 'figures', 'Figures of the desk', context)


def _led(number: int, what: str, **to: str) -> FigureCell:
    """A number that leads to its rows; nought leads nowhere."""
    if not number:
        return FigureCell('0')
    query = f'?{urlencode(to)}' if to else ''
    return FigureCell(f'{number:,}', reverse('admin:desk_figure_rows', args=[what]) + query)


def _days(count: float | None) -> str:
    if count is None:
        return '–'
    return f'{count:,.0f}' if count >= 10 or count == round(count) else f'{count:.1f}'


def _days_led(count: float | None, what: str, month: figures.Month) -> FigureCell:
    return FigureCell(_days(count), _led(1, what, month=month.key).url if count is not None else '')


def _drawn(values: Sequence[tuple[str, float]], peaks: Sequence[float | None] = ()) -> plots.Bars:
    bars = [(label, Decimal(str(round(value, 1)))) for label, value in values]
    above = [None if peak is None else Decimal(str(round(peak, 1))) for peak in peaks]
    return plots.bars(bars, unit='', peaks=above)


def _came_in(table: Sequence[figures.MonthOfCases]) -> Figure:
    twelve = table[1:]
    columns = (
        ('handed-in', lambda line: line.handed_in),
        ('published-since', lambda line: line.published),
        ('not-taken-up', lambda line: line.closed),
        ('still-open', lambda line: line.open),
    )
    return Figure(
        'in',
        'What came in, and what became of it',
        'Placed by the day on which it was handed in.',
        'handed in each month',
        _drawn([(line.month.short, line.handed_in) for line in twelve]),
        ('Month', 'Handed in', 'Published since', 'Declined or withdrawn', 'Still open'),
        [
            [
                FigureCell(line.month.label),
                *(_led(count(line), what, month=line.month.key) for what, count in columns),
            ]
            for line in twelve
        ],
        cases=sum(line.handed_in for line in twelve),
        foot=[
            FigureCell('In all'),
            *(_led(sum(count(line) for line in twelve), what) for what, count in columns),
        ],
    )


def _went_out(table: Sequence[tuple[figures.Month, dict[str, int]]]) -> Figure:
    whats = ('published', 'declined', 'withdrawn')
    return Figure(
        'out',
        'What went out',
        'Placed by the day on which it was published, declined or withdrawn.',
        'published each month',
        _drawn([(month.short, counts[PUBLISHED]) for month, counts in table]),
        ('Month', 'Published', 'Declined', 'Withdrawn'),
        [
            [FigureCell(month.label), *(_led(counts[what], what, month=month.key) for what in whats)]
            for month, counts in table
        ],
        cases=sum(sum(counts.values()) for _, counts in table),
        foot=[
            FigureCell('In all'),
            *(_led(sum(counts[what] for _, counts in table), what) for what in whats),
        ],
    )


def _answered(table: Sequence[figures.MonthOfCases]) -> Figure:
    return _waited(
        table,
        'answer',
        'Days to the first answer',
        'From handing in to an editor’s first decision or word, without the time in which its author had it. '
        'Placed by the day on which it was handed in.',
        lambda line: line.answer,
        ('answered', 'Answered'),
        ('unanswered', 'Still waiting'),
    )


def _out_after(table: Sequence[figures.MonthOfCases]) -> Figure:
    return _waited(
        table,
        'publication',
        'Days to publication',
        'From handing in to the day on which it came out, without the time in which its author had it. Placed by the '
        'day on which it was handed in.',
        lambda line: line.publication,
        ('published-since', 'Published'),
        ('still-open', 'Still open'),
    )


def _waited(
    table: Sequence[figures.MonthOfCases],
    key: str,
    title: str,
    says: str,
    of: Callable[[figures.MonthOfCases], figures.Waited],
    done: tuple[str, str],
    still: tuple[str, str],
) -> Figure:
    """The middle and the worst of each month, and beside them what is still open, or waiting looks short."""
    twelve = table[1:]
    shown = [line for line in table if line.month.begins or of(line).waiting]
    waiting = [wait for line in table for wait in of(line).waiting]
    oldest = f', the oldest for {_days(max(waiting))} days' if waiting else ''
    return Figure(
        key,
        title,
        says,
        'median of each month, and the longest as a stroke',
        _drawn(
            [(line.month.short, of(line).middle or 0) for line in twelve], [of(line).worst for line in twelve]
        ),
        ('Month', done[1], 'Median, days', 'Longest, days', still[1], 'Oldest of these, days'),
        [
            [
                FigureCell(line.month.label),
                _led(len(of(line).took) if line.month.begins else 0, done[0], month=line.month.key),
                _days_led(of(line).middle if line.month.begins else None, done[0], line.month),
                _days_led(of(line).worst if line.month.begins else None, done[0], line.month),
                _led(len(of(line).waiting), still[0], month=line.month.key),
                _days_led(of(line).oldest, still[0], line.month),
            ]
            for line in shown
        ],
        cases=sum(len(of(line).took) for line in twelve) + len(waiting),
        beside=f'{len(waiting):,} still open{oldest}.' if waiting else 'None is still open.',
    )


def _spread(found: figures.Spread) -> list[Figure]:
    says = 'What was published in these twelve months, by the organisations in its bylines. A post counts once for each'
    here = [(one.shown_name, number, {'organisation': one.slug}) for one, number in found.organisations]
    there = [(nation.label, number, {'nation': nation.value}) for nation, number in found.nations]
    nowhere = [('No organisation', found.nowhere, {'nowhere': '1'})] if found.nowhere else []
    more = f'And {found.others} more organisations with fewer.' if found.others else ''
    return [
        _places(
            'organisations', 'Over organisations', f'{says}.', 'Organisation', [*here, *nowhere], found, more
        ),
        _places(
            'nations',
            'Over nations',
            f'{says} nation in which they work.',
            'Nation',
            [*there, *nowhere],
            found,
            '',
        ),
    ]


def _places(
    key: str,
    title: str,
    says: str,
    head: str,
    table: Sequence[tuple[str, int, dict[str, str]]],
    found: figures.Spread,
    beside: str,
) -> Figure:
    return Figure(
        key,
        title,
        says,
        'posts published',
        _drawn([(label[:18], number) for label, number, _ in table]),
        (head, 'Published'),
        [[FigureCell(label), _led(number, SPREAD, **to)] for label, number, to in table],
        cases=found.posts,
        beside=beside,
    )


@require_safe
def figure_rows(request: HttpRequest, what: str) -> HttpResponse:
    """The submissions that one number counts."""
    person = on_the_desk(request)
    label, found = _rows_of(what, person, request.GET.dict())
    leaves = Leafing(found, ROWS, shown=queues.with_what_a_row_shows(Submission.objects.all()))
    shown = leaves.get_page(request.GET.get('page'))
    context = {
        'page': shown,
        'lines': lines.lines_for(list(shown), person),
        'today': days.today(),
        'leaves_out': figures.leaves_out(person),
    }
    return page(request, 'figure_rows', label, context)


def _rows_of(what: str, person: Person, asked: dict[str, str]) -> tuple[str, Any]:
    if what == SPREAD:
        return _spread_rows(person, asked)
    if what not in figures.COUNTS:
        raise Http404
    month = figures.month_at(asked.get('month', ''))
    if month is None and asked.get('month'):
        raise Http404
    counts = figures.COUNTS[what]
    when = f', {month.label}' if month else ', the last twelve months'
    return counts.label + when, figures.rows(what, person, month).order_by(counts.placed_by, 'pk')


def _spread_rows(person: Person, asked: dict[str, str]) -> tuple[str, Any]:
    if 'nowhere' in asked:
        found, where = figures.spread_rows(person, nowhere=True), 'without an organisation'
    elif asked.get('nation') in Nation.values:
        found, where = figures.spread_rows(person, nation=asked['nation']), Nation(asked['nation']).label
    else:
        organisation = Organisation.objects.filter(slug=asked.get('organisation', '')[:200]).first()
        if organisation is None:
            raise Http404
        found, where = figures.spread_rows(person, organisation=organisation), organisation.shown_name
    return f'Published, {where}', found.order_by('post__published_at', 'pk')


staff.pages += [
    ('desk/figures/', desk_figures, 'desk_figures', _refuse),
    ('desk/figures/<slug:what>/', figure_rows, 'desk_figure_rows', _refuse),
]
