"""The roof: pages where both apps meet, staff, what stands around every page."""
