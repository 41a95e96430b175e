"""Where a link may lead."""

import re
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

MAX_LENGTH = 2000

_NOTE = re.compile(r'fn(ref)?-[a-z0-9][a-z0-9-]{0,30}')
_WORD_NOTE = re.compile(r'_(ftn|edn)(ref)?(\d{1,4})')
_GOOGLE_NOTE = re.compile(r'ftnt(_ref)?(\d{1,4})')
_COLON_NOTE = re.compile(r'fn(ref)?:(\w{1,20})')
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_BAD_PERCENT = re.compile(r'%(?![0-9A-Fa-f]{2})')
_CONTROLS = re.compile(r'[\x00-\x20\x7f]+')


def note_id(name: str) -> str:
    """The id of a footnote or of what refers to it, from the names Word and others give; '' for another."""
    name = name.strip()
    if found := _WORD_NOTE.fullmatch(name):
        kind, back, number = found.groups()
        return f'fn{back or ""}-{"e" if kind == "edn" else ""}{int(number)}'
    if found := _GOOGLE_NOTE.fullmatch(name):
        return f'fn{"ref" if found[1] else ""}-{int(found[2])}'
    if found := _COLON_NOTE.fullmatch(name):
        name = f'fn{found[1] or ""}-{found[2].lower().replace("_", "-")}'
    return name if _NOTE.fullmatch(name) else ''


def safe_href(raw: str) -> str:
    """The address as a page may hold it, or '' where the link must go."""
    address = raw.strip()
    if address.startswith('#'):
        note = note_id(address[1:])
        return f'#{note}' if note else ''
    if not address or len(address) > MAX_LENGTH or '\\' in address.split('?')[0]:
        return ''
    if re.match(r'www\.[^\s/]+\.', address, re.IGNORECASE):
        address = f'https://{address}'
    try:
        return _checked(address)
    except (ValueError, UnicodeError):
        return ''


def is_outside(href: str) -> bool:
    return href.startswith(('http://', 'https://'))


def _checked(address: str) -> str:
    parts = urlsplit(_CONTROLS.sub(lambda gap: '%20' * (set(gap[0]) == {' '}), address))
    if parts.scheme in ('http', 'https'):
        return _web(*parts)
    if parts.scheme == 'mailto':
        address = parts.path.replace('%20', '')
        query = f'?{_quoted(parts.query)}' if parts.query else ''
        return f'mailto:{address}{query}' if _ADDRESS.fullmatch(address) else ''
    if (
        not parts.scheme
        and not parts.netloc
        and parts.path.startswith('/')
        and not parts.path.startswith('//')
    ):
        return urlunsplit(('', '', _quoted(parts.path), _quoted(parts.query), _quoted(parts.fragment)))
    return ''


def _web(scheme: str, netloc: str, path: str, query: str, fragment: str) -> str:
    parts = urlsplit(f'{scheme}://{netloc}')
    host = (parts.hostname or '').rstrip('.')
    if parts.username is not None or not host or parts.port == 0:
        return ''
    if not host.startswith(('[', ':')) and ':' not in host:
        host = host.encode('idna').decode('ascii')
        if not re.fullmatch(r'[a-z0-9_-]+(\.[a-z0-9_-]+)*', host):
            return ''
    else:
        host = f'[{host}]'
    if inner := _unwrapped(host, path, query):
        return safe_href(inner)
    port = f':{parts.port}' if parts.port and parts.port != {'http': 80, 'https': 443}[scheme] else ''
    return urlunsplit((scheme, host + port, _quoted(path), _quoted(query), _quoted(fragment)))


def _quoted(part: str) -> str:
    return _BAD_PERCENT.sub('%25', quote(part, safe="/:@!$&'()*+,;=~?%-._"))


def _unwrapped(host: str, path: str, query: str) -> str:
    """The link inside another: Google's documents and Outlook's letters wrap every one."""
    google = host in ('www.google.com', 'www.google.co.uk') and path == '/url'
    if google or host.endswith('.safelinks.protection.outlook.com'):
        values = parse_qs(query)
        for name in ('q', 'url'):
            if values.get(name, [''])[0].startswith(('http://', 'https://')):
                return values[name][0]
    return ''
