"""The house holds: what is committed, who imports whom, migrations, locks."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
OURS = ('ukis', 'members', 'blog', 'tests', 'templates', 'static', '.ci')
ROOMS_WITHOUT_A_NAME = {
    'common',
    'constants',
    'core',
    'helpers',
    'misc',
    'mixins',
    'services',
    'shared',
    'signals',
    'util',
    'utils',
}
# What points at a database, cache or store elsewhere, and so at a package of the larger lock.
ELSEWHERE = {'DATABASE_URL', 'CACHE_URL', 'MEDIA_BUCKET'}
LINES = 335  # about 300


def committed() -> list[Path]:
    """Tracked files and those about to be; in an unpacked archive, all but what tools leave behind."""
    listed = subprocess.run(
        ['git', 'ls-files', '--cached', '--others', '--exclude-standard', '-z'],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split('\0') if name]
    else:
        left_behind = {'.venv', 'var', '__pycache__'}
        paths = [path for path in ROOT.rglob('*') if not left_behind & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in paths if path.is_file())


def texts() -> list[tuple[str, str]]:
    found = []
    for path in committed():
        data = path.read_bytes()
        if b'\0' not in data:
            # What a spreadsheet saved is in its own encoding.
            shown = data.decode(errors='replace' if path.suffix == '.csv' else 'strict')
            found.append((path.relative_to(ROOT).as_posix(), shown))
    return found


def test_no_committed_file_names_the_host_of_a_package_registry():
    # Spelt in submissions, so that this file does not name them either.
    hosts = re.compile(
        '|'.join(
            (
                r'py' + r'pi\.(?:org|io)',
                r'python' + r'hosted\.org',
                r'npm' + r'js\.(?:org|com)',
                r'jsde' + r'livr',
                r'un' + r'pkg\.com',
                r'cdn' + r'js\.',
                r'--(?:extra-)?index' + r'-url[ =]\S*:',
            )
        )
    )

    named = [name for name, text in texts() if hosts.search(text)]

    assert named == []


@pytest.mark.parametrize('name', ['base', 'production', 'dev'])
def test_every_requirement_is_pinned_and_hashed(name):
    lock = (ROOT / 'requirements' / f'{name}.txt').read_text().replace('\\\n', ' ')
    rows = [row for row in lock.splitlines() if row.strip() and not row.lstrip().startswith('#')]

    loose = [row for row in rows if not re.match(r'[a-z0-9._\[\],-]+==\S+ .*--hash=sha256:[0-9a-f]{64}', row)]

    assert len(rows) >= 20
    assert loose == []


def test_the_three_locks_agree():
    pins = {}
    for name in ('base', 'production', 'dev'):
        lock = (ROOT / 'requirements' / f'{name}.txt').read_text()
        pins[name] = dict(re.findall(r'^([a-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)', lock, re.MULTILINE))

    assert pins['base'].items() <= pins['production'].items() <= pins['dev'].items()


WITHOUT_THE_REST = """
import re, sys
from importlib.metadata import packages_distributions
from pathlib import Path

def plain(name):
    return re.sub('[-_.]+', '-', name).lower()

base = {plain(name) for name in re.findall('^([^ =]+)==', Path('requirements/base.txt').read_text(), re.M)}
for module, holders in packages_distributions().items():
    if not base & {plain(holder) for holder in holders}:
        sys.modules[module] = None  # importing it fails, as where it is not installed

from django.core.management import execute_from_command_line

