"""The registry of who hears what an outside system says, keyed by the label of what was handed over.

    receivers.register("reports.report", Receiver(told=actions.hear_from_outside, link=queries.desk_link))

`told` is called by a job, outside any transaction and at least once: it is idempotent by `news.id`, and
writes through actions of its own package. In `apps.ready()` of the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from balai.kernel.references import Subject


@dataclass(frozen=True)
class News:
    """What became of a hand-over: it went out, or the other side answered.

    `reference` is ours, `tracking_number` theirs, `outside_state` theirs by a stable English code and
    `outside_label` in words; `text` is for the reporter to read. `state` is our hand-over's.
    """

    id: str
    event: Literal["sent", "answered"]
    partner: str
    about: Subject
    reference: str
    state: str
    at: datetime
    tracking_number: str = ""
    outside_state: str = ""
    outside_label: str = ""
    text: str = ""


@dataclass(frozen=True)
class Receiver:
    """Whoever handed something over: what it does with news, and the page of the thing at the desk."""

    told: Callable[[News], None]
    link: Callable[[str], str] = lambda subject_id: ""


_receivers: dict[str, Receiver] = {}


def register(label: str, receiver: Receiver) -> None:
    """Let this receiver hear of subjects with this label; raises ValueError when another does already."""
    if _receivers.get(label, receiver) is not receiver:
        raise ValueError(f"receivers of {label} are registered twice")
    _receivers[label] = receiver


def unregister(label: str) -> None:
    """Forget a label; for tests that register their own."""
    _receivers.pop(label, None)


def tell(news: News) -> bool:
    """Hand the news on; False when nobody hears for this label (an engine that was taken out)."""
    receiver = _receivers.get(news.about.label)
    if receiver is None:
        return False
    receiver.told(news)
    return True


def link(about: Subject) -> str:
    """The thing's page at the desk, "" where there is none."""
    receiver = _receivers.get(about.label)
    return receiver.link(about.id) if receiver else ""
