"""The authority of a demo town: root, intermediate, time stamps, revocation lists; everything says UJI COBA.

Made on first use in the folder of the keys, never in production. It lets a town sign, stamp and check letters
with no contract with anybody, by the same code that a real certificate goes through. What it signs proves
nothing about a person, and every certificate says so in its own name.
"""
