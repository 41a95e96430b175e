"""A line to a server that can be cut, kept silent and mended, without the server's knowing."""

import contextlib
import socket
import threading

import pytest


class Line:
    """Listens on a port of its own and passes everything on to `host`:`port`.

    `cut()`: connections end and new ones are refused, as when a server restarts. `silence()`: connections
    stand, nothing comes back and new ones are accepted by nobody's ear, as when it hangs. `mend()`: as before.
    """

    def __init__(self, host: str = '', port: int = 0) -> None:
        self.to = (host, port) if port else None
        self.silent = threading.Event()
        self.pairs: list[tuple[socket.socket, socket.socket | None]] = []
        with socket.create_server(('127.0.0.1', 0)) as probe:
            self.port = probe.getsockname()[1]
        self.listener: socket.socket | None = None
        self.mend()

    def mend(self) -> None:
        if self.silent.is_set():
            self.silent.clear()
            self._end_all()
        if self.listener is None:
            self.listener = socket.create_server(('127.0.0.1', self.port), backlog=64)
            threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def cut(self) -> None:
        if self.listener is not None:
            with contextlib.suppress(OSError):
                self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
            self.listener = None
        self._end_all()

    def silence(self, *, drop: bool = False) -> None:
        """`drop`: what stands ends first, and only new connections find nobody."""
        self.silent.set()
        if drop:
            self._end_all()

    def _end_all(self) -> None:
        for pair in self.pairs:
            for end in pair:
                if end is not None:
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
                    end.close()
        self.pairs.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = None
            if self.to and not self.silent.is_set():
                try:
                    far = socket.create_connection(self.to, timeout=5)
                    far.settimeout(None)
                except OSError:
                    near.close()
                    continue
            self.pairs.append((near, far))
            if far is not None:
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not self.silent.is_set():
                    sink.sendall(data)
        if not self.silent.is_set():
            for end in (source, sink):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line_to():
    """Makes lines: `line_to('127.0.0.1', 5432)`; without an address one that nobody answers."""
    made = []

    def make(host: str = '', port: int = 0) -> Line:
        line = Line(host, port)
        made.append(line)
        return line

    yield make
    for line in made:
        line.cut()
