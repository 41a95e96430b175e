"""Letters that come in by email: read whatever they are, and cut where the letter that they answer begins."""
