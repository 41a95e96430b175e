"""What a text is put under: series and tags as they were there, made where there are none of that name."""

from collections.abc import Iterable

from blog.importing.records import Former
from blog.models import Series
from ukis import addresses
from ukis.tags import finding, fold
from ukis.tags.models import Tag

LONGEST = 120  # of an address


def series_as_there(title: str, former: Former) -> Series | None:
    if not title:
        return None
    if known := Series.objects.filter(title=title).first():
        return known
    said = former.said.get('series', {}).get(title, {})
    series = Series(title=title, description=str(said.get('description', ''))[:2000])
    series.slug = _free(series, str(said.get('slug', '')))
    series.save()
    return series


def tags_as_there(names: Iterable[str], former: Former) -> None:
    """Those that are tags already keep what they say; an empty description is filled."""
    wanted = {fold(name): name for name in names}
    known = finding.known(wanted.values())
    for folded in sorted(wanted):
        name, tag = wanted[folded], known.get(folded)
        said = former.said.get('tag', {}).get(name, {})
        description = former.described.get(name, '')
        if tag is None and (said or description):
            tag = Tag(name=name, description=description, waiting=True)
            tag.slug = _free(tag, str(said.get('slug', '')))
            tag.save()
        elif tag is not None and description and not tag.description:
            tag.description = description
            tag.save(update_fields=['description'])


def _free(row: Series | Tag, slug: str) -> str:
    """That of there, where it can be; otherwise one is made."""
    is_spelt = bool(slug) and slug == addresses.spell(slug) and len(slug) <= LONGEST
    return slug if is_spelt and addresses.is_free(row, slug) else ''
