"""Organisations by their own people: offices, domains, what they change of their entry; names that were."""
