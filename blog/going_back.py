"""A former version, shown against the words that stand before it is put in their place."""

from typing import Any

from blog import workflow
from blog.forms.writing import base_of
from blog.models import Submission, Version
from blog.pages import marked
from blog.told import versions_known
from blog.writing import drafts
from blog.writing.access import version_or_404
from members.models import Person
from ukis.refusals import Stale

NONE_YET = 'There is no former version to go back to.'


def chosen(submission: Submission, number: str | None) -> Version | None:
    """The one that was asked for, else the one before these words; 404 where there is none of that number."""
    return version_or_404(submission, number) or _former(submission).select_related('lead_picture').last()


def _former(submission: Submission) -> Any:
    return versions_known(submission).exclude(pk=submission.current_id or 0).exclude(title='', body='')


def made(submission: Submission, version: Version, *, by: Person, posted: Any) -> str:
    """What was done, in a sentence. Raises what saving words raises."""
    new = workflow.go_back_to(version, submission, by=by, base=base_of(posted))
    return f'The words of version {version.number} stand again, as version {new.number}.'


def context(
    submission: Submission,
    version: Version,
    *,
    by: Person,
    form: str,
    stale: Stale | None = None,
    posted: Any = (),
) -> dict[str, Any]:
    """`form`: the name under which text is kept that this person typed and has not saved."""
    if stale:
        submission.refresh_from_db(fields=['current'])
    current = submission.current
    assert current is not None  # a former version has a later one
    shown = current.with_words(version.words())
    began = base_of(posted) if stale else 0
    return {
        'submission': submission,
        'version': version,
        'shown': shown,
        'current': current,
        'marked': marked(current, shown, by_step=True),
        'theirs': stale is not None,
        'began': submission.versions.filter(number=began).first() if began else None,
        'not_saved': drafts.of(submission, by=by, form=form),
        'versions': _former(submission).to_choose_from(),
    }
