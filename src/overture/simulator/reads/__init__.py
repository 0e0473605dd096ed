"""What can be read on LinkedIn: one function a question, for the viewer who asks it."""
