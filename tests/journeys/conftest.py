"""Whole orders on the running product: the fixture `installation` is that of tests/conftest.py."""
