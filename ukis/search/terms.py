from dataclasses import dataclass


@dataclass(frozen=True)
class SoughtWords:
    """Folded words that stand in a row; `begins`: the last one may go on."""

    words: tuple[str, ...]
    begins: bool = False
