"""Numbers, letters, the turns of those who sign, their certificates, and links that show a letter."""

from balai.documents.models.letters import Letter, LetterSource
from balai.documents.models.numbers import Number, Series
from balai.documents.models.sharing import Share
from balai.documents.models.signing import Credential, SigningBatch, Turn

__all__ = ["Credential", "Letter", "LetterSource", "Number", "Series", "Share", "SigningBatch", "Turn"]
