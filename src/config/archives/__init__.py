"""One file that holds a whole town: database, files and keys, each with its hash."""
