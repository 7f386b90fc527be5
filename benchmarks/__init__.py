"""Measurements on the real product: `python -m benchmarks NAME… [--json]`."""
