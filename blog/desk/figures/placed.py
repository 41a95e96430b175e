"""What the figures count, and which date places it in a month: said once, for the numbers and for their rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Func, IntegerField, Q
from django.utils import timezone

from blog.models import Authorship, Submission
from blog.models.submissions_seen import SubmissionQuerySet
from blog.states import CLOSED, where
from members.models import Person
from ukis import days

DAY = 86_400
MONTHS = 12
WITHDRAWN = where(lambda row: row.closed and row.author_reopens)
DECLINED = where(lambda row: row.closed and not row.author_reopens)


class Epoch(Func):
    """A moment as whole seconds, its fraction dropped: a number is read many times faster than a date.

    Rounded, what came out a moment ago would lie ahead of `int(now)`, and be counted as open.
    """

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = 'unixepoch(substr(%(expressions)s, 1, 19))'  # it would round a fraction of .9999
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = 'CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS BIGINT)'
        return self.as_sql(compiler, connection, template=template, **context)


# --- Months -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Month:
    """One of London's; the one that is empty is all that was before the others."""

    begins: datetime | None
    ends: datetime

    @property
    def key(self) -> str:
        return f'{days.london_day(self.begins):%Y-%m}' if self.begins else 'earlier'

    @property
    def label(self) -> str:
        return f'{days.london_day(self.begins):%B %Y}' if self.begins else 'Earlier'

    @property
    def short(self) -> str:
        return f'{days.london_day(self.begins):%b}' if self.begins else ''


def _first(day: date, back: int) -> datetime:
    number = day.year * 12 + day.month - 1 - back
    return datetime.combine(date(number // 12, number % 12 + 1, 1), time.min, days.LONDON)


def months() -> list[Month]:
    """The last twelve, that of today the last of them."""
    today = days.today()
    return [Month(_first(today, back), _first(today, back - 1)) for back in range(MONTHS - 1, -1, -1)]


def earlier() -> Month:
    return Month(None, _first(days.today(), MONTHS - 1))


def month_at(key: str) -> Month | None:
    return next((one for one in (earlier(), *months()) if one.key == key), None)


def within(column: str, month: Month | None) -> Q:
    """Without a month, all twelve."""
    begins = month.begins if month else months()[0].begins
    ends = month.ends if month else months()[-1].ends
    return Q(**{f'{column}__lt': ends}) & (Q(**{f'{column}__gte': begins}) if begins else Q())


# --- What counts, said once for the numbers and for their rows ---------------------------------------


def counted(person: Person) -> SubmissionQuerySet:
    """What was handed in, but for one's own: of all that the editors know."""
    own = Authorship.objects.filter(person=person).values('submission')
    took = Epoch('closed_at') - Epoch('first_submitted_at')
    rows = Submission.objects.filter(source=None, first_submitted_at__isnull=False).exclude(pk__in=own)
    return rows.alias(took=took).exclude(state__in=WITHDRAWN, took__lt=DAY).order_by()


def _out() -> Q:
    return Q(post__published_at__lte=timezone.now())


def still_open() -> Q:
    return ~Q(state__in=CLOSED) & (Q(post=None) | Q(post__published_at=None) | ~_out())


IN, OUT = 'first_submitted_at', 'post__published_at'


@dataclass(frozen=True)
class Counts:
    """What one column of a table counts: how it is called, which date places it in a month, and which rows."""

    label: str
    placed_by: str
    rows: Callable[[], Q]


COUNTS = {
    'handed-in': Counts('Handed in', IN, Q),
    'published-since': Counts('Handed in and published since', IN, _out),
    'not-taken-up': Counts('Handed in, and declined or withdrawn since', IN, lambda: Q(state__in=CLOSED)),
    'still-open': Counts('Handed in and still open', IN, still_open),
    'answered': Counts('Handed in and answered', IN, lambda: Q(first_answered_at__isnull=False)),
    'unanswered': Counts(
        'Handed in and waiting for a first answer', IN, lambda: Q(first_answered_at=None) & still_open()
    ),
    'published': Counts('Published', OUT, _out),
    'declined': Counts('Declined', 'closed_at', lambda: Q(state__in=DECLINED)),
    'withdrawn': Counts('Withdrawn', 'closed_at', lambda: Q(state__in=WITHDRAWN)),
}


def rows(what: str, person: Person, month: Month | None = None) -> SubmissionQuerySet:
    """The rows behind a number."""
    counts = COUNTS[what]
    return counted(person).filter(counts.rows(), within(counts.placed_by, month))
