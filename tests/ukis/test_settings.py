"""What the environment makes of the settings, read by a process of its own."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings


def read(name: str, tmp_path, **environ: str):
    program = f'import json; from ukis import settings; print(json.dumps(settings.{name}))'
    clean = {key: value for key, value in os.environ.items() if key not in ('SITE_URL', 'ALLOWED_HOSTS')}
    done = subprocess.run(
        [sys.executable, '-c', program],
        cwd=settings.BASE_DIR,
        env={**clean, 'DATA_DIR': str(tmp_path), **environ},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ('environ', 'hosts'),
    [
        ({}, ['localhost', '127.0.0.1', '[::1]']),
        ({'SITE_URL': 'https://www.society.example'}, ['www.society.example']),
        (
            {'SITE_URL': 'https://www.society.example', 'ALLOWED_HOSTS': 'society.example'},
            ['www.society.example', 'society.example'],
        ),
    ],
)
def test_localhost_is_answered_only_where_the_site_has_no_address(tmp_path, environ, hosts):
    assert read('ALLOWED_HOSTS', tmp_path, **environ) == hosts


def test_the_keys_of_before_are_taken_from_the_environment(tmp_path):
    given = read(
        'SECRET_KEY_FALLBACKS', tmp_path, SECRET_KEY='new', SECRET_KEY_FALLBACKS='before,long before'
    )

    assert given == ['before', 'long before']
    assert read('SECRET_KEY_FALLBACKS', tmp_path, SECRET_KEY='new') == []


def test_a_cache_elsewhere_falls_back_to_memory(tmp_path):
    cache = read('CACHES', tmp_path, CACHE_URL='redis://127.0.0.1:6399/6')['default']

    assert cache['BACKEND'] == 'ukis.cache.RedisOrMemory'


def test_what_is_set_to_nothing_is_as_if_it_were_not_set(tmp_path):
    read_both = {'EMAIL_URL': '', 'CACHE_URL': ''}

    assert read('MAILERS', tmp_path, **read_both)['default']['BACKEND'].endswith('console.EmailBackend')
    assert read('CACHES', tmp_path, **read_both)['default']['BACKEND'].endswith('LocMemCache')


def test_a_setting_that_is_not_understood_is_told_in_a_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, 'manage.py', 'check'],
        cwd=settings.BASE_DIR,
        env={**os.environ, 'DATA_DIR': str(tmp_path), 'EMAIL_URL': 'pop://mail.society.example'},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (
        1,
        "EMAIL_URL starts with 'pop'; use smtp, smtp+tls, smtps, console or memory.\n",
    )


def test_postgresql_translates_no_question_into_machine_code(tmp_path):
    given = read('DATABASES', tmp_path, DATABASE_URL='postgres://somebody@127.0.0.1/society')

    assert '-c jit=off' in given['default']['OPTIONS']['options']
