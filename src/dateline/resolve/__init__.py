"""Resolve the spans of Mentions into values: Reports with Who, Where, When, HowMany and a Chain."""
