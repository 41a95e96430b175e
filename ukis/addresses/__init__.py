"""Addresses people print and link: proposed once, unique over present and former ones, redirected for ever."""

from ukis.addresses.choosing import LONGEST, PLAIN, is_free, is_reserved, path_of, propose, refuse_taken
from ukis.addresses.following import moved, now_at

__all__ = [
    'LONGEST',
    'PLAIN',
    'is_free',
    'is_reserved',
    'moved',
    'now_at',
    'path_of',
    'propose',
    'refuse_taken',
]
