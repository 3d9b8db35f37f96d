"""Sources: one reader for each public corpus; `registry` lists them."""
