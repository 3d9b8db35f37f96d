"""Run the same work on one process or many, with the same output."""
