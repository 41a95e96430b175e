"""What the editors' desk shows: queues and how they are narrowed, the board, the calendar, the map, the figures."""
