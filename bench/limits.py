"""What a page is compared with: the same bytes said by nobody but the web server, and Django with nothing to do.

Applications for gunicorn, which finds this file by itself: `limits:raw` and `limits:bare`. `BENCH_BODY` names a file,
the body of both; `BENCH_HEAD` has the headers that raw WSGI says, as JSON.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HEAD = [(name, value) for name, value in json.loads(os.environ.get('BENCH_HEAD', '[]'))]
BODY = Path(os.environ.get('BENCH_BODY', os.devnull)).read_bytes()

# What `startproject` sets up.
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
]


def raw(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    start('200 OK', HEAD.copy())
    return [BODY]


def bare(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    return _django()(environ, start)


_made: list[Any] = []


def _django() -> Any:
    """Made at the first request: settings of its own, so never in a process that has the site's."""
    if not _made:
        import django
        from django.conf import settings
        from django.http import HttpRequest, HttpResponse
        from django.urls import path

        def view(request: HttpRequest) -> HttpResponse:
            return HttpResponse(BODY)

        apps = ['auth', 'contenttypes', 'sessions', 'messages']
        settings.configure(
            SECRET_KEY='measured and thrown away',  # noqa: S106
            ALLOWED_HOSTS=['*'],
            ROOT_URLCONF=sys.modules[__name__],
            INSTALLED_APPS=[f'django.contrib.{app}' for app in apps],
            MIDDLEWARE=MIDDLEWARE,
        )
        globals()['urlpatterns'] = [path('', view)]
        django.setup()
        from django.core.handlers.wsgi import WSGIHandler

        _made.append(WSGIHandler())
    return _made[0]
