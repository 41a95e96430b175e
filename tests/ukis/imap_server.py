"""A mailbox on a real line: as much of IMAP as is asked of it."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Mailbox:
    def __init__(self, password: str = 'secret') -> None:
        self.messages: dict[int, bytes] = {}
        self.password, self.deleted = password, set[int]()
        self.gone, self.kept_back = set[int](), set[int]()  # expunged meanwhile; not given out just now
        self.is_read_only = False

    def put(self, raw: bytes) -> None:
        self.messages[len(self.messages) + 1] = raw

    def delete(self, key: int) -> str:
        if self.is_read_only:
            return 'NO permission denied'
        self.deleted.add(key)
        return 'OK done'


def _fetched(mailbox: Mailbox, key: int, most: int) -> tuple[bytes, str]:
    if key in mailbox.kept_back:
        return b'', 'NO [UNAVAILABLE] try again'
    if key in mailbox.gone or key not in mailbox.messages:
        return b'', 'OK done'
    raw = mailbox.messages[key][:most]
    return f'* 1 FETCH (UID {key} BODY[]<0> {{{len(raw)}}}\r\n'.encode() + raw + b')\r\n', 'OK done'


def _answering(mailbox: Mailbox) -> type[socketserver.StreamRequestHandler]:
    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b'* OK here\r\n')
            for line in self.rfile:
                tag, _, command = line.decode().strip().partition(' ')
                untagged, said = self.answer(command)
                self.wfile.write(untagged + f'{tag} {said}\r\n'.encode())
                if command == 'LOGOUT':
                    return

        def answer(self, command: str) -> tuple[bytes, str]:
            words = command.split()
            if words[0] == 'CAPABILITY':
                return b'* CAPABILITY IMAP4rev1\r\n', 'OK done'
            if words[0] == 'LOGIN':
                return b'', 'OK done' if mailbox.password in words[2] else 'NO wrong password'
            if words[0] == 'SELECT':
                return f'* {len(mailbox.messages)} EXISTS\r\n'.encode(), 'OK done'
            if words[:2] == ['UID', 'SEARCH']:
                return f'* SEARCH {" ".join(map(str, mailbox.messages))}\r\n'.encode(), 'OK done'
            if words[:2] == ['UID', 'FETCH']:
                return _fetched(mailbox, int(words[2]), int(re.search(r'<0\.(\d+)>', command)[1]))
            if words[:2] == ['UID', 'STORE']:
                return b'', mailbox.delete(int(words[2]))
            if words[0] == 'EXPUNGE':
                mailbox.messages = {
                    key: raw for key, raw in mailbox.messages.items() if key not in mailbox.deleted
                }
            return b'', 'OK done'

    return Line


@contextmanager
def serving(mailbox: Mailbox) -> Iterator[int]:
    """The port at which it answers."""
    with socketserver.ThreadingTCPServer(('127.0.0.1', 0), _answering(mailbox)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={'poll_interval': 0.01}, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
