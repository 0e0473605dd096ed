"""The HTTP door: dialects of other products and routes of our own, over the use cases."""
