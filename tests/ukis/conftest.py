from tests.shown import shown  # noqa: F401  # a fixture
from tests.ukis.found_texts import kind  # noqa: F401  # a fixture
