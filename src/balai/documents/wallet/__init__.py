"""The citizen's wallet: the letters that were issued to her, and links by which she shows one for a while."""
