"""PostgreSQL as Django speaks to it, but that nobody waits for ever for a server which is there and silent."""
