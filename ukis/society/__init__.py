"""The Society itself, and the pages of its staff."""
