"""Moving in: what was published elsewhere becomes submissions in print, with their old addresses."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path
from urllib.parse import urlsplit

from blog.importing import by_hand, from_feeds, from_pages, from_wordpress
from blog.importing.around import put_around
from blog.importing.folder import PictureFolder
from blog.importing.from_wordpress import host_of
from blog.importing.reading import opened, parts, short
from blog.importing.records import Former, FormerPost, NotReadable
from blog.importing.repairing import Repairing
from blog.importing.taking import Taking
from blog.importing.telling import AGAIN, ImportReport
from blog.importing.terms import lead_lists
from members.models import Person
from ukis import addresses, days

__all__ = ['UNREADABLE', 'ImportReport', 'NotReadable', 'run']

EVERY = 2.0  # seconds between two words on how far it is
UNREADABLE = 'Files that cannot be read'
type Say = Callable[[str], None]


def run(
    paths: Sequence[Path],
    *,
    by: Person | None,
    pictures: Path | None = None,
    zone: tzinfo = days.LONDON,
    dry: bool = False,
    led: Sequence[Path] = (),
    say: Say = lambda line: None,
) -> ImportReport:
    """Takes what stands in these files and folders. `zone`: of clocks that say none; `led`: tables of old addresses
    and slugs. `by`: an Administrator, or None for the command. Whatever cannot be read or taken is in the report; safe
    to run again."""
    report = ImportReport(dry=dry)
    taking = Taking(PictureFolder([*filter(None, [pictures]), *_folders(paths)], dry=dry), report, by)
    exports, others = _by_kind(paths, report)
    _take_exports(exports, taking, zone, say)
    _take_others(others, taking, zone, say)
    for table in led:
        _lead_by_hand(table, taking)
    taking.links.follow(report, by=by, seen=_Progress('Links', report, say))
    _tell(taking)
    return report


def _folders(paths: Sequence[Path]) -> list[Path]:
    """A page that was saved has its pictures beside it."""
    return [path if path.is_dir() else path.parent for path in paths if _is_page(path)]


def _is_page(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in from_pages.ENDINGS


def _lead_by_hand(path: Path, taking: Taking) -> None:
    try:
        by_hand.lead(path, taking.report, taking.coming)
    except (NotReadable, OSError) as why:
        taking.report.note(UNREADABLE, str(why))


def _by_kind(paths: Sequence[Path], report: ImportReport) -> tuple[list[Path], list[Path]]:
    exports: list[Path] = []
    others: list[Path] = []
    for path in paths:
        try:
            (exports if not _is_page(path) and _is_export(path) else others).append(path)
        except (NotReadable, OSError) as why:
            report.note(UNREADABLE, str(why))
    return exports, others


def _is_export(path: Path) -> bool:
    """By what stands in it: names of files say nothing."""
    with opened(path) as source:
        for number, part in enumerate(parts(source)):
            if part.tag.startswith('wp:') or any(short(one.tag).startswith('wp:') for one in part.element):
                return True
            if part.tag in ('item', 'atom:entry') or number > 200:
                return False
    return False


def _take_exports(paths: Sequence[Path], taking: Taking, zone: tzinfo, say: Say) -> None:
    """Twice through: what a text points to may stand behind it, or in another part. One text is held at a time."""
    sites: dict[str, Former] = {}
    former_of = {}
    for path in paths:
        say(f'{path.name}: looking through')
        former = _gathered(path, _Progress(f'{path.name}: looking through', taking.report, say))
        former_of[path] = sites.setdefault(former.site, former)
        if former_of[path] is not former:
            former_of[path].take_in(former)
    for path in paths:
        try:
            with opened(path) as source:
                told = _Progress(path.name, taking.report, say)
                for record in from_wordpress.posts(source, former_of[path], zone, told):
                    taking.take(record, former_of[path])
                _tell_repairs(source, taking.report)
        except NotReadable as why:
            taking.report.note(UNREADABLE, str(why))
    for former in sites.values():
        for kind, count in former.others.items():
            taking.report.left_out[f'of the kind “{kind}”, not taken'] += count
        lead_lists(former, taking)
        put_around(former, taking)


def _gathered(path: Path, seen: Callable[[float], None]) -> Former:
    """As far as it can be read; why not farther is told when its texts are."""
    former = Former()
    with opened(path) as source, suppress(NotReadable):
        from_wordpress.gather(source, former, seen)
    return former


def _take_others(paths: Iterable[Path], taking: Taking, zone: tzinfo, say: Say) -> None:
    """Feeds are small: all of them are read, those of one address become one, and then they are taken."""
    merged: dict[str, tuple[FormerPost, Former]] = {}
    for path in paths:
        say(f'{path.name}: reading')
        for record, former in _records(path, zone, taking.report):
            key = _address_of(record)
            if key in merged:
                taking.report.add(AGAIN, record.called)
                record = _together(merged[key][0], record)
            merged[key] = (record, former)
    told = _Progress('Feeds and pages', taking.report, say)
    for number, (record, former) in enumerate(merged.values()):
        told(number / len(merged))
        taking.take(record, former)
    for former in {id(one): one for _, one in merged.values()}.values():
        lead_lists(former, taking)


def _records(path: Path, zone: tzinfo, report: ImportReport) -> Iterable[tuple[FormerPost, Former]]:
    former = Former()
    try:
        if _is_page(path):
            for record in from_pages.posts(path, former, zone):
                yield record, former
            return
        with opened(path) as source:
            for record in from_feeds.posts(source, former, zone):
                report.of_feeds += 1
                yield record, former
            _tell_repairs(source, report)
    except (NotReadable, OSError) as why:
        report.note(UNREADABLE, str(why))


def _address_of(record: FormerPost) -> str:
    for address in record.addresses:
        parts_of = urlsplit(address)
        return f'{host_of(address)} {addresses.as_kept(parts_of.path, parts_of.query)}'
    return record.source


def _together(first: FormerPost, second: FormerPost) -> FormerPost:
    """The longer text, and of the rest what the first does not know. A feed's own id is what readers' apps know."""
    longer, other = (second, first) if len(second.body) > len(first.body) else (first, second)
    for name in ('title', 'standfirst', 'published_at', 'names', 'tags', 'lead', 'language', 'slug'):
        if not getattr(longer, name):
            setattr(longer, name, getattr(other, name))
    known = first if first.feed_id else second
    if known.feed_id:
        longer.site, longer.own_id, longer.feed_id = known.site, known.own_id, known.feed_id
    longer.addresses = list(dict.fromkeys([*longer.addresses, *other.addresses]))
    return longer


class _Progress:
    """Says how far it is, now and then."""

    def __init__(self, name: str, report: ImportReport, say: Say) -> None:
        self.name, self.report, self.say = name, report, say
        self.last = time.monotonic()

    def __call__(self, part_read: float) -> None:
        if time.monotonic() - self.last >= EVERY:
            self.last = time.monotonic()
            self.say(f'{self.name}: {part_read:.0%}, {self.report.outcomes.total():,} texts')


def _tell_repairs(source: Repairing, report: ImportReport) -> None:
    for kind, count in source.repairs.items():
        if count:
            report.note('Put right while reading', f'{source.path.name}: {kind}: {count:,}')


def _tell(taking: Taking) -> None:
    report, names = taking.report, taking.names
    for called, who in names.matched.items():
        report.note('Names that are somebody here', f'{called}: {who}')
    for called, who in names.made.items():
        report.note('People to be made, without an account' if report.dry else 'People made, without an account',
                    called if called == who else f'{called}: {who}')  # fmt: skip
    for address, count in taking.folder.missing.items():
        report.note('Pictures that are not in the folder', f'{address} ({count}×)' if count > 1 else address)
    for name, why in taking.folder.refused.items():
        report.note('Pictures that were refused', f'{name}: {why}')
