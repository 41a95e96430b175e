"""By what letters leave: what EMAIL_URL says, as Django's setting wants it. Read before there are any settings."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def mailer(url: str, timeout: int) -> dict:
    """`console:`, `memory:`, `smtp://user:password@host:port`, `smtp+tls://…` (STARTTLS), `smtps://…`."""
    parts = urlsplit(url)
    if parts.scheme in ('console', 'consolemail'):
        return {'BACKEND': 'django.core.mail.backends.console.EmailBackend'}
    if parts.scheme == 'memory':
        return {'BACKEND': 'django.core.mail.backends.locmem.EmailBackend'}
    if parts.scheme not in ('smtp', 'smtp+tls', 'smtps'):
        raise ImproperlyConfigured(
            f'EMAIL_URL starts with {parts.scheme!r}; use smtp, smtp+tls, smtps, console or memory.'
        )
    return {
        'BACKEND': 'ukis.letters.smtp.EmailBackend',
        'OPTIONS': {
            'host': parts.hostname or 'localhost',
            'port': parts.port or {'smtp': 25, 'smtp+tls': 587, 'smtps': 465}[parts.scheme],
            'username': unquote(parts.username or ''),
            'password': unquote(parts.password or ''),
            'use_tls': parts.scheme == 'smtp+tls',
            'use_ssl': parts.scheme == 'smtps',
            'timeout': timeout,
        },
    }
