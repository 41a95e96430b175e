"""Where pictures lie: a folder, or an S3-compatible store. Either may be full, dead, or hang."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages

from ukis.pictures.refused import StoreAway


def is_a_folder() -> bool:
    return isinstance(storages['default'], FileSystemStorage)


def keep(name: str, content: bytes) -> str:
    """The name under which it lies. Names are made of the content, so that what lies there already is the same,
    unless a killed process left it half written: that gives way. Raises StoreAway."""
    with _answering():
        # A store that is no folder writes whole or not at all, and over what is there.
        if is_a_folder() and default_storage.exists(name):
            if default_storage.size(name) == len(content):
                return name
            default_storage.delete(name)
        return default_storage.save(name, ContentFile(content))


def read(name: str) -> bytes:
    """Raises StoreAway; FileNotFoundError where the store answers that it has none of this name."""
    with _answering(), default_storage.open(name) as file:
        return file.read()


def forget(name: str) -> None:
    with _answering():
        default_storage.delete(name)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except _away() as error:
        raise StoreAway from error


def _away() -> tuple[type[Exception], ...]:
    """What says so. The library of a store is slow to load and large: only where it has been used is it there."""
    if is_a_folder():
        return (OSError,)
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    return OSError, Boto3Error, BotoCoreError, ClientError
