"""Lists of posts, kept with their counts, and where one post stands among the others."""
