"""What can be asked of campaigns, and what runs them."""
