"""What is kept of a file while its form is read."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from ukis.pictures.intake import MAX_BYTES


class NoMoreThanNeeded(FileUploadHandler):
    """Stands before those that keep files: one that is too large is kept so far that this can be seen. The form
    is read to its end all the same, so that what was typed into it can be given back."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= MAX_BYTES else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None
