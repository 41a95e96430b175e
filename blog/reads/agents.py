"""Whether a request is somebody who reads, going by what it asks for and by who says that they ask."""

import importlib.util
import json
import re
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from blog.models.reads import FOR_A_CHAT, HERE, LONGEST_SITE, NOT_SAID

type Environ = dict[str, Any]

# A browser that fetches a page before anybody wishes to see it says so, whatever it says there. What asks for a part
# of a page is no browser either.
NOBODY_YET = ('HTTP_SEC_PURPOSE', 'HTTP_PURPOSE', 'HTTP_X_PURPOSE', 'HTTP_X_MOZ', 'HTTP_RANGE')
# Fetch a page because somebody asked them something just now.
CHATS = (
    *(
        'ChatGPT-User',
        'Claude-User',
        'Perplexity-User',
        'MistralAI-User',
        'DuckAssistBot',
        'Gemini-Deep-Research',
    ),
    *('Google-NotebookLM', 'Copilot-User', 'kagi-fetcher', 'meta-externalfetcher'),
)
LONGEST = 400  # of what a program calls itself, and of where it came from, as far as it is looked at
TOGETHER = 25  # names of programs that are looked for at once
_HOST = re.compile(
    r'https?://(?:[^/?#@]*@)?([a-z0-9.-]{4,253})(?::\d{1,5})?(?:[/?#]|\Z)', re.ASCII | re.IGNORECASE
)
_NAME = re.compile(r'(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])', re.ASCII)


def comes_from(environ: Environ) -> str | None:
    """The site that led there, or what stands in its place; None where nobody reads."""
    for name in NOBODY_YET:
        if name in environ:
            return None
    kind = kind_of(environ.get('HTTP_USER_AGENT', '')[:LONGEST])
    if kind is AgentKind.CHAT:
        return FOR_A_CHAT
    if kind is AgentKind.ROBOT:
        return None
    # Every browser says in which languages it would like a page; programs that fetch one seldom do.
    if 'text/html' not in environ.get('HTTP_ACCEPT', '') or not environ.get('HTTP_ACCEPT_LANGUAGE'):
        return None
    if environ.get('HTTP_SEC_FETCH_DEST', 'document') != 'document':
        return None
    return site_of(environ.get('HTTP_REFERER', ''), environ.get('HTTP_HOST', ''))


def site_of(referer: str, here: str) -> str:
    """The name of the site alone. What is no name of one, as an address in numbers, is not said."""
    if not referer:
        return NOT_SAID
    found = _HOST.match(referer[:LONGEST])
    name = _plain(found.group(1)) if found else ''
    if name and name == _plain(here.partition(':')[0]):
        return HERE
    return name if len(name) <= LONGEST_SITE and _NAME.fullmatch(name) else NOT_SAID


def _plain(host: str) -> str:
    return host.lower().rstrip('.').removeprefix('www.')


class AgentKind(Enum):
    BROWSER, CHAT, ROBOT = range(3)


@lru_cache(maxsize=500)
def kind_of(agent: str) -> AgentKind:
    """Robots are those of the list kept by the package `crawler-user-agents`; whoever says nothing of themselves is one
    too."""
    if any(chat in agent for chat in CHATS):
        return AgentKind.CHAT
    is_robot = not agent or any(some.search(agent) for some in _robots())
    return AgentKind.ROBOT if is_robot else AgentKind.BROWSER


@cache
def _robots() -> list[re.Pattern[str]]:
    """Read beside the package, which would hold every example of every robot in memory."""
    package = importlib.util.find_spec('crawleruseragents')
    assert package is not None, 'it is among the requirements'
    assert package.origin is not None
    rows = json.loads((Path(package.origin).parent / 'crawler-user-agents.json').read_text(encoding='utf-8'))
    patterns = [row['pattern'] for row in rows]
    return [re.compile('|'.join(patterns[n : n + TOGETHER])) for n in range(0, len(patterns), TOGETHER)]
