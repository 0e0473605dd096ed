"""What is true: plain dataclasses and rules, the standard library only."""
