"""A web process starts with what visitors' pages need, and loads the rest when somebody first has a use for it."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Each takes a megabyte or more, and is loaded when …
LATER = {
    'PIL': 'a picture is sent in, or a card drawn',
    'holidays': 'a bank holiday is asked for of a year that no child was asked for',
    'nh3': 'words are saved',
    'rapidfuzz': 'two versions are compared',
}
STARTS = """
import sys

import ukis.wsgi
from django.urls import get_resolver

get_resolver().reverse_dict  # every address with its view
print(*sys.modules)
"""
# glibc writes down each heap that it has.
ALLOCATES = """
import ctypes, threading

import ukis.wsgi

met = threading.Barrier(4)

def work():
    met.wait()
    held = [bytes(2_000) for _ in range(100)]
    met.wait()

threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(1, b'w'))
libc.malloc_info(0, out)
libc.fflush(out)
"""


def said_by(script: str, folder: Path) -> str:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(('MEDIA_', 'MALLOC_'))}
    return subprocess.run(
        [sys.executable, '-c', script],
        cwd=ROOT,
        env={**plain, 'DATA_DIR': str(folder)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_what_no_visitor_needs_is_not_loaded_at_the_start(tmp_path):
    loaded = set(said_by(STARTS, tmp_path).split())

    assert {'blog.views.posts', 'blog.admin.submissions', 'ukis.pictures', 'ukis.markup'} <= loaded
    assert set(LATER) & loaded == set()


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), 'malloc_info'), reason='heaps are counted by glibc')
def test_all_threads_have_one_heap(tmp_path):
    assert said_by(ALLOCATES, tmp_path).count('<heap nr=') == 1
