"""Keep articles, reports, events, refusals and verdicts in one SQLite file."""
