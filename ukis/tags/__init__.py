"""One vocabulary for everything, and what carries it."""
