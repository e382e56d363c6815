"""Files that come along with a message: fetched, looked into and kept by `files`, outside any transaction."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from balai.files import actions as files
from balai.files.errors import FileRefused
from balai.files.limits import LIMITS
from balai.kernel.references import SYSTEM, Subject
from balai.notify import actions, channels, queries
from balai.notify.channels import PermanentFailure, TalkingChannel
from balai.notify.models import Enclosure, Incoming

# As much as `files` takes of anybody.
MOST_BYTES = LIMITS.file_bytes
NEVER_TAKEN = ("video/", "audio/")


def fetch_waiting(incoming_id: str) -> None:
    """Bring in what a gateway still holds; a temporary fault goes up to the queue, which comes back.

    A file that was stored in an earlier round is the same upload: its id is the row's.
    """
    for enclosure in queries.waiting_enclosures(incoming_id):
        _bring_in(enclosure.incoming, enclosure)


def _bring_in(incoming: Incoming, enclosure: Enclosure) -> None:
    channel = channels.channel(incoming.channel)
    try:
        if not isinstance(channel, TalkingChannel) or enclosure.remote_id is None:
            raise PermanentFailure("notify.no_media")
        if enclosure.media_type.startswith(NEVER_TAKEN):
            raise FileRefused("files.not_document", found=_("video atau suara"))
        content = channel.fetch(enclosure.remote_id.clear, most=MOST_BYTES)
        keep(incoming.as_subject(), enclosure, content)
    except PermanentFailure as failed:
        actions.note_refused(enclosure=enclosure, fault=failed.code, reason=lost())
    except FileRefused as refused:
        actions.note_refused(enclosure=enclosure, fault=refused.code, reason=refused.sentence)
    else:
        actions.note_stored(enclosure=enclosure)


def keep(owner: Subject, enclosure: Enclosure, content: bytes) -> None:
    """Look into the bytes and store them as the upload of this row; raises FileRefused."""
    sent = SimpleUploadedFile(enclosure.name.clear or "lampiran", content, enclosure.media_type)
    files.store(by=SYSTEM, owner=owner, file=sent, allow="document", id=enclosure.pk)


def lost() -> str:
    """For whoever sent a file that did not come through."""
    return _("Berkas ini tidak sampai kepada kami. Kirim sekali lagi.")
