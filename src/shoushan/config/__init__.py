"""Settings, addresses and the `shoushan` command: the only place that knows every app.

SQLite 3.7.0 to 3.51.2 can lose committed writes in WAL mode, so the wheel's newer SQLite takes the place
of the system's before anything opens a database (docs/decisions/0002).
"""

import sys

try:
    import pysqlite3
    import pysqlite3.dbapi2
except ImportError:  # pragma: no cover - no wheel for this machine: settings then choose journal_mode=DELETE
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
