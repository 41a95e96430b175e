"""What an installation's environment must not say."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Warned


@register(Tags.caches)
def counted_together(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    memory = settings.CACHES['default']['BACKEND'].endswith('LocMemCache')
    if settings.WEB_CONCURRENCY < 2 or not memory:
        return []
    return [
        Error(
            f'WEB_CONCURRENCY asks for {settings.WEB_CONCURRENCY} processes, and each would count the limits on '
            'signing in, searching and sending for itself.',
            hint='Let CACHE_URL name a Redis or Valkey (redis://127.0.0.1:6379/0), or leave WEB_CONCURRENCY out.',
            id='ukis.E001',
        )
    ]


@register(Tags.security, deploy=True)
def letters_arrive(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if 'console' in settings.MAILERS['default']['BACKEND']:
        found.append(
            Warned(
                'Letters and sign-in codes are printed to the log and reach nobody.',
                hint='Let EMAIL_URL name your mail server.',
                id='ukis.W001',
            )
        )
    if settings.DEFAULT_FROM_EMAIL.rstrip('>').endswith('@localhost'):
        found.append(
            Warned('Letters come from an address that nobody has.', hint='Set MAIL_FROM.', id='ukis.W002')
        )
    if bool(settings.BOUNCES_TO) != bool(settings.BOUNCES_URL):
        found.append(
            Warned(
                'Letters that come back are not heard of.',
                hint='Set both BOUNCES_TO and BOUNCES_URL, or neither.',
                id='ukis.W004',
            )
        )
    if bool(settings.ANSWERS_TO) != bool(settings.ANSWERS_URL):
        found.append(
            Warned(
                'Answers by email are not taken in, or nobody is told where to send them.',
                hint='Set both ANSWERS_TO and ANSWERS_URL, or neither.',
                id='ukis.W005',
            )
        )
    if len(settings.ANSWERS_TO.rpartition('@')[0]) > 31:
        found.append(
            Warned(
                'Addresses made of ANSWERS_TO are longer than mail servers take.',
                hint='Let at most 31 letters stand before the @ of ANSWERS_TO.',
                id='ukis.W006',
            )
        )
    if not settings.SITE_URL:
        found.append(
            Warned(
                'Letters link to localhost, and cookies travel without encryption.',
                hint='Let SITE_URL be the address people type, with https.',
                id='ukis.W003',
            )
        )
    return found
