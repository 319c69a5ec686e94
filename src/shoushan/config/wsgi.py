"""What the server runs."""

import gc
import os
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")

from django.conf import settings  # noqa: E402 - settings must be named first
from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
# What is loaded by now stays for good. Python's collector walked through all of it again and again: a quarter of the
# time of a large page (docs/decisions/0027).
gc.collect()
gc.freeze()
