"""The line at the foot of a letter about a submission: why an editor gets it (authors know why, and some letters say
it in their own words), or how an author without a password signs in."""

from blog.models import Submission
from blog.models.series import looks_after
from members.roles import COMMISSIONING_EDITOR
from members.signing_in.from_letters import asks_for_code
from ukis.letters.models import Letter

SAYS_SO = 'You get this'
BY_A_CODE = 'You need no password to sign in. Ask here for a code, which comes to this address: {}'
WAS_EDITOR = ('editor_changed', 'editor_changed_several')


def why(letter: Letter) -> str:
    """As it stands when the letter leaves."""
    person, submission = letter.to, letter.about
    if person is None or not isinstance(submission, Submission) or SAYS_SO in letter.body:
        return ''
    if submission.authorships.filter(person=person).exists():
        if person.has_usable_password() or letter.link:
            return ''
        return BY_A_CODE.format(asks_for_code(letter, submission.get_absolute_url()))
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
