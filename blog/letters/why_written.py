"""Why an editor gets a letter about a submission, for its foot; authors know why, and some letters say it in their
own words."""

from blog.models import Submission
from blog.models.series import looks_after
from members.roles import COMMISSIONING_EDITOR
from ukis.letters.models import Letter

SAYS_SO = 'You get this'
WAS_EDITOR = ('editor_changed', 'editor_changed_several')


def why(letter: Letter) -> str:
    """As it stands when the letter leaves; nothing for whoever is named on it."""
    person, submission = letter.to, letter.about
    if person is None or not isinstance(submission, Submission) or SAYS_SO in letter.body:
        return ''
    if submission.authorships.filter(person=person).exists():
        return ''
    if submission.editor_id == person.pk:
        reason = 'you are its editor'
    elif letter.kind in WAS_EDITOR:
        reason = 'you were its editor'
    elif looks_after(person, submission):
        reason = 'you look after its series'
    elif person.is_in(COMMISSIONING_EDITOR):
        reason = 'you decide as Commissioning Editor'
    elif person.is_editor:
        reason = 'you are an editor'
    else:
        return ''
    return f'You get this letter because {reason}.'
