"""``python -m overture``."""

from overture.cli import main

if __name__ == "__main__":
    main()
