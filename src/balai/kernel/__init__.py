"""Values and arithmetic without Django: what is true in every town and on every database."""
