"""What can be asked of LinkedIn: signing in, reading, acting, being told."""
