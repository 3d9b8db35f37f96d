"""Measuring: suites of texts with a known answer, and the scorers that compare a coder's answer with it."""
