"""What the messages are worth: ``make eval`` runs the whole corpus and writes docs/quality.md."""
