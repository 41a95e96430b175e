"""Years and months as an address has them: 2026/09."""


class YearConverter:
    regex = '[1-9][0-9]{3}'

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f'{value:04}'


class MonthConverter:
    """Two digits, always: one month has one address."""

    regex = '0[1-9]|1[0-2]'

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f'{value:02}'
