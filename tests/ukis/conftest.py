from tests.shown import shown  # noqa: F401  # a fixture
