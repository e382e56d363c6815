"""What may happen to a case, and arithmetic about it. Nothing here asks the database."""
