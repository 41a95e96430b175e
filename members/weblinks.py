"""Further links of an organisation, one a line: what it is, then its address."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

MOST, LONGEST = 6, 80
EXAMPLE = '“Our reports https://www.institute.example/reports”'
HELP = f'One a line, {MOST} at most: what it is, then its address, as in {EXAMPLE}.'
_address = URLValidator(schemes=['http', 'https'])


@dataclass(frozen=True)
class WebLink:
    words: str
    address: str


def tidy(text: str) -> str:
    """Browsers end lines otherwise than files do, and people leave some empty."""
    return '\n'.join(' '.join(line.split()) for line in text.splitlines() if line.strip())


def read(text: str) -> list[WebLink]:
    """Of a text that `check` has been over."""
    parted = (line.rpartition(' ') for line in text.splitlines())
    return [WebLink(words, address) for words, _, address in parted if words]


def check(text: str) -> None:
    lines = tidy(text).splitlines()
    wrong = [why for number, line in enumerate(lines, start=1) if (why := _why_not(number, line))]
    if len(lines) > MOST:
        wrong.append(f'These are {len(lines)} links, and at most {MOST} are shown. Take some out.')
    addresses = [line.rpartition(' ')[2] for line in lines]
    twice = sorted({address for address in addresses if addresses.count(address) > 1})
    wrong += [f'{address} stands there twice. Take one of them out.' for address in twice]
    if wrong:
        raise ValidationError(wrong)


def _why_not(number: int, line: str) -> str:
    words, _, address = line.rpartition(' ')
    try:
        _address(address)
    except ValidationError:
        return f'Line {number} does not end in a web address. Write what it is, then its address, as in {EXAMPLE}.'
    if not words:
        return f'Line {number} is an address alone. Write before it, in a word or two, where it leads.'
    if len(words) > LONGEST:
        return f'The words of line {number} have {len(words)} characters. Write {LONGEST} at most.'
    return ''
