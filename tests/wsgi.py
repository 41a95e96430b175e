"""Asked as a web server asks, without Django's test client: bytes and headers are those that would be sent."""

from io import BytesIO
from typing import Any, NamedTuple

BROWSER = 'gzip, deflate, br, zstd'


class Said(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(site: Any, address: str, method: str = 'GET', **environ: str) -> Said:
    """What it answers, but for the noise that is other each time. Header names in small letters."""
    path, _, query = address.partition('?')
    told: list[Any] = []
    given = {
        'REQUEST_METHOD': method,
        'PATH_INFO': path,
        'QUERY_STRING': query,
        'SERVER_NAME': 'localhost',
        'SERVER_PORT': '80',
        'SERVER_PROTOCOL': 'HTTP/1.1',
        'REMOTE_ADDR': '127.0.0.1',
        'HTTP_HOST': 'localhost',
        'HTTP_ACCEPT_ENCODING': BROWSER,
        'wsgi.url_scheme': 'http',
        'wsgi.input': BytesIO(),
    } | environ
    answer = site(given, lambda status, headers, _=None: told.extend((status, headers)))
    body = b''.join(answer)
    getattr(answer, 'close', bool)()
    status, headers = told
    names = [name.lower() for name, _ in headers]
    assert len(set(names) - {'set-cookie'}) == len(names) - names.count('set-cookie')
    return Said(int(status[:3]), {n.lower(): v for n, v in headers if n.lower() != 'x-noise'}, body)
