"""The product's settings after the folder of one work line was removed, and its row with it."""

from shoushan.config.settings import *  # noqa: F403
from shoushan.config.settings import INSTALLED_APPS as WITH
from shoushan.config.settings import LINES as ALL

GONE = "shoushan.lines.hazards"
LINES = [line for line in ALL if line != GONE]
INSTALLED_APPS = [app for app in WITH if app != GONE]
