"""Pictures that people send in, as they lie in the store and as they are shown."""

from ukis.pictures.intake import (
    AVIF,
    MAX_BYTES,
    RefusedPicture,
    accept,
    address,
    make_missing_sizes,
    make_sizes,
)

__all__ = ['AVIF', 'MAX_BYTES', 'RefusedPicture', 'accept', 'address', 'make_missing_sizes', 'make_sizes']