execute_from_command_line(['manage.py', 'check'])
"""


def test_the_site_stands_with_no_more_than_the_smallest_lock_installs():
    plain = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    told = subprocess.run(
        [sys.executable, '-c', WITHOUT_THE_REST],
        env={**plain, 'DJANGO_SETTINGS_MODULE': 'ukis.settings'},
        cwd=ROOT,
        text=True,
        capture_output=True,
    )
    assert told.returncode == 0, told.stderr


def test_no_module_is_a_room_without_a_name():
    vague = [
        path.relative_to(ROOT).as_posix()
        for path in committed()
        if path.suffix == '.py' and ROOMS_WITHOUT_A_NAME & {path.stem, *path.relative_to(ROOT).parts[:-1]}
    ]

    assert vague == []


def test_no_file_of_ours_is_too_long():
    endings = ('.py', '.html', '.css', '.js')
    lengths = {
        name: text.count('\n')
        for name, text in texts()
        if name.split('/')[0] in OURS
        and name.endswith(endings)
        and '/migrations/' not in name
        # A test file is as long as its noun has promises to keep.
        and not name.startswith('tests/')
    }

    long = {name: lines for name, lines in lengths.items() if lines > LINES}

    assert long == {}


def test_nobody_imports_upwards():
    linted = subprocess.run(
        [Path(sys.executable).with_name('lint-imports'), '--no-cache'],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert linted.returncode == 0, linted.stdout


def imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f'{node.module}.{alias.name}' for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


# Classes of one name that are meant to be the same thing twice.
NAMESAKES = {
    'Adapter': 'allauth asks for two',
    'Command': 'Django asks for this name',
    'Move': 'a move of a submission is a move of the engine',
    'Process': 'that of a submission is one of the engine',
    'ReauthenticateForm': 'allauth has two, by password and by code',
}


def test_a_class_has_its_name_to_itself():
    where: dict[str, list[str]] = {}
    for name, text in texts():
        if name.endswith('.py') and name.startswith(('ukis/', 'members/', 'blog/')):
            for node in ast.parse(text).body:
                if isinstance(node, ast.ClassDef) and '/migrations/' not in name:
                    where.setdefault(node.name, []).append(name)

    assert {name for name, modules in where.items() if len(modules) > 1} == set(NAMESAKES)


# Where an import stands inside a function, and why.
INSIDE = {
    'blog/apps.py': 'ready(): models can be had only then',
    'members/apps.py': 'ready(): models can be had only then',
    'ukis/apps.py': 'ready(): models can be had only then',
    'ukis/addresses/fields.py': 'a column asks what may stand in it, which asks for the column',
    'ukis/documents/child.py': 'it binds itself before it loads what reads',
    'ukis/pagecache/generation.py': 'PostgreSQL’s driver is installed where it is used',
    'ukis/management/locking.py': 'its driver is installed where it is used',
    'ukis/pictures/intake.py': 'Pillow is loaded where a picture is opened',
    'ukis/pictures/sizing.py': 'Pillow is loaded where a picture is opened',
}


def test_no_function_hides_a_circle_of_imports():
    hidden = {
        name
        for name, text in texts()
        if name.endswith('.py') and name.startswith(('ukis/', 'members/', 'blog/'))
        for function in ast.walk(ast.parse(text))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any(module.split('.')[0] in OURS for module in imported(ast.unparse(node)))
    }

    assert hidden == set(INSIDE)


def test_no_private_module_of_a_dependency_is_imported():
    private = re.compile(r'(?:^|\.)(?:internal|_[A-Za-z]\w*)(?:\.|$)')

    named = [
        (name, module)
        for name, text in texts()
        if name.endswith('.py')
        for module in imported(text)
        if module.split('.')[0] not in OURS and private.search(module)
    ]

    assert named == []


def test_templates_and_addresses_of_members_do_not_name_blog():
    # What import-linter cannot see: a template tag, an address, a reverse accessor by its string.
    naming = re.compile(r"""['"{ %]blog[:._/]""")

    named = [
        name
        for name, text in texts()
        if name.startswith(('members/', 'templates/members/')) and naming.search(text)
    ]

    assert named == []


def test_templates_carry_no_style_no_script_and_no_unsafe_text():
    unsafe = re.compile(
        r'\sstyle=|\son[a-z]+=["\']|<style\b|<script(?![^>]*\b(?:src=|type="application/(?:ld\+)?json"))|\|\s*safe\b'
    )

    found = [name for name, text in texts() if name.startswith('templates/') and unsafe.search(text)]

    assert found == []


def test_templates_write_no_address_of_ours_by_hand():
    # What is shown when nothing can be asked any more, not even how an address is made.
    alone = {'_away.html'}
    wrong = [
        f'{path}: {found[0]}'
        for path in (ROOT / 'templates').rglob('*.html')
        if path.name not in alone
        for found in re.finditer(
            r'(href|src|action|formaction)="(\{\{ site(_url)? \}\})?/\w[^"]*"', path.read_text()
        )
    ]
    assert wrong == []


# Templates that ask what something is called, and whose word it is.
ASKING = {
    'templates/_field.html': 'Django names the kind of a field',
    'templates/_messages.html': 'Django names the level of a message',
    'templates/allauth/elements/badge.html': 'allauth tags its elements',
    'templates/allauth/elements/button.html': 'allauth tags its elements',
    'templates/allauth/elements/field.html': 'allauth names the kind of a field',
    'templates/allauth/elements/form.html': 'allauth tags its elements',
    'templates/allauth/elements/img.html': 'allauth tags its elements',
    'templates/allauth/elements/td.html': 'allauth names an alignment',
    'templates/django/forms/label.html': 'Django marks what is required with a class',
    'templates/mfa/index.html': 'allauth names the kinds of a second factor',
}
# A date that says what became of a post is shown; whether it has one is asked of the post.
DATES_OF_POSTS = re.compile(r'\b(?:published_at|archived_at|taken_down_at|announced_at)\b')


def test_templates_compare_nothing_with_a_word():
    """What a state, a kind or an audience means is a named property of what is shown."""
    tests = re.compile(r'\{%-?\s*(?:el)?if\b([^%]*)%\}')
    words = re.compile(r"""(?:==|!=|\bin)\s*['"]|['"]\s*(?:==|!=|\bin\b)""")

    asking = {
        name
        for name, text in texts()
        if name.startswith('templates/') and any(words.search(test) for test in tests.findall(text))
    }

    assert asking == set(ASKING)


def test_templates_ask_a_post_and_not_its_dates_what_became_of_it():
    tests = re.compile(r'\{%-?\s*(?:el)?if\b([^%]*)%\}')

    asking = [
        (name, test.strip())
        for name, text in texts()
        if name.startswith('templates/')
        for test in tests.findall(text)
        if DATES_OF_POSTS.search(test) and re.search(r'\b(?:and|or|not)\b', test)
    ]

    assert asking == []


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command('makemigrations', check=True, dry_run=True, verbosity=0)
