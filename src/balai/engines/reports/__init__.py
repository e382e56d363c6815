"""Reports of what is wrong in the town: with a clock, an answer, and proof when it is mended."""
