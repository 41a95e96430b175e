"""`make bench`, small: every page and every limit is measured and told."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.db import connection

from bench import report
from bench.__main__ import PAGES, Measured, Row

ROOT = Path(__file__).resolve().parent.parent


LIMITS = ('raw WSGI', 'a bare Django view', 'nginx, a file')


def cells_of(table: str) -> dict[str, list[str]]:
    """The rows of a table in Markdown, each by its first cell."""
    rows = [
        [cell.strip() for cell in line.strip('|').split('|')] for line in table.splitlines() if '|' in line
    ]
    return {first: rest for first, *rest in rows}


@pytest.mark.skipif(connection.vendor != 'sqlite', reason='it makes a society of its own, on SQLite')
def test_a_small_society_is_made_measured_and_told(tmp_path, monkeypatch):
    for name in ('DATABASE_URL', 'CACHE_URL', 'EMAIL_URL', 'SITE_URL'):
        monkeypatch.delenv(name, raising=False)
    small = ('--sizes', '40', '--seconds', '0.1', '--rounds', '1', '--to', str(tmp_path))

    subprocess.run([sys.executable, '-m', 'bench', *small], cwd=ROOT, check=True, timeout=300)

    cells = cells_of((tmp_path / 'bench.md').read_text())
    assert {*PAGES, *LIMITS[:2], '40'} <= set(cells)
    assert all(float(cells[page][0].replace(',', '')) > 0 for page in PAGES)
    assert cells['a bare Django view'][2] == '100.0%'


def test_the_table_and_the_plot_say_what_was_measured():
    def measured(posts: int, rate: float) -> Measured:
        limits = [Row('raw WSGI', [20_000.0]), Row('a bare Django view', [1_000.0])]
        return Measured(posts, [Row('post', [rate, rate * 1.1, rate * 0.8], queries=3)], limits, 99.6, 1.42)

    done = [measured(1_000, 300), measured(10_000, 250)]
    cells = cells_of(report.table(done))
    drawn = ElementTree.fromstring(report.plot(done))  # noqa: S314  # our own

    assert cells['post'] == ['250', '20%', '25.0%', '0.0', '0.0', '0', '3', '1.20 ×']
    assert cells['1,000'] == ['100', '1.4']
    post, raw, bare = (float(bar.get('width')) for bar in drawn.findall('{*}rect')[1:])
    assert post < bare < raw
