"""What is asked for, what comes in, what both are put to, and what the books say of it."""
