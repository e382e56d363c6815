from __future__ import annotations

from django.utils.translation import override

from balai.people.facts import FACTS


def test_a_listed_fact_is_read_by_its_indonesian_word_whatever_the_page_speaks() -> None:
    with override("jv"):
        assert FACTS["sex"].read("Perempuan") == "female"
