"""Bugs planted into the seam, to prove that the simulation sees them."""
