"""How much of an SMS a text takes: the 7-bit alphabet of 3GPP TS 23.038, or UCS-2 for everything else."""

from __future__ import annotations

ONE_SMS_SEVEN_BIT = 160
ONE_SMS_UCS2 = 70
_PART_SEVEN_BIT = 153  # a part of a longer message gives seven characters to its header
_PART_UCS2 = 67
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("^{}\\[~]|€\f")  # each takes two places


def is_seven_bit(text: str) -> bool:
    """Whether every character is in the alphabet that gives 160 places; one outside leaves 70."""
    return all(character in _BASIC or character in _ESCAPED for character in text)


def sms_length(text: str) -> int:
    """Places that the text takes in its alphabet: escaped characters and those beyond U+FFFF take two."""
    if is_seven_bit(text):
        return sum(2 if character in _ESCAPED else 1 for character in text)
    return len(text.encode("utf-16-be")) // 2


def one_sms(text: str) -> int:
    """Places that one SMS has for this text: 160 or 70."""
    return ONE_SMS_SEVEN_BIT if is_seven_bit(text) else ONE_SMS_UCS2


def sms_parts(text: str) -> int:
    """How many SMS the text is charged as; at least 1."""
    length = sms_length(text)
    if length <= one_sms(text):
        return 1
    return -(-length // (_PART_SEVEN_BIT if is_seven_bit(text) else _PART_UCS2))
