"""`{% filter of_town %}…{% endfilter %}`: "desa atau kelurahan" in the words of this town."""

from __future__ import annotations

from django import template

from balai.government.texts import of_town

register = template.Library()
register.filter("of_town", of_town)
