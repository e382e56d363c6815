"""The world outside: one folder for each system, and who hears what it answers."""
