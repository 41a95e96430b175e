"""What was measured, as a table to read and a plot to look at."""

import math
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.__main__ import Measured, Row


def table(done: Sequence['Measured']) -> str:
    """Markdown. Where several sizes were measured, the last column says how the cost grew from first to last."""
    largest, smallest = done[-1], done[0]
    bare = next(row for row in largest.limits if row.name == 'a bare Django view')
    lines = [
        '# What a page costs beside the limits',
        '',
        f'Made by `make bench` on {datetime.now(UTC):%-d %B %Y} with Python {platform.python_version()}, all in one',
        'run on one machine. Answers per second of CPU of all processes of the web server (gunicorn, one worker, eight',
        'threads), bodies compressed as a browser asks. Each figure is the middle of the rounds; ± is how far the',
        'furthest of them lies from it. Milliseconds are of two visitors at once, and say little on a busy machine.',
        '',
        '![The same as a plot](bench.svg)',
        '',
        f'| what, with {largest.posts:,} posts | answers a CPU second | ± | of a bare view | p50, ms | p99, ms | bytes '
        f'| queries | cost, beside {smallest.posts:,} posts |',
        '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ]
    before = {row.name: row for row in smallest.rows}
    for row in largest.rows:
        grown = before[row.name].rate / row.rate if len(done) > 1 else 1.0
        lines.append(_line(row, bare, f'{grown:.2f} ×' if len(done) > 1 else ''))
    lines += [_line(row, bare, '') for row in largest.limits]
    lines += ['', '| posts | web server, MiB | first answer after its start, s |', '|---:|---:|---:|']
    lines += [f'| {one.posts:,} | {one.memory:.0f} | {one.first_answer:.1f} |' for one in done]
    return '\n'.join([*lines, ''])


def _line(row: 'Row', bare: 'Row', grown: str) -> str:
    queries = '' if row.queries is None else row.queries
    return (
        f'| {row.name} | {row.rate:,.0f} | {row.spread:.0%} | {row.rate / bare.rate:.1%} | {row.p50:.1f} '
        f'| {row.p99:.1f} | {row.bytes:,} | {queries} | {grown} |'
    )


WIDTH, LEFT, LINE, TOP = 860, 230, 24, 64


def plot(done: Sequence['Measured']) -> str:
    """SVG: a bar for each page of the largest society, and for the limits; each tenfold is as wide as the last."""
    largest = done[-1]
    heading = f'Answers per second of CPU, with {largest.posts:,} posts'
    rows = [*largest.rows, *largest.limits]
    most = math.ceil(math.log10(max(row.rate for row in rows)))
    unit = (WIDTH - LEFT - 90) / most
    height = TOP + LINE * len(rows) + 30

    def across(rate: float) -> float:
        return max(math.log10(max(rate, 1.0)) * unit, 1.0)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="sans-serif" font-size="13">',
        f'<title>{heading}</title>',
        '<desc>The figures stand in bench.md.</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="12" y="26" font-size="17" font-weight="bold">{heading}</text>',
    ]
    for power in range(most + 1):
        x = LEFT + power * unit
        parts.append(f'<path d="M{x:.0f} {TOP - 12}V{height - 24}" stroke="#ccc"/>')
        parts.append(
            f'<text x="{x:.0f}" y="{height - 8}" text-anchor="middle" fill="#444">{10**power:,}</text>'
        )
    for number, row in enumerate(rows):
        y = TOP + number * LINE
        colour = '#8a5a00' if row in largest.limits else '#0b5d4e'
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{escape(row.name)}</text>')
        parts.append(
            f'<rect x="{LEFT}" y="{y - 8}" width="{across(row.rate):.1f}" height="16" fill="{colour}"/>'
        )
        parts.append(f'<text x="{LEFT + across(row.rate) + 6:.1f}" y="{y + 4}">{row.rate:,.0f}</text>')
    return '\n'.join([*parts, '</svg>', ''])
