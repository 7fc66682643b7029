"""python -m partnerdesk."""

import sys

from partnerdesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
