"""The contracts of imports break where they should: a forbidden import is planted in a copy of the house."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ('blog', 'members', 'ukis')


@pytest.fixture(scope='module')
def house(tmp_path_factory) -> Path:
    copy = tmp_path_factory.mktemp('house')
    for room in ROOMS:
        leave = shutil.ignore_patterns('__pycache__', '*.pyc')
        shutil.copytree(ROOT / room, copy / room, ignore=leave)
    shutil.copy(ROOT / 'pyproject.toml', copy)
    return copy


def broken(house: Path) -> set[str]:
    linted = subprocess.run(
        [Path(sys.executable).with_name('lint-imports'), '--no-cache', '--no-logo'],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'Contracts: ' in linted.stdout, linted.stdout + linted.stderr
    return set(re.findall(r'^(.+) BROKEN', linted.stdout, re.MULTILINE))


@pytest.mark.parametrize(
    ('where', 'planted', 'contract'),
    [
        ('blog/models/posts.py', 'from blog.desk import queues', 'Inside blog'),
        ('blog/forms/desk.py', 'from blog.admin.desk import frame', 'Inside blog'),
        ('blog/views/posts.py', 'from blog.views import writing', 'No view imports another view'),
        ('members/joining.py', 'from blog.models import Post', 'The roof knows the apps, blog knows members, members knows neither'),
        ('members/models/people.py', 'from members import joining', 'Inside members'),
        ('ukis/letters/queueing.py', 'from members.models import Person', 'The cellar names no app'),
        ('ukis/refusals.py', 'from ukis import letters', 'Roof and cellar: every room has its floor'),
        ('blog/without_a_floor.py', '', 'Inside blog'),
        ('members/money/pennies.py', 'from members.money import invoicing', 'Inside a room no two modules need one another'),
    ],
)  # fmt: skip
def test_a_forbidden_import_breaks_its_contract(house, where, planted, contract):
    path = house / where
    was = path.read_text() if path.exists() else None
    path.write_text(f'{was or ""}\n{planted}\n')

    found = broken(house)

    if was is None:
        path.unlink()
    else:
        path.write_text(was)
    assert contract in found


def test_the_copy_itself_keeps_them(house):
    assert broken(house) == set()
