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

    def put(self, raw: bytes) -> None:
        self.messages[len(self.messages) + 1] = raw


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
                most = int(re.search(r'<0\.(\d+)>', command)[1])
                raw = mailbox.messages[int(words[2])][:most]
                head = f'* 1 FETCH (UID {words[2]} BODY[]<0> {{{len(raw)}}}\r\n'.encode()
                return head + raw + b')\r\n', 'OK done'
            if words[:2] == ['UID', 'STORE']:
                mailbox.deleted.add(int(words[2]))
            elif words[0] == 'EXPUNGE':
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
