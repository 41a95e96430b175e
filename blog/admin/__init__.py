from blog.admin import desk, desk_moves, posts, submissions

__all__ = ['desk', 'desk_moves', 'posts', 'submissions']
