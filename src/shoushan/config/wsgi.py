"""What the server runs."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 - settings must be named first

# A request makes tens of thousands of objects and almost no cycles. With Python's own thresholds the collector looks
# through all that was loaded several times in each: a quarter of a page's time.
YOUNG, MIDDLE, OLD = 50_000, 20, 50

application = get_wsgi_application()
gc.collect()
gc.freeze()
gc.set_threshold(YOUNG, MIDDLE, OLD)
