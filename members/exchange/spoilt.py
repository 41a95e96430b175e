"""What a spreadsheet makes of a cell when it opens and saves a file, told apart from what somebody wrote there."""

import re
import unicodedata

from anyascii import anyascii

_POWER = re.compile(r'[+-]?\d(?:[.,]\d+)?E[+-]\d{2,3}', re.IGNORECASE)
_NO_VALUE = re.compile(r'#(?:NAME\?|VALUE!|REF!|DIV/0!|N/A|NUM!|NULL!)|Err:\d{3}|#{3,}')
_DIGITS = re.compile(r'\+?\d+')
_ENOUGH = 15  # digits that a spreadsheet keeps of a number


def of_itself(text: str) -> str:
    """Why a cell can mean nothing, whatever stood there; or nothing."""
    if _POWER.fullmatch(text):
        return f'“{text}” is what a spreadsheet made of a long number. Write all of it, in a column formatted as text.'
    if _NO_VALUE.fullmatch(text):
        return f'“{text[:40]}” is what a spreadsheet shows for what it cannot. Write what is meant, or empty the cell.'
    return ''


def beside(text: str, stands: str, *, narrow: bool) -> str:
    """Why it is what a spreadsheet made of what stands, and no change; or nothing. `narrow`: the whole file has no
    letter that Windows has not."""
    if _DIGITS.fullmatch(stands) and text == _reckoned(stands):
        return f'“{text}” is what a spreadsheet made of “{stands[:40]}”. Write that again, or empty the cell.'
    sent = set(text.split())
    for word in stands.split() if narrow else ():
        if word not in sent and sent & {asked(word), alike(word)}:
            return (
                f'“{word[:40]}” has lost letters: the file was saved where there are none of them. Save it as “CSV '
                'UTF-8”, or empty the cell.'
            )
    return ''


def _reckoned(digits: str) -> str:
    """'007' is 7 to it, and '+44 29' without its blank a number."""
    plain = digits.lstrip('+').lstrip('0') or '0'
    return plain[:_ENOUGH] + '0' * (len(plain) - _ENOUGH)


def asked(text: str) -> str:
    """With '?' for what Windows has no letter for."""
    return ''.join(letter if _is_kept(letter) else '?' for letter in text)


def alike(text: str) -> str:
    """With the letter that looks most like it in its place, as Excel writes them."""
    return ''.join(letter if _is_kept(letter) else _plain(letter) for letter in text)


def _is_kept(letter: str) -> bool:
    try:
        letter.encode('cp1252')
    except UnicodeEncodeError:
        return False
    return True


def _plain(letter: str) -> str:
    first = unicodedata.normalize('NFD', letter)[0]
    return first if first.isascii() else anyascii(letter) or '?'
