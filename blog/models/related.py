"""Which other posts are read with one, and which stand before and after it by date. Looked for by the clock
(`blog/shelves/relating.py`) when a post changes; whether they are public is asked each time.
"""

from typing import Any

from django.db import models


def _a_post() -> Any:
    return models.ForeignKey(
        'blog.Post', on_delete=models.CASCADE, null=True, blank=True, related_name='+', editable=False
    )


class RelatedPosts(models.Model):
    """In columns: a post's page has them with the post itself and asks for nothing more."""

    BY_DATE, PLACES = ('earlier', 'later'), ('first', 'second', 'third')

    post = models.OneToOneField('blog.Post', on_delete=models.CASCADE, related_name='related')
    earlier = _a_post()
    later = _a_post()
    first = _a_post()
    second = _a_post()
    third = _a_post()
    # Of the three in their places: {'tags': [keys], 'author': bool, 'words': [words]}.
    why = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name_plural = 'related posts'

    def __str__(self) -> str:
        return f'related to post {self.post_id}'
