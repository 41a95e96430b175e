"""All the posts of the demonstration, oldest first, every key filled in.

A post with `by_organisation` has no persons as authors: the organisation itself speaks.
`picture_seed` goes to `pictures.draw`.
"""

from typing import Any

from ukis.demonstration import posts_a, posts_b, posts_c, posts_d, posts_e, posts_f, posts_g

DEFAULTS: dict[str, Any] = {
    'authors': [],
    'by_organisation': '',
    'references': '',
    'views': 'own',
    'language': 'en-GB',
    'picture': False,
    'picture_seed': '',
    'picture_alt': '',
    'picture_caption': '',
    'featured': False,
}

POSTS: list[dict[str, Any]] = sorted(
    (
        {**DEFAULTS, **post}
        for part in (posts_a, posts_b, posts_c, posts_d, posts_e, posts_f, posts_g)
        for post in part.POSTS
    ),
    key=lambda post: post['date'],
)
