"""What is done with a notice: it is queued, delivered, and sent again."""

from shoushan.notices.actions.delivering import deliver
from shoushan.notices.actions.queueing import queue, send_again

__all__ = ["deliver", "queue", "send_again"]
