"""Deterministic simulation: the seam's own code under a seeded scheduler, clock and bad luck."""
