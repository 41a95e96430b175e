"""Pictures that people send in, as they lie in the store and as they are shown."""

from ukis.pictures.intake import MAX_BYTES, accept, address
from ukis.pictures.refused import Busy, RefusedPicture, StoreAway
from ukis.pictures.sizing import make_missing_sizes, make_sizes

__all__ = [
    'MAX_BYTES',
    'Busy',
    'RefusedPicture',
    'StoreAway',
    'accept',
    'address',
    'make_missing_sizes',
    'make_sizes',
]
