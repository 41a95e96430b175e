"""What authors declared, as it is printed: said once, for the preview and for print."""

from collections.abc import Iterable
from dataclasses import dataclass

from blog.models import Declaration, Submission
from blog.models.posts import Views

# What people write who have no interests to declare.
NOTHING = {
    '', 'dim', 'n/a', 'na', 'nil', 'no', 'no competing interests', 'no conflict of interest',
    'no conflicts of interest', 'no interests', 'none', 'none declared', 'none to declare', 'nothing',
    'nothing to declare',
}  # fmt: skip


def is_nothing(answer: str) -> bool:
    """Whether somebody says that they have no interests, in whatever words."""
    return ' '.join(answer.casefold().split()).strip(' .–-!') in NOTHING


@dataclass(frozen=True)
class Declared:
    """What stands under the words: interests, empty where there are none, and whose views these are."""

    interests: str
    views: str


def for_print(submission: Submission) -> Declared:
    """What stands under the words when they are printed next. Of what was accepted already the editor confirms whose
    views it gives: that stands until an author declares anew. One query where the authorships are at hand."""
    declarations, post = _declarations(submission), submission.post_or_none
    said = _together(submission, declarations)
    if post is None:
        return said
    anew = post.is_out and any(one.at > post.changed_at for one in declarations)
    # What was published elsewhere before was declared there.
    interests = post.interests if submission.source and not anew else said.interests
    return Declared(interests, said.views if anew else post.views)


def by_authors(submission: Submission) -> Declared:
    """Every author's interests as they last declared them, under their names where there are several authors;
    whose views, as last declared.

    Whoever handles it for its author answers for them, and is not named."""
    return _together(submission, _declarations(submission))


def _declarations(submission: Submission) -> list[Declaration]:
    return list(submission.declarations.order_by('at', 'pk'))


def _together(submission: Submission, declarations: Iterable[Declaration]) -> Declared:
    authors = {
        row.person_id: row.name if row.printed else ''
        for row in submission.authorships.all()
        if row.person_id
    }
    said: dict[int, str] = {}
    views: str = Views.OWN
    for row in declarations:
        if row.kind == Declaration.Kind.VIEWS and row.answer in Views.values:
            views = row.answer
        if row.kind == Declaration.Kind.INTERESTS and row.person_id in authors:
            said[row.person_id] = row.answer.strip()
    some = {person: answer for person, answer in said.items() if not is_nothing(answer)}
    if len(authors) == 1:
        return Declared(''.join(some.values()), views)
    named = (
        f'{name}: {_sentence(some[person])}' if name else _sentence(some[person])
        for person, name in authors.items()
        if person in some
    )
    return Declared(' '.join(named), views)


def _sentence(words: str) -> str:
    return words if words.endswith(('.', '!', '?', '…')) else f'{words}.'
