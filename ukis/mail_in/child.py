"""The process in which a letter's text is cut: `python -m ukis.mail_in.child`, the text on its standard input.

The kept parser's patterns can be made to take for ever by whoever knows them; here they take no more than is meant.
"""

import json
import resource
import sys
from typing import Any

MEMORY, SECONDS = 500_000_000, 2
# Whose mail programs say 'wrote' so. English is always among them.
LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'sv', 'da']


def main() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    json.dump(answer(sys.stdin.buffer.read().decode(errors='replace')), sys.stdout)


def answer(text: str) -> dict[str, Any]:
    """How many lines that are not empty stand above the first letter that is quoted; None where none is. And what the
    parser takes for the heads of quoted letters, and for what companies put under every letter."""
    from mailparser_reply import EmailReplyParser

    replies = EmailReplyParser(languages=list(LANGUAGES)).read(text).replies
    first = replies[0]
    above = '' if first.headers else first.content
    quotes = len(replies) > 1 or bool(first.headers)
    return {
        'above': len([line for line in above.split('\n') if line.strip()]) if quotes else None,
        'heads': [one.headers for one in replies if one.headers],
        'disclaimers': [words for one in replies for words in one.disclaimers],
    }


if __name__ == '__main__':
    main()
