"""The two ways in which a rule does not hold."""


class Failure(Exception):
    """A rule of the format is broken; `code` is the document's name for it."""

    def __init__(self, code, expected=None, found=None):
        super().__init__(code)
        self.code, self.expected, self.found = code, expected, found


class NotRun(Exception):
    """A check could not be made; `reason` is the document's name for why."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason
