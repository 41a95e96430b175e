"""From a text as it stood there to the words of a version, and what is told of the way."""

import html
import re
from dataclasses import dataclass, field

from blog.importing.folder import PictureFolder
from blog.importing.links import with_hosts
from blog.importing.records import Former, FormerPost
from blog.importing.shown import as_shown
from blog.importing.telling import ImportReport
from blog.models import Words
from ukis import markup, pictures
from ukis.markup.languages import LANGUAGES
from ukis.tags import fold, parted
from ukis.tags.naming import LONGEST

TITLE, CAPTION, CREDIT = 200, 300, 200
FIRST_WORDS = 8
UNTITLED = frozenset(['', 'untitled', 'no title', '(no title)', 'untitled post', 'auto draft'])
_IMAGE = re.compile(r'(<img\b[^>]*?\bsrc\s*=\s*)(?:"([^"]*)"|\'([^\']*)\')', re.IGNORECASE)
_FOOT = re.compile(r'<p>\s*The post .{0,300}? appeared first on .{0,300}?</p>\s*\Z', re.DOTALL)
_CUT = re.compile(
    r'(?:\[?(?:…|\.\.\.|&hellip;|\[…\]|\[\.\.\.\])\]?|(?:read|learn) more|continue reading|read the rest.{0,60})'
    r'[\s.…»→>]*\Z',
    re.IGNORECASE,
)
_KNOWN_HERE = '/media/pictures/in-a-dry-run/picture.jpg'


@dataclass
class Brought:
    words: Words
    notes: list[str] = field(default_factory=list)


def words_of(record: FormerPost, former: Former, folder: PictureFolder, report: ImportReport) -> Brought:
    """ValueError, with a sentence, where it cannot be a text of ours. Nothing is written but pictures."""
    notes = list(record.notes)
    body = with_hosts(_as_its_readers_saw_it(record, former, report), record)
    body, told = safe(body, folder)
    report.told += told
    notes += told.sentences()
    text = markup.to_text(body)
    if not record.is_written and not record.facts and _CUT.search(text):
        report.note('The text seems cut', record.called)
    words = Words(
        title=_title(record, text, notes),
        standfirst=_standfirst(record, text),
        body=body,
        references=safe(str(record.facts.get('references', '')), folder)[0],
        tag_words=_tags(record, notes),
        language=_language(record, notes),
    )
    return Brought(_with_lead(words, record, folder, notes), notes)


def _as_its_readers_saw_it(record: FormerPost, former: Former, report: ImportReport) -> str:
    if not record.is_written:
        return _FOOT.sub('', record.body)
    body, left_out = as_shown(record.body, former.belonging_to(record.number), former.pictures)
    report.left_out += left_out
    record.notes += [f'{kind}: {count:,}' for kind, count in left_out.items()]
    return body


def safe(body: str, folder: PictureFolder) -> tuple[str, markup.Told]:
    """Pictures that lie in the folder are put in place of those that were there."""

    def replaced(found: re.Match[str]) -> str:
        address = html.unescape(found[2] or found[3] or '')
        return f'{found[1]}"{_address_here(address, folder) or html.escape(address)}"'

    if not body.strip():
        return '', markup.Told()
    made = markup.cleaned(_IMAGE.sub(replaced, body))
    return made.html, made.told


def _address_here(address: str, folder: PictureFolder) -> str:
    if not address or address.startswith('data:'):
        return ''
    if picture := folder.picture(address):
        return pictures.address(picture)
    return _KNOWN_HERE if folder.dry and folder.find(address) else ''


def _title(record: FormerPost, text: str, notes: list[str]) -> str:
    title = record.title
    if title.casefold() in UNTITLED:
        first = ' '.join(text.split()[:FIRST_WORDS])
        title = f'{first.rstrip(".,;: ")}…' if first else 'Untitled'
        notes.append(f'it had no title; it is called by its first words now, “{title[:80]}”')
    if len(title) > TITLE:
        notes.append(f'a title of {len(title)} characters, cut to {TITLE}')
        title = title[: TITLE - 1] + '…'
    return title


def _standfirst(record: FormerPost, text: str) -> str:
    """What was only the beginning of the text is none."""
    first = record.standfirst
    bare = re.sub(r'\W+', '', _CUT.sub('', first)).casefold()
    if not bare or re.sub(r'\W+', '', text[: 3 * len(first) + 200]).casefold().startswith(bare[:2000]):
        return record.standfirst if record.facts else ''
    return first


def _tags(record: FormerPost, notes: list[str]) -> list[str]:
    found: dict[str, str] = {}
    for given in record.tags:
        names = parted(given)
        if len(names) > 1:
            notes.append(f'the tag “{given[:80]}” holds a comma, and is {len(names)} tags now')
        for name in names:
            if len(name) > LONGEST:
                notes.append(f'a tag of {len(name)} characters left out: “{name[:60]}…”')
            elif fold(name):
                found.setdefault(fold(name), name)
    return list(found.values())


def _language(record: FormerPost, notes: list[str]) -> str:
    wanted = record.language.strip().lower()
    if not wanted or wanted.startswith('en'):
        return 'en-GB'
    known = next((code for code, _ in LANGUAGES if wanted.split('-')[0] == code.lower()), '')
    if not known:
        notes.append(f'in a language that the site does not know ({wanted[:20]}); marked as English')
    return known or 'en-GB'


def _with_lead(words: Words, record: FormerPost, folder: PictureFolder, notes: list[str]) -> Words:
    if record.lead is None or not record.lead.address:
        return words
    picture = folder.picture(record.lead.address)
    if picture is None:
        if not (folder.dry and folder.find(record.lead.address)):
            notes.append('the picture at its top is not here')
        return words
    return words.but(
        lead_picture_id=picture.pk,
        lead_alt=record.lead.alt[:CAPTION],
        lead_caption=record.lead.caption[:CAPTION],
        lead_credit=record.lead.credit[:CREDIT],
        lead_decorative=record.lead.decorative,
    )
