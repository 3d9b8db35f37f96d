"""The nouns of dateline, frozen, one per arrow: Capture, Article, Mention, Report, Event, Verdict."""
