"""What was typed into a page after the session ended: kept, and claimed by the same person after signing in.

The page carries a signed mark of the citizen it was drawn for, so the next user of a shared computer cannot
claim another's answers. The token that claims them travels in a cookie for as long as they are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core import signing
from django.http import HttpRequest, HttpResponse

from balai.catalogue.forms import typed_values
from balai.catalogue.schema import Page
from balai.engines.cases.forms.application import FILE, TYPED
from balai.engines.cases.forms.attaching import store_files_of
from balai.kernel.references import Actor, Subject
from balai.kernel.uuid7 import uuid7
from balai.people.requests import CitizenRequest
from balai.sync import actions as sync
from balai.sync.errors import StashNotFound

if TYPE_CHECKING:
    from balai.people.models import Citizen

COOKIE = "balai_isian"
MARK = "milik"
SALT = "cases.stash"
SECONDS = 2 * 3600
MARK_SECONDS = 31 * 86400  # a citizen's session lasts 30 days, and a page may stand open as long
NOBODY = Actor("citizen", "", "")


@dataclass(frozen=True)
class Stashed:
    """One form to keep: the draft it belongs to, its questions, and where to go on after signing in."""

    kind: str
    about: str
    page: Page
    back_to: str


def mark(citizen: Citizen) -> str:
    """A signed word for whom a page was drawn."""
    return signing.dumps(str(citizen.pk), salt=SALT)


def meant_for(request: HttpRequest) -> Subject | None:
    """For whom the posted page was drawn; None without a mark of ours."""
    try:
        citizen_id = signing.loads(request.POST.get(MARK, ""), salt=SALT, max_age=MARK_SECONDS)
    except signing.BadSignature:
        return None
    return Subject("people.citizen", str(citizen_id))


def keep(request: HttpRequest, response: HttpResponse, form: Stashed, owner: Subject) -> None:
    """Keep the posted form for its owner; the answer carries the token that claims it."""
    draft_id = uuid7()
    nobody_yet = Subject("sync.draft", str(draft_id))
    stored, _refused = store_files_of(form.page, request.FILES, by=NOBODY, owner=nobody_yet)
    token = sync.stash(
        kind=form.kind,
        about=form.about,
        data={
            **{f"{TYPED}{name}": value for name, value in typed_values(form.page, request.POST).items()},
            **{f"{FILE}{name}": ids for name, ids in stored.items()},
        },
        uploads=[each for ids in stored.values() for each in ids],
        meant_for=owner,
        id=draft_id,
    )
    response.set_cookie(
        COOKIE, token, max_age=SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )


def claim(request: CitizenRequest) -> bool:
    """Lay what was kept over the citizen's draft; False when there is nothing, or it is another person's."""
    token = request.COOKIES.get(COOKIE)
    if not token:
        return False
    citizen = request.citizen
    try:
        sync.claim_stash(by=citizen.as_actor(), owner=citizen.as_subject(), token=token)
    except StashNotFound:
        return False
    return True


def forget(response: HttpResponse) -> None:
    """The token has served."""
    response.delete_cookie(COOKIE, samesite="Lax")
