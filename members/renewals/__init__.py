"""The next term: when it is offered, to whom, what they see and answer, and what becomes of silence."""
