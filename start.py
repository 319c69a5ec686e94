"""Sets up Shoushan in this folder and starts it: the one command of a newcomer (Python's own library only).

python3 start.py [--port 8000] [--host 127.0.0.1] [--data DIR] [--empty]
python3 start.py shoushan ARGS…          the shoushan command in the same environment
python3 start.py bench NAME [--json]     one measurement of benchmarks/
python3 start.py test [STAGE…]           every check, or the named ones
"""

import os
import shutil
import sys

# The locked packages are those of Python 3.11; older ones could not even read tools/.
WANTED = (3, 11)
if sys.version_info[:2] != WANTED:
    found = shutil.which("python3.11")
    if not found:
        sys.exit(
            "Shoushan runs on Python 3.11, and this is Python {}.{}.\n"
            "On Debian 12:  apt-get install -y python3 python3-venv".format(*sys.version_info)
        )
    os.execv(found, [found, *sys.argv])  # noqa: S606 - the same command, by the right Python

from tools.commands import main  # noqa: E402 - only once the Python is known to be right

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], __doc__ or ""))
