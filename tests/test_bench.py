"""`make bench`, small: every page and every limit is measured and told."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.db import connection

from bench import report
from bench.__main__ import Measured, Row

ROOT = Path(__file__).resolve().parent.parent


SOME = ('list', 'post', 'feed, Atom', 'post that is not there')
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
    small = (
        '--sizes',
        '40',
        '--seconds',
        '0.1',
        '--rounds',
        '1',
        '--reads',
        '0',
        '--to',
        str(tmp_path),
        '--pages',
        *SOME,
    )

    subprocess.run([sys.executable, '-m', 'bench', *small], cwd=ROOT, check=True, timeout=300)

    kept, anew = map(cells_of, (tmp_path / 'bench.md').read_text().split('## Made anew'))
    assert {*SOME, *LIMITS[:2]} <= set(kept)
    assert {*SOME, '40'} <= set(anew)
    assert all(float(cells[page][0].replace(',', '')) > 0 for page in SOME for cells in (kept, anew))
    assert kept['raw WSGI'][2] == '100.0%'
    assert int(anew['post'][7]) <= 3


def test_the_table_and_the_plot_say_what_was_measured():
    def measured(posts: int, rate: float) -> Measured:
        limits = [Row('raw WSGI', [20_000.0]), Row('a bare Django view', [1_000.0])]
        kept = [Row('post', [rate * 50])]
        return Measured(
            posts, kept, [Row('post', [rate, rate * 1.1, rate * 0.8], queries=3)], limits, 99.6, 1.42
        )

    done = [measured(1_000, 300), measured(10_000, 250)]
    kept, cells = map(cells_of, report.table(done, '9 answers: 0 stale').split('## Made anew'))
    drawn = ElementTree.fromstring(report.plot(done))  # noqa: S314  # our own

    assert kept['post'] == ['12,500', '0%', '62.5%', '0.0', '0.0', '0', '1.20 ×']
    assert cells['post'] == ['250', '20%', '25.0%', '0.0', '0.0', '0', '1.20 ×', '3', '1.0']
    assert cells['1,000'] == ['100', '1.4']
    kept_post, post, raw, bare = (float(bar.get('width')) for bar in drawn.findall('{*}rect')[1:])
    assert post < bare < kept_post < raw
