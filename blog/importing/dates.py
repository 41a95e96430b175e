"""Dates and lines of text as exports and feeds write them."""

import html
import re
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

from django.utils.dateparse import parse_datetime

__all__ = ['UTC', 'of_address', 'of_database', 'of_feed', 'of_letter', 'plain']

_TAG = re.compile(r'</?[a-zA-Z][^<>]*>')
_NO_YEAR = re.compile(r'(?:^|\s)-?0\d{3}\b')  # as WordPress writes it of drafts: 30 Nov -0001
_IN_ADDRESS = re.compile(r'/((?:19|20)\d\d)/(\d\d?)(?:/(\d\d?))?/')


def of_database(text: str, zone: tzinfo) -> datetime | None:
    """'2019-03-25 09:00:00'. A clock that shows an hour twice, or never, is read as the first, or the later one."""
    if text.startswith('0000') or not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _possible(found if found.tzinfo else found.replace(tzinfo=zone))


def of_letter(text: str) -> datetime | None:
    """'Mon, 25 Mar 2019 09:00:00 +0000'."""
    if not text or _NO_YEAR.search(text.partition(':')[0]):
        return None
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return _possible(found if found.tzinfo else found.replace(tzinfo=UTC))


def of_feed(text: str, zone: tzinfo) -> datetime | None:
    """'2019-03-25T09:00:00Z', or whatever a feed writes instead."""
    try:
        found = parse_datetime(text.strip())
    except ValueError:
        found = None
    if found is None:
        return of_database(text.strip(), zone) or of_letter(text)
    return _possible(found if found.tzinfo else found.replace(tzinfo=zone))


def of_address(address: str, zone: tzinfo) -> datetime | None:
    """From '/2019/03/25/a-title/'; at noon."""
    found = _IN_ADDRESS.search(f'{address}/')
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    try:
        return datetime(year, month, day, 12, tzinfo=zone)
    except ValueError:
        return None


def _possible(moment: datetime | None) -> datetime | None:
    """What no blog can have had is none."""
    if moment is None or not 1980 <= moment.year <= 2200:
        return None
    return moment.astimezone(UTC)


def plain(text: str) -> str:
    """One line of words, of what may hold tags and characters written as entities."""
    return ' '.join(html.unescape(_TAG.sub('', text)).split())
