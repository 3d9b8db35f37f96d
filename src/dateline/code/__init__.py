"""Code an Article into Mentions: triggers with typed arguments, status and attribution."""
