"""What the ports ask of the outside world, done: each file knows one library."""
