"""What changed between two versions of a submission; how words are compared is `ukis.differences`."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from blog.models import Version
from ukis.differences import IS_SHORT, Part, compared
from ukis.differences.stepping import numbered

LABELS = {
    'title': 'title',
    'standfirst': 'standfirst',
    'body': 'text',
    'references': 'references',
    'lead': 'lead picture',
    'tags': 'tags',
    'language': 'language',
    'byline': 'byline and biographies',
}


@dataclass(frozen=True)
class Differences:
    """Each part with its changes marked; `changed` names the parts that have any, as a reader calls them."""

    title: SafeString
    standfirst: SafeString
    body: SafeString
    references: SafeString
    lead: SafeString
    tags: SafeString
    language: SafeString
    byline: SafeString
    changed: list[str]
    # Not all of it was compared: what was left counts as replaced.
    is_short: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.changed

    @property
    def lead_changed(self) -> bool:
        return LABELS['lead'] in self.changed

    @property
    def notice(self) -> str:
        return IS_SHORT if self.is_short else ''


def between(old: Version | None, new: Version) -> Differences:
    """Everything that differs; with no `old` all of `new` counts as unchanged."""
    old = old or new
    before, after = _parts(old, new), _parts(new, old)
    marked, is_short = compared(before, after)
    return Differences(
        **marked,
        changed=[LABELS[name] for name in after if before[name] != after[name]],
        is_short=is_short,
    )


def in_lines(old: Version, new: Version, *, most: int) -> list[str]:
    """Each change in plain words, for where nothing can be marked; the last line says how many more there are."""
    found = between(old, new)
    _, changes = numbered({name: (label, getattr(found, name)) for name, label in LABELS.items()})
    lines = [f'{one.what}: {" → ".join(f"“{said}”" for said in one.excerpts)}' for one in changes[:most]]
    more = len(changes) - most
    return [*lines, f'… and {more} more change{"" if more == 1 else "s"}'] if more > 0 else lines


def _picture(what: str, key: int | None, *, same: bool) -> str:
    """By its number where another stands in its place, so that it is seen to be another."""
    if not key:
        return f'No {what.lower()}'
    return what if same else f'{what} no. {key}'


def _parts(version: Version, other: Version) -> dict[str, Part]:
    key = version.lead_picture_id
    lead = [_picture('Picture', key, same=key == other.lead_picture_id)]
    lead += ['decorative'] if version.lead_decorative else [version.lead_alt]
    lead += [version.lead_caption, version.lead_credit]
    there = {(one.name, one.picture) for one in other.printed_names}
    byline = [
        ', '.join(filter(None, (one.name, one.role, one.affiliation)))
        + (f'\n{one.biography}' if one.biography else '')
        + f'\n{_picture("Portrait", one.picture, same=(one.name, one.picture) in there)}'
        for one in version.printed_names
    ]
    return {
        'title': (version.title, False),
        'standfirst': (version.standfirst, False),
        'body': (version.body, True),
        'references': (version.references, True),
        'lead': (' · '.join(filter(None, lead)), False),
        'tags': (', '.join(version.tag_words), False),
        'language': (version.get_language_display(), False),
        'byline': ('\n\n'.join(byline), False),
    }
