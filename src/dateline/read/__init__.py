"""Read articles as they are found: files, folders, archives and feeds become Captures."""
