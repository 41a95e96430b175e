"""How a rule says no: a sentence, and the row and field it stands at. Forms show it there; verbs refuse with it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from ukis.refusals import NotNow


@dataclass(frozen=True)
class Problem:
    """`rows`: the one it is first said of, then the other that it meets, where there are two."""

    field: str
    sentence: str
    rows: tuple[Model, ...] = ()


def refuse(problems: Iterable[Problem]) -> None:
    """NotNow with the first, if there is any."""
    for problem in problems:
        raise NotNow(problem.sentence)


def check(row: Model, judged_together: Collection[str] = ()) -> None:
    """What a row must be by itself. Fields `judged_together` belong to a rule over several rows."""
    try:
        row.full_clean(exclude=judged_together)
    except ValidationError as wrong:
        field, sentences = next(iter(wrong.message_dict.items()))
        name = '' if field == NON_FIELD_ERRORS else f'{row._meta.get_field(field).verbose_name}: '  # type: ignore[union-attr]
        raise NotNow(f'{name}{sentences[0]}') from wrong


def reason(text: str, most: int = 300) -> str:
    """What somebody says of why, without blanks around it. NotNow where there is none, or more than is kept."""
    said = ' '.join(text.split())
    if not said:
        raise NotNow('Say why, in a line.')
    if len(said) > most:
        raise NotNow(f'Say why in at most {most} characters; this has {len(said)}.')
    return said
