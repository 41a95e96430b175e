"""Where a link may lead."""

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit, urlunsplit

import idna

from .footnotes import note_id

MAX_LENGTH = 2000

_LOCAL_PART = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+")
_NAMED = re.compile(r'[^<>]*<([^<>]+)>')  # Jane Doe <jane@work.example>
_TELEPHONE = re.compile(r'\+?[0-9*#][0-9*#().-]*(?:;ext=[0-9]{1,10})?')
_BAD_PERCENT = re.compile(r'%(?![0-9A-Fa-f]{2})')
_CONTROLS = re.compile(r'[\x00-\x20\x7f]+')
# A host without a scheme before it: the last of its parts is letters and no kind of file.
_HOST = re.compile(r'(?:[\w-]+\.)+(?:xn--[a-z0-9-]+|[^\W\d_]{2,})\.?', re.IGNORECASE)
_FILES = frozenset(re.findall(
    r'\w+',
    'asp aspx avi avif bmp cgi css csv doc docm docx dotx eml epub exe gif gz heic htm html ics indd jpeg jpg js '
    'json jsp log md mht mov mp3 mp4 msg odp ods odt pages pdf php png ppt pptx ps psd rar rtf svg swf tar tex tif '
    'tiff tmp txt vcf wav webm webp xhtml xls xlsm xlsx xml zip',
))  # fmt: skip


def safe_href(raw: str) -> str:
    """The address as a page may hold it, or '' where the link must go."""
    address = raw.strip()
    if address.startswith('#'):
        note = note_id(address[1:])
        return f'#{note}' if note else ''
    if not address or len(address) > MAX_LENGTH or '\\' in address.split('?')[0]:
        return ''
    try:
        return _checked(_CONTROLS.sub(lambda gap: '%20' * (set(gap[0]) == {' '}), address))
    except (ValueError, UnicodeError):
        return ''


def is_outside(href: str) -> bool:
    return href.startswith(('http://', 'https://'))


def _checked(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme in ('http', 'https'):
        return _web(*parts)
    if parts.scheme == 'mailto':
        return _letter(parts.path, parts.query)
    if parts.scheme == 'tel':
        number = unquote(address[4:]).replace(' ', '').replace('\u00a0', '')
        return f'tel:{number}' if _TELEPHONE.fullmatch(number) else ''
    if not parts.scheme and not parts.netloc and address.startswith('/') and not address.startswith('//'):
        return urlunsplit(('', '', _quoted(parts.path), _quoted(parts.query), _quoted(parts.fragment)))
    return _without_scheme(address)


def _without_scheme(address: str) -> str:
    """Word and people leave it away: example.org/report, example.org:8080, jane@example.org."""
    host, *rest = re.split(r'(?=[/?#:])', address, maxsplit=1)
    if _HOST.fullmatch(host) and host.rstrip('.').rpartition('.')[2].lower() not in _FILES:
        return _web(*urlsplit(f'https://{address}'))
    if '@' in host and not rest:
        return _letter(address, '')
    return ''


def _web(scheme: str, netloc: str, path: str, query: str, fragment: str) -> str:
    parts = urlsplit(f'{scheme}://{netloc}')
    host = (parts.hostname or '').rstrip('.')
    if parts.username is not None or not host or parts.port == 0:
        return ''
    if not host.startswith(('[', ':')) and ':' not in host:
        host = _ascii(host)
        if not host:
            return ''
    else:
        host = f'[{host}]'
    if inner := _unwrapped(host, path, query):
        return safe_href(inner)
    port = f':{parts.port}' if parts.port and parts.port != {'http': 80, 'https': 443}[scheme] else ''
    return urlunsplit((scheme, host + port, _quoted(path), _quoted(query), _quoted(fragment)))


def _ascii(host: str) -> str:
    """A host's name as the net knows it, by IDNA 2008: straße is not strasse. '' where it is none."""
    if not host.isascii():
        return idna.encode(host, uts46=True).decode()
    host = host.lower()
    return host if re.fullmatch(r'[a-z0-9_-]+(\.[a-z0-9_-]+)*', host) else ''


def _letter(to: str, query: str) -> str:
    """One addressee or several; one that nobody could write to makes it no link."""
    addressees = [_addressee(one) for one in re.split('[,;]', unquote(to)) if one.strip()]
    if not addressees or not all(addressees):
        return ''
    return f'mailto:{",".join(addressees)}{f"?{_quoted(query)}" if query else ""}'


def _addressee(written: str) -> str:
    named = _NAMED.fullmatch(written.strip())
    local, at, domain = (named[1] if named else written).strip().rpartition('@')
    host = _ascii(domain.lower()) if at and '.' in domain.strip('.') else ''
    return (
        f'{quote(local, safe="!#$&'*+/=^_`{|}~.-")}@{host}' if host and _LOCAL_PART.fullmatch(local) else ''
    )


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
