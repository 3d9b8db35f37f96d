"""Clean a Capture into an Article: main text, metadata, sentences, or a Rejected with its reason."""
