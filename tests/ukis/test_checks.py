"""What an installation's environment must not say."""

import pytest

from ukis import checks
from ukis.letters import smtp

MEMORY = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}
REDIS = {'default': {'BACKEND': 'ukis.cache.RedisOrMemory', 'LOCATION': 'redis://127.0.0.1:6379/0'}}


@pytest.mark.parametrize(
    ('processes', 'caches', 'found'), [(1, MEMORY, []), (2, MEMORY, ['ukis.E001']), (2, REDIS, [])]
)
def test_several_processes_share_a_cache(settings, processes, caches, found):
    settings.WEB_CONCURRENCY = processes
    settings.CACHES = caches
    assert [one.id for one in checks.counted_together(None)] == found


def test_letters_go_somewhere_come_from_somebody_and_lead_back(settings):
    settings.MAILERS = {'default': {'BACKEND': 'django.core.mail.backends.console.EmailBackend'}}
    settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = 'The Society <no-reply@localhost>', ''
    assert [one.id for one in checks.letters_arrive(None)] == ['ukis.W001', 'ukis.W002', 'ukis.W003']
    settings.MAILERS = {'default': {'BACKEND': f'{smtp.__name__}.EmailBackend'}}
    settings.DEFAULT_FROM_EMAIL = 'The Society <letters@society.example>'
    settings.SITE_URL = 'https://society.example'
    assert checks.letters_arrive(None) == []
