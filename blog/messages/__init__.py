"""What a message carries beside its words: the passage that it quotes, its files, the move that it came with."""
