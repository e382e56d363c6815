"""What may be done by whom, and arithmetic that asks no database."""
