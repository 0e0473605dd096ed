"""Who may use the console, and what its pages show that nothing else asks for."""
