"""Pairs and clusters of reports whose happenings are known: GED, ECB+, FAMuS, and the scores of clusters."""
