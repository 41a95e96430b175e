"""Documents that are none, and those that mean harm: each has its sentence, and none takes more than is meant."""

import io
import os
import resource
import zipfile
from pathlib import Path

import pytest

from tests.docx import TYPES, docx, p, part, picture, zipped
from ukis.documents import archive, child, reading, refused
from ukis.documents.reading import read
from ukis.documents.refused import NoTurn, RefusedDocument

CASES = Path(os.environ.get('CASES') or Path(__file__).parents[3] / 'shared' / 'cases') / 'docx'
COMPOUND = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(500)


def refusal(source: bytes, name: str = 'text.docx') -> str:
    with pytest.raises(RefusedDocument) as raised:
        read(source, name)
    return str(raised.value)


def renamed(parts: dict) -> bytes:
    return zipped({'[Content_Types].xml': TYPES} | parts)


def nested(depth: int) -> str:
    return '<w:tbl><w:tr><w:tc>' * depth + p('deep') + '</w:tc></w:tr></w:tbl>' * depth


def locked() -> bytes:
    """The first part says that it is encrypted."""
    content = bytearray(docx(p('text')))
    for start in (b'PK\x03\x04', b'PK\x01\x02'):
        at = content.index(start) + (6 if start[2] == 3 else 8)
        content[at] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ('source', 'name', 'sentence'),
    [
        (b'', 'a.docx', refused.EMPTY),
        (bytes(4000), 'a.docx', refused.EMPTY),
        (docx(p('text')), '~$text.docx', refused.LOCK_FILE),
        (b'\x03Ann' + bytes(158), '~$text.docx', refused.LOCK_FILE),
        (b'{"url": "https://docs.example.org/d/1", "doc_id": "1"}', 'a.docx', refused.SHORTCUT),
        (b'{"x": 1}', 'A text.gdoc', refused.SHORTCUT),
        (COMPOUND + 'WordDocument'.encode('utf-16-le'), 'a.doc', refused.OLD_WORD),
        (COMPOUND + 'EncryptedPackage'.encode('utf-16-le'), 'a.docx', refused.LOCKED),
        (b'{\\rtf1 text}', 'a.docx', refused.OTHER_KIND),
        (b'%PDF-1.7', 'a.pdf', refused.OTHER_KIND),
        (b'PK\x03\x04 and no more', 'a.docx', refused.DAMAGED),
        (docx(p('text'))[:-40], 'a.docx', refused.DAMAGED),
        (docx(p('text')) [:300] + docx(p('text'))[400:], 'a.docx', refused.DAMAGED),
        (locked(), 'a.docx', refused.LOCKED),
        (zipped({'Index/Document.iwa': 'x'}), 'a.docx', refused.PAGES),
        (zipped({'xl/workbook.xml': 'x'}), 'a.xlsx', refused.NO_DOCUMENT),
        (renamed({'word/other.xml': '<a/>'}), 'a.docx', refused.NO_DOCUMENT),
        (renamed({'word/document.xml': part('document', '')}), 'a.docx', refused.NO_DOCUMENT),
        (docx(p('text'), parts={'vbaProject.bin': b'x'}), 'a.docx', refused.MACROS),
        (docx(p('text'), parts={'word/x.xml': '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), 'a.docx', refused.HAS_DOCTYPE),
        (docx(p('text'), parts={'word/x.xml': '<!DOCTYPE x><x/>'.encode('utf-16-le')}), 'a.docx', refused.HAS_DOCTYPE),
        (docx(nested(400)), 'a.docx', refused.TOO_DEEP),
        (docx('<w:p><w:r><w:t>text</w:r></w:p>'), 'a.docx', refused.DAMAGED),
        (docx(p('word ' * 60_001)), 'a.docx', refused.TOO_MUCH),
        (docx(p('text'), parts={f'word/{number}.xml': '<x/>' for number in range(4_001)}), 'a.docx', refused.TOO_MUCH),
        (docx(p('text'), parts={'word/bomb.xml': bytes(archive.MAX_XML + 1)}), 'a.docx', refused.TOO_MUCH),
    ],
)  # fmt: skip
def test_what_is_no_document_or_none_that_is_read_has_its_own_sentence(source, name, sentence):
    assert refusal(source, name) == sentence


@pytest.mark.skipif(not CASES.is_dir(), reason='the samples are not here: CASES names no folder')
@pytest.mark.parametrize(
    ('name', 'sentence'),
    [('entity_small', refused.HAS_DOCTYPE), ('xxe', refused.HAS_DOCTYPE), ('laughs', refused.HAS_DOCTYPE), ('nest', refused.TOO_DEEP)],
)  # fmt: skip
def test_each_hostile_sample_is_refused(name, sentence):
    assert refusal((CASES / f'{name}.docx').read_bytes()) == sentence


def test_a_file_of_very_many_parts_and_a_bomb_of_pictures_are_refused_before_they_are_read():
    many = io.BytesIO()
    with zipfile.ZipFile(many, 'w') as archive:
        for number in range(20_000):
            archive.writestr(f'{number}', '')
    bomb = docx(
        f'<w:p>{picture("i")}</w:p>' * 5,
        parts={'media/a.png': bytes(40_000_000)},
        links={'i': ('image', '/media/a.png')},
    )

    assert refusal(many.getvalue()) == refused.TOO_MUCH
    assert refusal(bomb) == refused.TOO_MUCH


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch):
    monkeypatch.setattr(reading, '_asked', lambda source: pytest.fail('read'))

    assert refusal(b'PK' + bytes(reading.MAX_BYTES)).startswith('The document is larger than 15 MB.')


def test_names_that_climb_and_relations_to_files_of_the_machine_lead_nowhere():
    climbing = docx(
        p('Text.') + f'<w:p>{picture("up")}{picture("file")}</w:p>',
        parts={'../../etc/x.png': b'x'},
        links={'up': ('image', '../../../../etc/hostname'), 'file': ('image', 'file:///etc/hostname')},
    )

    made = read(climbing, 'a.docx')

    assert made.pictures == ()
    assert made.html.startswith('<p>Text.</p>\n<p>[Picture left out: ')


def test_numbers_that_are_none_missing_notes_and_open_ends_are_read_over():
    odd = docx(
        '<w:p><w:pPr><w:outlineLvl w:val="x"/><w:numPr><w:ilvl w:val="-1"/><w:numId w:val="zz"/></w:numPr></w:pPr>'
        '<w:r><w:t>Text</w:t><w:footnoteReference w:id="99"/><w:sym w:font="Symbol" w:char="zzz"/></w:r></w:p>'
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1e9"/><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>'
        '<w:p><w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>all the rest</w:t></w:r></w:p>'
    )

    made = read(odd, 'a.docx')

    assert made.html == '<p>Text</p>\n<p>all the rest</p>'
    assert made.told == (
        'Words of the document as its reader sees it: 4; here: 4.',
        'Left out: 1 sign of a symbol font that is not known, 1 mark of a note that is not in the file.',
    )


def test_what_takes_too_long_or_too_much_or_dies_is_refused(monkeypatch):
    monkeypatch.setattr(reading, 'PATIENCE', 0.01)
    slow = refusal(docx(p('text')))
    monkeypatch.setattr(reading, 'PATIENCE', 30)
    monkeypatch.setattr(reading.sys, 'executable', '/bin/false')

    assert (slow, refusal(docx(p('text')))) == (refused.TOO_MUCH, refused.TOO_MUCH)


def test_what_breaks_inside_becomes_a_sentence(monkeypatch):
    def breaks(source):
        raise KeyError(source)

    monkeypatch.setattr('ukis.documents.converting.converted', breaks)
    answers = [child._answer(b'x')['refused']]
    for error in (MemoryError, RecursionError):
        monkeypatch.setattr(
            'ukis.documents.converting.converted', lambda source, error=error: (_ for _ in ()).throw(error)
        )
        answers.append(child._answer(b'x')['refused'])

    assert answers == [refused.DAMAGED, refused.TOO_MUCH, refused.TOO_MUCH]


def test_the_child_binds_itself_before_it_reads(monkeypatch, capsys):
    bound = {}
    monkeypatch.setattr(resource, 'setrlimit', lambda what, most: bound.__setitem__(what, most[0]))
    monkeypatch.setattr(child.sys, 'stdin', io.TextIOWrapper(io.BytesIO(docx(p('text')))))
    monkeypatch.setattr(child.sys, 'setrecursionlimit', lambda deepest: None)

    child.main()

    assert bound == {
        resource.RLIMIT_AS: child.MEMORY,
        resource.RLIMIT_CPU: child.SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    assert '"html": "<p>text</p>"' in capsys.readouterr().out


def test_who_has_no_turn_is_told_so_and_loses_nothing(monkeypatch):
    turns = reading._turns
    for _ in range(reading.AT_ONCE):
        turns.acquire()
    try:
        with pytest.raises(NoTurn):
            read(docx(p('text')), 'a.docx')
    finally:
        for _ in range(reading.AT_ONCE):
            turns.release()
