"""One module a page: its handlers, and the ``PAGES`` that bind them to paths and roles."""
