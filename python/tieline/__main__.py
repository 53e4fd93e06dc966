"""The command-line program: ``python -m tieline`` and ``tieline``."""

import signal
import sys

from tieline import _native


def main() -> None:
    """Run the program with the arguments of the process and exit with its code."""
    # The program decides itself what an interrupt does; the interpreter would wait for its end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_native.main(["tieline", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
