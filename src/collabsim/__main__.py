"""``python -m collabsim`` is ``collabsim``."""

import sys

from collabsim.cli import main

if __name__ == "__main__":
    sys.exit(main())
