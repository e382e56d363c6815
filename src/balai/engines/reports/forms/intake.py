"""A report that is being written: kept as a sealed draft at the server, with or without an account.

The session says which draft is this browser's. Every page carries a signed mark of it too, so that what is
typed on a page survives a session that ended; the mark is good for two hours, as computers are shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from balai.engines.reports.actions.filing import NOBODY, STAGED_LABEL
from balai.engines.reports.errors import CategoryUnknown
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules.categories import Category, Face
from balai.files import actions as files
from balai.files import queries as stored
from balai.files.errors import FileRefused
from balai.kernel.geo import Place
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.sync import actions as sync
from balai.sync import queries as drafts

KIND = "reports.intake"
IN_SESSION, MARK = "reports.draft", "isian"
SALT = "reports.intake"
MARK_SECONDS = 2 * 3600
MOST_PHOTOS = 5


@dataclass
class Intake:
    """One report on its way: what was typed so far by the name of the control, and its staged photos."""

    id: UUID
    data: dict[str, Any] = field(default_factory=dict)
    uploads: list[str] = field(default_factory=list)

    @property
    def owner(self) -> Subject:
        """Whom the draft and its photos belong to until the report is filed."""
        return Subject(STAGED_LABEL, str(self.id))

    @property
    def mark(self) -> str:
        """The signed word that pages carry."""
        return signing.dumps(str(self.id), salt=SALT)

    @property
    def category(self) -> Category | None:
        """The kind that was chosen, while it is offered."""
        try:
            return definitions.current().category(self.text("jenis"))
        except CategoryUnknown:
            return None

    @property
    def face(self) -> Face | None:
        """The door by which she came in."""
        return definitions.current().face(self.text("pintu"))

    @property
    def photos_wanted(self) -> int:
        """How many photos this kind, at this door, asks for."""
        category, face = self.category, self.face
        return max(category.photos if category else 0, face.photos if face else 0)

    @property
    def point(self) -> tuple[float | None, float | None]:
        """Latitude and longitude, or neither."""
        place = self.data.get("titik") or (None, None)
        return place[0], place[1]

    @property
    def where_typed(self) -> dict[str, Any]:
        """What the page of the place begins with."""
        lat, lon = self.point
        return {**self.data, "titik": Place(lat, lon) if lat is not None and lon is not None else None}

    def text(self, name: str) -> str:
        """What stands in a control, "" for nothing."""
        return str(self.data.get(name) or "")

    def keep(self, typed: dict[str, Any]) -> None:
        """Lay what was typed over the draft, and save it."""
        self.data |= typed
        sync.save_draft(
            by=NOBODY, owner=self.owner, kind=KIND, about="", data=self.data, uploads=self.uploads
        )

    def add_photos(self, sent: Sequence[UploadedFile[Any]]) -> str:
        """Stage photos, and save; why one of them was refused, "" when none was."""
        refused = ""
        for file in sent[: MOST_PHOTOS - len(self.uploads)]:
            try:
                row = files.store(by=NOBODY, owner=self.owner, file=file, allow="photo")
            except FileRefused as error:
                refused = error.sentence
            else:
                self.uploads.append(str(row.pk))
        if sent:
            self.keep({})
        return refused

    def drop_photos(self, gone: Iterable[str]) -> None:
        """Take photos off again."""
        ids = [each for each in self.uploads if each in set(gone)]
        self.uploads = [each for each in self.uploads if each not in ids]
        files.discard(by=NOBODY, ids=ids, reason="draft", staged_of=self.owner)
        self.keep({})

    def discard(self) -> None:
        """Forget everything, on her word."""
        sync.discard(by=NOBODY, owner=self.owner, kind=KIND, about="")

    def sent(self) -> None:
        """The report is filed, and its photos belong to it."""
        sync.discard(by=NOBODY, owner=self.owner, kind=KIND, about="", keep_uploads=True)


def begin(request: HttpRequest) -> Intake:
    """This browser's draft, or a new one that nobody has saved yet."""
    found = current(request)
    if found is None:
        found = Intake(uuid7())
    _remember(request, found.id)
    return found


def current(request: HttpRequest) -> Intake | None:
    """The draft of this browser: by the page that was sent, else by its session."""
    for id in _named(request):
        found = drafts.draft(Subject(STAGED_LABEL, id), KIND, "")
        if found is not None:
            return Intake(UUID(id), dict(found.data.clear), list(found.uploads))
    return None


def id_sent(request: HttpRequest) -> UUID | None:
    """Which draft a page belongs to, also when it was filed meanwhile."""
    return next((UUID(each) for each in _named(request)), None)


def forget(request: HttpRequest) -> None:
    """This browser writes no report any more."""
    request.session.pop(IN_SESSION, None)


def shown_photos(intake: Intake) -> list[dict[str, Any]]:
    """The staged photos, as the file field lists them."""
    rows = stored.uploads(intake.uploads) if intake.uploads else {}
    return [
        {
            "id": str(row.pk),
            "name": row.name,
            "size_label": f"{max(1, row.size // 1024)} kB",
            "url": "",
            "is_image": True,
        }
        for row in (rows.get(UUID(each)) for each in intake.uploads)
        if row is not None
    ]


def _named(request: HttpRequest) -> list[str]:
    mark = request.POST.get(MARK) or request.GET.get(MARK, "")
    named = []
    if mark:
        with suppress(signing.BadSignature):
            named.append(str(signing.loads(mark, salt=SALT, max_age=MARK_SECONDS)))
    kept = request.session.get(IN_SESSION)
    return [*named, *([str(kept)] if kept and str(kept) not in named else [])]


def _remember(request: HttpRequest, id: UUID) -> None:
    """Until the browser is closed, where nobody is signed in: the next user of the phone is another."""
    if request.session.get(IN_SESSION) != str(id):
        request.session[IN_SESSION] = str(id)
        if getattr(request, "account", None) is None:
            request.session.set_expiry(0)
