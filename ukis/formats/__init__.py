"""How days and times are written and read: one rule for every page and form, the admin's too."""
