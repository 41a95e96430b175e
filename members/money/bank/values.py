"""Days and amounts as banks write them."""

import re
from datetime import date, datetime
from decimal import Decimal

ORDERS = ('dmy', 'mdy', 'ymd')
_NUMBERS = re.compile(r'(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})')
_TIME = re.compile(r'[T ]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$')
_WORDS = ('%d %B %Y', '%d %b %Y', '%d %B %y', '%d %b %y', '%Y %b %d', '%b %d %Y', '%B %d %Y')
_ORDINAL = re.compile(r'(?<=\d)(st|nd|rd|th)\b', re.IGNORECASE)
_SIGN = re.compile(r'(?i)(?<![a-z])(cr|dr|credit|debit|c|d)\.?$')
# 1250 · 1,250.00 · 1 250.00 · 1.250,00 · .50
_PENCE = re.compile(r'(?P<pounds>\d{1,3}(?:[, \u00a0\u202f’\']\d{3})+|\d*)(?:\.(?P<pence>\d{1,2}))?')
_COMMA = re.compile(r'(?P<pounds>\d{1,3}(?:[. \u00a0\u202f]\d{3})+|\d+),(?P<pence>\d{1,2})')
MOST = Decimal('99999999.99')


def day_of(text: str, order: str) -> date | None:
    """None where it is none."""
    text = _TIME.sub('', text.strip())
    if re.fullmatch(r'\d{8}', text) and text.isascii():
        return _compact(text, order)
    if (found := _NUMBERS.fullmatch(text)) and text.isascii():
        return _of_numbers(found[1], found[2], found[3], order)
    words = ' '.join(_ORDINAL.sub('', text).replace('-', ' ').replace(',', ' ').replace('/', ' ').split())
    words = re.sub(r'(?i)\bsept\b', 'Sep', words)
    for form in _WORDS:
        try:
            return _within(datetime.strptime(words, form).date())  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def _compact(text: str, order: str) -> date | None:
    if order == 'ymd':
        return _of_numbers(text[:4], text[4:6], text[6:], order)
    return _of_numbers(text[:2], text[2:4], text[4:], order)


def _of_numbers(first: str, second: str, third: str, order: str) -> date | None:
    if len(first) == 4 or order == 'ymd':
        year, month, day = first, second, third
    elif order == 'mdy':
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    whole = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return _within(date(whole, int(month), int(day)))
    except ValueError:
        return None


def _within(day: date) -> date | None:
    return day if 1990 <= day.year <= 2999 else None


def guess_order(texts: list[str]) -> str:
    """As most of the days can be read; as people here write them where all can."""
    return max(
        ORDERS, key=lambda order: (sum(day_of(text, order) is not None for text in texts), order == 'dmy')
    )


def amount_of(text: str) -> Decimal | None:
    """Signed: less than nothing where money went out. None where it is none."""
    text = text.strip().replace('−', '-').replace('–', '-')
    sign = 1
    if found := _SIGN.search(text):
        sign = -1 if found[1].lower().startswith('d') else 1
        text = text[: found.start()].strip()
    text = re.sub(r'(?i)£|\bgbp\b', '', text).strip()
    if text.startswith('(') and text.endswith(')'):
        sign, text = -sign, text[1:-1].strip()
    for end in ('-', '+'):
        if text.endswith(end):
            text = end + text[:-1].strip()
    if text[:1] in ('-', '+'):
        sign *= -1 if text[0] == '-' else 1
        text = text[1:].strip()
    text = re.sub(r'£', '', text).strip()
    if not text.isascii() and not re.search('[\u00a0\u202f’]', text):
        return None
    found = _PENCE.fullmatch(text) or _COMMA.fullmatch(text)
    if found is None or not (found['pounds'] or found['pence']):
        return None
    pounds = re.sub(r'\D', '', found['pounds']) or '0'
    pence = (found['pence'] or '').ljust(2, '0')
    if len(pounds) > 12 or not (pounds + pence).isascii():
        return None
    return sign * Decimal(f'{pounds}.{pence}')


def is_money(text: str) -> bool:
    """Pounds and pence, or with its sign: a bare number may be anything."""
    return ('£' in text or bool(re.search(r'[.,]\d{2}\b', text))) and amount_of(text) is not None
