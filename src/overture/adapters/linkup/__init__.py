"""The rail ``linkup``: a client of servers that speak LinkUp v1."""
