"""The shape of the house, as tests: each rule says what to do instead, and has a sample it catches."""
