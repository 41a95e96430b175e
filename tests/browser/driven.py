"""What any browser that is driven from outside can be asked: each engine says how it does the rest."""

import json
import time
from abc import ABC, abstractmethod
from typing import Any


class Driven(ABC):
    """One window, signed in as whoever's cookie it is given."""

    @abstractmethod
    def sign_in(self, url: str, session: str) -> None: ...

    @abstractmethod
    def go(self, url: str) -> None: ...

    @abstractmethod
    def run(self, script: str) -> Any:
        """What the body of a function gives back, as JSON."""

    @abstractmethod
    def act(self, kind: str, *steps: dict[str, Any]) -> None:
        """With 'key' or 'pointer', as WebDriver describes what a person does."""

    @abstractmethod
    def narrow(self) -> None:
        """As narrow as a phone, or as this browser gets."""

    @abstractmethod
    def close(self) -> None: ...

    def until(self, script: str, seconds: float = 20) -> Any:
        """Asks until the answer is true."""
        deadline = time.monotonic() + seconds
        while not (answer := self.run(f'return {script}')):
            assert time.monotonic() < deadline, (script, self.text()[:600])
            time.sleep(0.1)
        return answer

    def text(self) -> str:
        return self.run('return document.body?.innerText ?? ""')

    def type(self, text: str) -> None:
        self.act(
            'key', *({'type': kind, 'value': letter} for letter in text for kind in ('keyDown', 'keyUp'))
        )

    def click(self, selector: str) -> None:
        """With the mouse, in the middle of what the selector finds first."""
        x, y = self.until(
            f"""(() => {{
                const found = document.querySelector({json.dumps(selector)})
                if (!found) return null
                found.scrollIntoView({{block: 'center'}})
                const box = found.getBoundingClientRect()
                return box.width ? [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)] : null
            }})()"""
        )
        self.act(
            'pointer',
            {'type': 'pointerMove', 'x': x, 'y': y, 'duration': 0},
            {'type': 'pointerDown', 'button': 0},
            {'type': 'pointerUp', 'button': 0},
        )
