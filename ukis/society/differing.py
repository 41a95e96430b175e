"""What differs between two versions of a page, compared as the versions of a blog are."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from ukis import markup
from ukis.differences import IS_SHORT, Part, compared
from ukis.differences.stepping import NumberedChange, numbered
from ukis.society.versions import PageVersion

LABELS = {'title': 'title', 'body': 'text', 'language': 'language'}


@dataclass(frozen=True)
class MarkedPage:
    """The words with every change marked and numbered; `notice` where not all of it was compared."""

    title: SafeString
    body: SafeString
    language: SafeString
    changes: list[NumberedChange]
    changed: list[str]
    notice: str


def between(old: PageVersion, new: PageVersion) -> MarkedPage:
    before, after = _parts(old), _parts(new)
    found = compared(before, after)
    shown = {**found.parts, 'body': markup.render(found.parts['body'], from_level=3)}
    shown, changes = numbered({name: (LABELS[name], shown[name]) for name in LABELS})
    changed = [LABELS[name] for name in LABELS if before[name] != after[name]]
    return MarkedPage(**shown, changes=changes, changed=changed, notice=IS_SHORT if found.is_short else '')


def _parts(version: PageVersion) -> dict[str, Part]:
    return {
        'title': (version.title, False),
        'body': (version.body, True),
        'language': (version.get_language_display(), False),
    }
