"""By what readers' apps know an entry of a feed: it outlives titles, addresses and hosts."""

import uuid

from blog.models import Post

# Identities are made from it and from row numbers. Never change it.
IDENTITY = uuid.UUID('5d1f2c3e-8a47-4b7e-9d0c-6f3a1b2e4c58')


def feed_id(post: Post) -> str:
    """Once readers' apps have seen one it stays, wherever the post moves."""
    return post.feed_id or identity(f'post/{post.pk}')


def identity(name: str) -> str:
    return f'urn:uuid:{uuid.uuid5(IDENTITY, name)}'
