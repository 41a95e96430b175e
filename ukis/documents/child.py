"""The process in which a document is read: `python -m ukis.documents.child`, the file on its standard input.

It sees nothing of the site's secrets, writes to nothing but its standard output, and takes no more than is meant.
"""

import base64
import json
import resource
import sys
from typing import Any

MEMORY = 900_000_000  # bytes of addresses
SECONDS = 20  # of the processor
DEEPEST = 20_000  # calls in one another: what stands deep in a document is refused before


def main() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    sys.setrecursionlimit(DEEPEST)
    json.dump(_answer(sys.stdin.buffer.read()), sys.stdout, default=_encoded)


def _answer(source: bytes) -> dict[str, Any]:
    from ukis.documents.converting import converted
    from ukis.documents.refused import DAMAGED, TOO_MUCH, RefusedDocument

    try:
        return converted(source)
    except RefusedDocument as refusal:
        return {'refused': str(refusal)}
    except (MemoryError, RecursionError):
        return {'refused': TOO_MUCH}
    except Exception as error:  # whatever a broken file makes of the libraries
        return {'refused': DAMAGED, 'because': repr(error)[:500]}


def _encoded(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value))


if __name__ == '__main__':
    main()
