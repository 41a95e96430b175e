"""Submissions in process: `SUBMISSIONS`, at least one for each state that a submission can be in.

`aim` is the state to bring the submission to by real moves; 'revising' is a live post whose revision is in
the editor's hands. `edits` are the editor's replacements in the body (old, new), made in editing.
`notes` holds the text for a move by its name. `messages` are (who, audience, text). `days_ago` says
when the submission was begun, and `publish_in_days` when a scheduled one goes out.
"""

from typing import Any

from ukis.demonstration.submissions_early import EARLY
from ukis.demonstration.submissions_late import LATE

DEFAULTS: dict[str, Any] = {
    'references': '',
    'coauthors': [],
    'editor': 'editor',
    'notes': {},
    'messages': [],
    'edits': [],
    'language': 'en-GB',
    'views': 'own',
    'interests': 'none',
    'picture': False,
    'picture_seed': '',
    'picture_alt': '',
    'picture_caption': '',
    'publish_in_days': None,
}

SUBMISSIONS: list[dict[str, Any]] = [{**DEFAULTS, **submission} for submission in (*EARLY, *LATE)]
