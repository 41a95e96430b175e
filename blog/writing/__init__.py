"""The author's side: which submissions somebody has, what they may do with one, and how words come in."""
