"""The text of a PDF, read back as any reader does it: by each font's own table of what its glyphs mean."""

import re
import zlib


def text_of(pdf: bytes) -> str:
    """Line for line as it was drawn. Reads what fpdf2 writes, no PDF of others."""
    objects = {
        int(number): body for number, body in re.findall(rb'(\d+) 0 obj\s(.*?)\sendobj', pdf, re.DOTALL)
    }
    fonts = {}
    for body in objects.values():
        for name, number in re.findall(rb'/(F\d+) (\d+) 0 R', body):
            to_unicode = re.search(rb'/ToUnicode (\d+) 0 R', objects[int(number)])
            if to_unicode:
                fonts[name] = _meanings(_stream(objects[int(to_unicode[1])]))
    found = []
    for body in objects.values():
        if b' Tf' in (drawn := _stream(body)):
            found += _drawn(drawn, fonts)
    return '\n'.join(found)


def _stream(body: bytes) -> bytes:
    found = re.search(rb'stream\r?\n(.*)\r?\nendstream', body, re.DOTALL)
    if not found:
        return b''
    return zlib.decompress(found[1]) if b'/FlateDecode' in body else found[1]


def _meanings(table: bytes) -> dict[int, str]:
    pairs = re.findall(rb'^<([0-9A-F]{4})> <([0-9A-F]+)>$', table, re.MULTILINE)
    return {int(glyph, 16): bytes.fromhex(means.decode()).decode('utf-16-be') for glyph, means in pairs}


def _drawn(drawn: bytes, fonts: dict[bytes, dict[int, str]]) -> list[str]:
    lines, font = [], {}
    for name, operands in re.findall(
        rb'/(F\d+) [\d.]+ Tf|((?:\((?:\\.|[^\\)])*\)|\[.*?\])) T[jJ]', drawn, re.DOTALL
    ):
        if name:
            font = fonts[name]
            continue
        said = b''.join(re.findall(rb'\(((?:\\.|[^\\)])*)\)', operands, re.DOTALL))
        glyphs = re.sub(
            rb'\\(.)', lambda one: {b'n': b'\n', b'r': b'\r'}.get(one[1], one[1]), said, flags=re.DOTALL
        )
        lines.append(''.join(font[int.from_bytes(glyphs[i : i + 2])] for i in range(0, len(glyphs), 2)))
    return lines
