"""The desk's figures: what came in and what became of it, what went out, how long it took, and for whom it was.

Imports are left out, and what its author withdrew within a day, and one's own. All figures of a plot are placed by one
date.
"""

from blog.desk.figures.numbers import MonthOfCases, Waited, by_month, out_by_month, published
from blog.desk.figures.placed import COUNTS, MONTHS, Month, month_at, months, rows
from blog.desk.figures.spread import Spread, leaves_out, spread, spread_rows, waiting_longest

__all__ = [
    'COUNTS',
    'MONTHS',
    'Month',
    'MonthOfCases',
    'Spread',
    'Waited',
    'by_month',
    'leaves_out',
    'month_at',
    'months',
    'out_by_month',
    'published',
    'rows',
    'spread',
    'spread_rows',
    'waiting_longest',
]
