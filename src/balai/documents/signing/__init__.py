"""Signing letters: who can (registry), with what (credentials), whom to trust (trust), how (pades)."""
