"""Faults on purpose: the n-th call goes wrong, everybody answers at once, processes are killed."""
