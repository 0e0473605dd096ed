"""The door for language models: tools of the Model Context Protocol over use cases. Nothing here sends free text."""
