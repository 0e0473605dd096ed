"""Evidence to messages, without a language model, and the gate that every message passes."""
