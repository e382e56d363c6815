"""Checking a letter: by its code, or by the file itself (`verifying.verify`). Without a network."""
