"""A browser as its owner would call it, for the list of places where one is signed in."""

import re

from django import template

register = template.Library()

# The first that fits: most call themselves by others' names as well, so the rarer name stands before the more common.
BROWSERS = (
    (r'\bEdg(?:e|A|iOS)?/\d', 'Edge'),
    (r'\b(?:OPR|OPT|Opera)/\d', 'Opera'),
    (r'\bSamsungBrowser/\d', 'Samsung Internet'),
    (r'\b(?:Firefox|FxiOS)/\d', 'Firefox'),
    (r'\b(?:Headless)?(?:Chrome|Chromium|CriOS)/\d', 'Chrome'),
    (r'\bVersion/\d.*\bSafari/\d', 'Safari'),
)
SYSTEMS = (
    (r'\biPad\b', 'an iPad'),
    (r'\biPhone\b', 'an iPhone'),
    (r'\bAndroid\b', 'Android'),
    (r'\bWindows\b', 'Windows'),
    (r'\bCrOS\b', 'a Chromebook'),
    (r'\bMacintosh\b', 'a Mac'),
    (r'\bLinux\b', 'Linux'),
)


@register.filter
def browser(user_agent: str) -> str:
    """'Firefox on Windows'. What it does not know it says, and never shows what a program calls itself."""
    name = _first(BROWSERS, user_agent) or 'An unknown browser'
    system = _first(SYSTEMS, user_agent)
    return f'{name} on {system}' if system else name


def _first(known: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for pattern, name in known if re.search(pattern, text)), '')
