"""Resolve the spans of Mentions into values: Reports with Who, Where, When, HowMany and a Chain."""

from dateline.resolve.reports import Resolver, open_resolver

__all__ = ["Resolver", "open_resolver"]
