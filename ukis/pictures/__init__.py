"""Pictures that people send in, as they lie in the store and as they are shown."""

from ukis.pictures.clearing import clear
from ukis.pictures.forgetting import let_go
from ukis.pictures.intake import MAX_BYTES, accept, address
from ukis.pictures.refused import Busy, RefusedPicture, StoreAway
from ukis.pictures.sizing import make_missing_sizes, make_sizes
from ukis.pictures.store import forget as forget_file

__all__ = [
    'MAX_BYTES',
    'Busy',
    'RefusedPicture',
    'StoreAway',
    'accept',
    'address',
    'clear',
    'forget_file',
    'let_go',
    'make_missing_sizes',
    'make_sizes',
]
