"""Personal data: where it stands, how it is erased, and how it is shown to the person it is about."""
