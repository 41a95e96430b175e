"""What letters are about: who of the staff may not read them, and where staff look at the row.

Filled by the apps, so that the outbox names none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q


@dataclass(frozen=True)
class Subject:
    """One kind of row. `kept_from` gives, for a member of staff, the letters that are not theirs to read."""

    kept_from: Callable[[Any], Q]
    page: Callable[[Model], str]


SUBJECTS: dict[str, Subject] = {}


def register_subject(model: str, subject: Subject) -> None:
    """Called from `AppConfig.ready()`; `model` is its label in lower case: 'blog.submission'."""
    SUBJECTS[model] = subject
