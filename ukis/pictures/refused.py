"""Why a picture was not taken, as sentences for the person who sent it."""


class RefusedPicture(Exception):
    """Says to the person, in a sentence, what is wrong with the picture and what to do."""


class Busy(RefusedPicture):
    """Nothing is wrong with the picture: it had no turn."""

    def __init__(self) -> None:
        super().__init__(
            'Several pictures are being read just now, and yours had no turn. Nothing you typed is lost: '
            'wait a moment and choose the picture again.'
        )


class StoreAway(RefusedPicture):
    """Nothing is wrong with the picture: where it would be kept does not answer, or has no room."""

    def __init__(self) -> None:
        super().__init__(
            'The place where pictures are kept does not answer just now. Nothing you typed is lost: '
            'go on without the picture, and choose it again in a few minutes.'
        )
