"""Code an Article into Mentions: triggers with typed arguments, status and attribution.

Coders are loaded by name: the entry-point group `dateline.coders`.
"""
