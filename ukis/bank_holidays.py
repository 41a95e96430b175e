"""The bank holidays of the four nations: by a kept list, which has those of every country.

It takes 18 MB of whatever process reads it, for some hundred days that are wanted; so a child reads it, once for all
years that anybody is likely to ask for. This file is what the child runs, and imports nothing of ours.
"""

import json
import subprocess
import sys
from contextlib import suppress
from datetime import date
from functools import cache

NATIONS = ('ENG', 'SCT', 'WLS', 'NIR')
YEARS = range(2000, 2076)
PATIENCE = 30  # seconds


def named(nation: str, day: date) -> str:
    """What it is called there, or nothing."""
    if day.year in YEARS and (known := _known()):
        return known[nation].get(day.isoformat(), '')
    return _read(nation, day.year).get(day.isoformat(), '')


@cache
def _known() -> dict[str, dict[str, str]]:
    """Nothing where no child can be had: each year is read here then."""
    with suppress(OSError, ValueError, subprocess.SubprocessError):
        # Not from the folder in which this file stands: modules there have names of the library's.
        said = subprocess.run(
            [sys.executable, '-P', __file__], capture_output=True, timeout=PATIENCE, check=True
        )
        return json.loads(said.stdout)
    return {}


@cache
def _read(nation: str, *years: int) -> dict[str, str]:
    import holidays

    found = holidays.country_holidays('GB', subdiv=nation, years=years)
    return {day.isoformat(): name for day, name in sorted(found.items())}


if __name__ == '__main__':
    json.dump({nation: _read(nation, *YEARS) for nation in NATIONS}, sys.stdout)
