"""Whole pages for visitors without a session, kept in memory and never stale.

The database moves a number with every change that a public page can show (`triggers.py`), each request begins by
asking whether it moved (`generation.py`), and each page knows what it was made of (`trails.py`). What is answered is,
to the byte, what Django had sent.
"""

from ukis.pagecache.parts import kept
from ukis.pagecache.trails import only_now

__all__ = ['kept', 'only_now']
