"""Visitors: one process beside the server, on another core. `python bench/driving.py PORT PATH SECONDS CONNECTIONS`

Asks over connections that stay open, as browsers and proxies do, and prints as JSON how many answers came, their
status, their bytes, and each one's milliseconds at the middle and at the slow end.
"""

import json
import socket
import sys
import threading
import time


class Connection:
    def __init__(self, port: int, path: str) -> None:
        self.port, self.socket = port, None
        self.asked = (
            f'GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n'
            'Accept-Encoding: gzip, deflate, br, zstd\r\nUser-Agent: bench\r\n\r\n'
        ).encode()

    def answer(self) -> tuple[int, int]:
        """Status and bytes of the body. Opens a new connection where the server closed the old."""
        if self.socket is None:
            self.socket = socket.create_connection(('127.0.0.1', self.port), timeout=30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(self.asked)
        came = b''
        while b'\r\n\r\n' not in came:
            came += self._more()
        head, _, body = came.partition(b'\r\n\r\n')
        lines = head.lower().split(b'\r\n')
        names = dict(line.split(b': ', 1) for line in lines[1:])
        length = int(names[b'content-length'])
        size = len(body)
        while size < length:
            size += len(self._more())
        if names.get(b'connection') == b'close':
            self.socket.close()
            self.socket = None
        return int(lines[0].split()[1]), length

    def _more(self) -> bytes:
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError('the server hung up in the middle of an answer')
        return part


def drive(port: int, path: str, seconds: float, connections: int) -> dict[str, object]:
    took: list[float] = []
    seen: set[tuple[int, int]] = set()

    def visit() -> None:
        connection = Connection(port, path)
        until = time.perf_counter() + seconds
        while (since := time.perf_counter()) < until:
            seen.add(connection.answer())
            took.append(time.perf_counter() - since)

    visitors = [threading.Thread(target=visit) for _ in range(connections)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    took.sort()
    return {
        'count': len(took),
        'status': sorted({status for status, _ in seen}),
        'bytes': max(length for _, length in seen),
        'p50': took[len(took) // 2] * 1000,
        'p99': took[min(len(took) - 1, len(took) * 99 // 100)] * 1000,
    }


if __name__ == '__main__':
    print(json.dumps(drive(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))))
