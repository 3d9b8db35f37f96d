"""The errors that dateline raises.

DatelineError
├── InputError        something the user gave cannot be used (a path, a date, a filter, a column map)
│   └── NotFoundError     it names something that is not there (the id of an event or an article)
├── WorkspaceError    the workspace is missing, locked, damaged or made by a newer version
│   ├── WorkspaceBusyError      somebody else is writing to it; nothing was written
│   ├── WorkspaceFullError      its disk is full; nothing was written
│   └── WorkspaceReadOnlyError  it may only be read
├── GazetteerError    the gazetteer cannot be built or read, or a user's places cannot be added
├── ModelError        the frame coder's model is missing, damaged or cannot be run
├── DataError         a data file of dateline (ontology, actors, cues) breaks its own rules
└── PluginError       a backend was named that does not exist or does not load

What is wrong with one article among many is not an error: it is a `Rejected` value, counted and kept.
Messages are one line: what is wrong, where, and what to do next.
"""


class DatelineError(Exception):
    """Base of all errors raised on purpose."""


class InputError(DatelineError):
    """Something the user gave cannot be used."""


class NotFoundError(InputError):
    """What the user named is not there."""


class WorkspaceError(DatelineError):
    """The workspace is missing, locked, damaged or made by a newer version."""


class WorkspaceBusyError(WorkspaceError):
    """Somebody else is writing to the workspace and did not end in time; nothing was written."""


class WorkspaceFullError(WorkspaceError):
    """The disk that holds the workspace is full; nothing was written."""


class WorkspaceReadOnlyError(WorkspaceError):
    """The workspace may only be read."""


class GazetteerError(DatelineError):
    """The gazetteer cannot be built or read, or places cannot be added to it."""


class ModelError(DatelineError):
    """The frame coder's model is missing, damaged or cannot be run."""


class DataError(DatelineError):
    """A data file of dateline breaks its own rules."""


class PluginError(DatelineError):
    """A backend was named that does not exist or does not load."""
