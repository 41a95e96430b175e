"""Reads as plots, each with the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import batched

from blog.reads.figures import MONTHS, Reads, at_least, told
from ukis import days, plots

NARROW = 18  # letters of a name under a bar


@dataclass(frozen=True)
class ReadsPlot:
    key: str
    title: str
    says: str
    head: tuple[str, str]
    number: str  # in all, as it is told
    plot: plots.Bars
    rows: Sequence[tuple[str, str]]


def plots_of(reads: Reads) -> list[ReadsPlot]:
    """None where too little was read to be told."""
    drawn = [
        _lately(reads.days),
        _drawn(
            'months',
            'By month',
            f'The last {MONTHS} months.',
            'Month',
            [(f'{month:%B %Y}', f'{month:%b}', number) for month, number in reads.months],
        ),
        _drawn(
            'sites',
            'Where they came from',
            f'In {reads.span}. Of a site only its name is kept, never the page.',
            'Site',
            [(site, site[:NARROW], number) for site, number in reads.sites],
        ),
    ]
    return [one for one in drawn if one is not None and any(bar.height for bar in one.plot.bars)]


def _lately(counted: Sequence[tuple[date, int]]) -> ReadsPlot | None:
    """By day; where too little was read on each of them to be told, by week."""
    says = f'{days.in_words(counted[0][0])} to {days.in_words(counted[-1][0])}.'
    if any(at_least(number) for _, number in counted):
        table = [(days.in_words(day), str(day.day), number) for day, number in counted]
        return _drawn('days', 'By day', says, 'Day', table)
    weeks = [(some[0][0], sum(number for _, number in some)) for some in batched(counted, 7)]
    table = [(days.in_words(day), f'{day:%-d %b}', number) for day, number in weeks]
    return _drawn('days', 'By week', says, 'Week from', table)


def _drawn(
    key: str, title: str, says: str, head: str, table: Sequence[tuple[str, str, int]]
) -> ReadsPlot | None:
    whole = sum(number for _, _, number in table)
    if not at_least(whole):
        return None
    return ReadsPlot(
        key,
        title,
        says,
        (head, 'Reads, at least'),
        told(whole),
        plots.bars([(short, Decimal(at_least(number))) for _, short, number in table], unit=''),
        [(label, told(number)) for label, _, number in table],
    )
