"""Plots as SVG: geometry in whole numbers, drawn by a template; the table that stands behind one says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

WIDTH, HEIGHT, LEFT, BELOW, ABOVE = 960, 300, 80, 40, 20
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    width: int
    height: int
    label: str  # empty where there is no room
    middle: int
    is_below: bool  # less than nothing


@dataclass(frozen=True)
class Gridline:
    y: int
    label: str


@dataclass(frozen=True)
class Peak:
    """A stroke above a bar."""

    x: int
    end: int
    y: int


@dataclass(frozen=True)
class Bars:
    bars: Sequence[Bar]
    marks: Sequence[Gridline]
    zero: int
    peaks: Sequence[Peak] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def foot(self) -> int:
        return self.height - BELOW // 2


def bars(
    values: Sequence[tuple[str, Decimal]], *, unit: str = '£', peaks: Sequence[Decimal | None] = ()
) -> Bars:
    """One bar a value, from nought up or down, with a few lines to read them by; strokes where there are peaks."""
    most = max([value for _, value in values] + [peak for peak in peaks if peak is not None] + [Decimal(0)])
    least = min([value for _, value in values] + [Decimal(0)])
    step = _step(most - least)
    top = (most / step).to_integral_value(ROUND_CEILING) * step or step
    bottom = (least / step).to_integral_value(ROUND_FLOOR) * step
    room = HEIGHT - BELOW - ABOVE

    def place(value: Decimal) -> int:
        return ABOVE + int(room * (top - value) / (top - bottom))

    each = (WIDTH - LEFT) / max(len(values), 1)
    zero, every = place(Decimal(0)), -(-len(values) // 12)
    drawn = []
    for number, (label, value) in enumerate(values):
        x, end = int(LEFT + each * (number + 0.15)), place(value)
        drawn.append(
            Bar(
                x=x,
                y=min(end, zero),
                width=max(int(each * 0.7), 1),
                height=abs(end - zero),
                label=label if number % every == 0 else '',
                middle=x + int(each * 0.35),
                is_below=value < 0,
            )
        )
    count = int((top - bottom) / step)
    marks = [bottom + step * number for number in range(count + 1)]
    return Bars(
        drawn,
        [Gridline(place(mark), f'{"−" if mark < 0 else ""}{unit}{abs(mark):,.0f}') for mark in marks],
        zero,
        [
            Peak(bar.x, bar.x + bar.width, place(peak))
            for bar, peak in zip(drawn, peaks, strict=False)
            if peak is not None
        ],
    )


def _step(span: Decimal) -> Decimal:
    """Between three and eight lines over the span, at round numbers."""
    size = Decimal(1)
    while True:
        for one in STEPS:
            if span <= one * size * 6:
                return one * size
        size *= 10
