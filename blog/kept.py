"""How long what is written, and what was said of it, is kept; see `ukis/keeping.py`."""

from ukis.keeping import for_ever

PERIODS = (
    for_ever(
        'What is in print stays at its address; its author can ask for it to be taken down.',
        'Posts and their bylines',
        'blog.post', 'blog.byline', 'blog.correction', 'blog.shelved', 'blog.shelfcount',
    ),
    for_ever(
        'How something came into print, or did not: who agreed to which words. Its author deletes a draft, and '
        'erasure what never went out.',
        'Submissions, their versions and what was said of them',
        'blog.submission', 'blog.authorship', 'blog.version', 'blog.step', 'blog.declaration', 'blog.message',
        'blog.lastread',
    ),
)  # fmt: skip
