"""What the documentation has to name, and what it shows has to run."""
