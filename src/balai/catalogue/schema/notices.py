"""What people are told about an application: one piece of news, in the words of each language."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, TypeAdapter

from balai.catalogue.schema.base import Key, Line, Part, Prose

Language = Literal["id", "jv", "en"]


class Notice(Part):
    """One piece of news in one language; `{number}` and the like are put in when it is sent."""

    subject: Line = Field(description="subject of an e-mail")
    short: Line = Field(description="for SMS and WhatsApp: fits one SMS with the longest values")
    text: Prose = Field(description="for e-mail; may say a little more")


NoticeFile = TypeAdapter(dict[Key, dict[Language, Notice]])
