"""What was measured, as a table to read and a plot to look at."""

import math
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.__main__ import Measured, Row


def table(done: Sequence['Measured'], soaked: str = '') -> str:
    """Markdown. Where several sizes were measured, the last column says how the cost grew from first to last."""
    largest, smallest = done[-1], done[0]
    raw, bare = (_named(largest.limits, name) for name in ('raw WSGI', 'a bare Django view'))
    post = _named(largest.rows, 'post')
    lines = [
        '# What a page costs beside the limits',
        '',
        f'Made by `make bench` on {datetime.now(UTC):%-d %B %Y} with Python {platform.python_version()}, all in one',
        'run on one machine. Answers per second of CPU of all processes of the web server (gunicorn, one worker, eight',
        'threads), bodies compressed as a browser asks. Each figure is the middle of the rounds; ± is how far the',
        'furthest of them lies from it. Milliseconds are of two visitors at once, and say little on a busy machine.',
        'Growth is what an answer costs beside what it costs with the fewest posts.',
        '',
        '![The same as a plot](bench.svg)',
        '',
        f'## From the page cache, with {largest.posts:,} posts',
        '',
        'Beside raw WSGI, which says the same headers and bytes under the same server and does nothing else. What is',
        'not there, and `robots.txt`, are not kept.',
        '',
        '| what | answers a CPU second | ± | of raw WSGI | p50, ms | p99, ms | bytes | growth |',
        '|---|---:|---:|---:|---:|---:|---:|---:|',
        *(_line(row, raw, _grown(row, smallest.kept)) for row in largest.kept),
        *(_line(row, raw, '') for row in largest.limits),
        '',
        f'## Made anew each time, with {largest.posts:,} posts',
        '',
        'Beside a bare Django view with the middleware of `startproject`, and beside a post.',
        '',
        '| what | answers a CPU second | ± | of a bare view | p50, ms | p99, ms | bytes | growth | queries | posts |',
        '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
        *(
            f'{_line(row, bare, _grown(row, smallest.rows))} {row.queries} | {post.rate / row.rate:.1f} |'
            for row in largest.rows
        ),
        '',
        '| posts | web server, MiB | first answer after its start, s |',
        '|---:|---:|---:|',
        *(f'| {one.posts:,} | {one.memory:.0f} | {one.first_answer:.1f} |' for one in done),
    ]
    if soaked:
        lines += ['', '## Never stale', '', f'Writers and readers at once, on three processes: {soaked}.']
    return '\n'.join([*lines, ''])


def _named(rows: Sequence['Row'], name: str) -> 'Row':
    return next(row for row in rows if row.name == name)


def _grown(row: 'Row', before: Sequence['Row']) -> str:
    return f'{_named(before, row.name).rate / row.rate:.2f} ×'


def _line(row: 'Row', limit: 'Row', grown: str) -> str:
    return (
        f'| {row.name} | {row.rate:,.0f} | {row.spread:.0%} | {row.rate / limit.rate:.1%} | {row.p50:.1f} '
        f'| {row.p99:.1f} | {row.bytes:,} | {grown} |'
    )


WIDTH, LEFT, LINE, TOP = 860, 270, 24, 64


def plot(done: Sequence['Measured']) -> str:
    """SVG: a bar for each page of the largest society, and for the limits; each tenfold is as wide as the last."""
    largest = done[-1]
    heading = f'Answers per second of CPU, with {largest.posts:,} posts'
    rows = [*largest.kept, *largest.rows, *largest.limits]
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
        kind = number >= len(largest.kept), number >= len(largest.kept) + len(largest.rows)
        colour = {0: '#0b5d4e', 1: '#4a6fa5', 2: '#8a5a00'}[sum(kind)]
        name = f'{row.name}, anew' if sum(kind) == 1 else row.name
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{escape(name)}</text>')
        parts.append(
            f'<rect x="{LEFT}" y="{y - 8}" width="{across(row.rate):.1f}" height="16" fill="{colour}"/>'
        )
        parts.append(f'<text x="{LEFT + across(row.rate) + 6:.1f}" y="{y + 4}">{row.rate:,.0f}</text>')
    return '\n'.join([*parts, '</svg>', ''])
