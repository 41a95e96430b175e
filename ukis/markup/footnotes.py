"""Footnotes: their names, whoever gave them, and the links there and back."""

import re

_NOTE = re.compile(r'fn(ref)?-[a-z0-9][a-z0-9-]{0,30}')
_WORD = re.compile(r'_(ftn|edn)(ref)?(\d{1,4})')
_GOOGLE = re.compile(r'ftnt(_ref)?(\d{1,4})')
_LIBRE_OFFICE = re.compile(r'sd(foot|end)note(\d{1,4})(anc|sym)')
_COLON = re.compile(r'fn(ref)?:(\w{1,20})')
_PLAIN = re.compile(r'fn(ref)?(\d{1,4})')  # pandoc's

# Written HTML is written by `writing` alone, so it may be read by pattern here.
_ID = re.compile(r' id="fn(?:ref)?-([a-z0-9-]+)"')
_NAMED = re.compile(r'( id="| href="#)fn(ref)?-([a-z0-9-]+)"')


def note_id(name: str) -> str:
    """The id of a footnote ('fn-1') or of what refers to it ('fnref-1'); '' for another name.

    Endnotes, which Word and LibreOffice count by themselves, are 'fn-e1' and 'fnref-e1'.
    """
    name = name.strip()
    if found := _WORD.fullmatch(name):
        return _id(bool(found[2]), found[1] == 'edn', found[3])
    if found := _LIBRE_OFFICE.fullmatch(name):
        return _id(found[3] == 'anc', found[1] == 'end', found[2])
    if found := _GOOGLE.fullmatch(name) or _PLAIN.fullmatch(name):
        return _id(bool(found[1]), False, found[2])
    if found := _COLON.fullmatch(name):
        name = f'fn{found[1] or ""}-{found[2].lower().replace("_", "-")}'
    return name if _NOTE.fullmatch(name) else ''


def _id(back: bool, endnote: bool, number: str) -> str:
    return f'fn{"ref" if back else ""}-{"e" if endnote else ""}{int(number)}'


def renamed(written: str, taken: set[str]) -> str:
    """Written HTML whose notes have other names than those `taken`, so that both keep their ways there and back."""
    mine = set(_ID.findall(written))
    theirs = {name.removeprefix('fn').removeprefix('ref').removeprefix('-') for name in taken}
    fresh: dict[str, str] = {}
    for name in sorted(mine & theirs):
        if {f'fn-{name}', f'fnref-{name}'} & taken:
            number = 2
            while (other := f'{name[:24]}-{number}') in mine | theirs | set(fresh.values()):
                number += 1
            fresh[name] = other
    return _NAMED.sub(lambda one: f'{one[1]}fn{one[2] or ""}-{fresh.get(one[3], one[3])}"', written)
