"""The rights of the people that messages are about: to be erased, to be shown what is held, to be forgotten in time."""
