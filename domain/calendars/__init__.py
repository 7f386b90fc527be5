"""Calendars of countries: which dates differ from the weekly pattern, and how sure that is."""
