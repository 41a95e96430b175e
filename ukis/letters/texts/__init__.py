"""The words of letters: the house's, and those that an Administrator put in their place."""

from ukis.letters.texts.house import stand_in
from ukis.letters.texts.writing import LetterWords, written

__all__ = ['LetterWords', 'stand_in', 'written']
