"""E-mail that people write to the town: read from its mailbox, each once, files looked into and staged.

A letter that was taken in whole goes from the mailbox: here it is sealed. What a machine wrote, what came too
often, and what holds a file that we do not take stays there, marked as read, for a person.
"""

from __future__ import annotations

import logging
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.files import actions as files
from balai.files.errors import FileRefused
from balai.kernel.references import SYSTEM, Subject
from balai.kernel.uuid7 import uuid7
from balai.notify import actions, queries
from balai.notify.actions import Kept
from balai.notify.letters import Enclosed, read_letter
from balai.notify.mailbox import MailboxAway, mailbox_at
from balai.runtime import ratelimit
from balai.runtime.errors import TooMany

_log = logging.getLogger(__name__)
LARGEST_LETTER = 25_000_000
# As many as one address is answered in an hour.
LETTERS_PER_HOUR = 10
HOUR = 3600


def read_mailbox() -> int:
    """Read the mailbox of the settings; how many letters were taken in whole, 0 without one."""
    url = settings.BALAI.incoming_mailbox.get_secret_value()
    if not url:
        return 0
    try:
        return mailbox_at(url, largest=LARGEST_LETTER).read(take)
    except MailboxAway as away:
        _log.error("the mailbox of incoming letters cannot be read: %s", away.code)
        return 0


def take(raw: bytes) -> bool:
    """Take one letter in; False when something of it should stay for a person in the mailbox."""
    letter = read_letter(raw)
    if letter is None or letter.sender in _own_addresses():
        return False
    if queries.is_known_letter(letter):
        return True
    try:
        ratelimit.hit("notify.letters", letter.sender, limit=LETTERS_PER_HOUR, seconds=HOUR)
    except TooMany:
        _log.warning("a letter stays in the mailbox: more than %s an hour from one address", LETTERS_PER_HOUR)
        return False
    is_cut = len(raw) >= LARGEST_LETTER
    incoming_id = uuid7()
    kept = [_keep(incoming_id, each, is_cut=is_cut) for each in letter.files]
    actions.take_in_letter(letter=letter, incoming_id=incoming_id, kept=kept)
    return not (is_cut or letter.left_out or any(each.fault for each in kept))


def _own_addresses() -> set[str]:
    """What we ourselves send is no letter to us: two machines would talk all night."""
    chosen = settings.BALAI
    return {
        each.lower() for each in (chosen.mail_from, chosen.bounce_address, chosen.incoming_address) if each
    }


def _keep(incoming_id: UUID, enclosed: Enclosed, *, is_cut: bool) -> Kept:
    """Store one file, staged; should we end before the letter is noted, it goes by itself."""
    key = uuid7()
    sent = SimpleUploadedFile(enclosed.name or "lampiran", enclosed.content, enclosed.media_type)
    owner = Subject("notify.incoming", str(incoming_id))
    try:
        if is_cut:
            raise FileRefused("files.too_large", megabytes=LARGEST_LETTER // 1_000_000)
        files.store(by=SYSTEM, owner=owner, file=sent, allow="document", id=key)
    except FileRefused as refused:
        return Kept(key, enclosed.name, enclosed.media_type, refused.code, refused.sentence)
    return Kept(key, enclosed.name, enclosed.media_type)
