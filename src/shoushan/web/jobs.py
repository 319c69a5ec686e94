"""Work longer than a second, beside the pages: it tells how far it is, and the reader may leave and come back.

    job = jobs.start(request.user, _("Export"), write, back="/investment/")     # write(job) runs in a thread
    return redirect(jobs.address(job))                                          # a page that shows its progress

Inside, ``jobs.tell(job, done, total)`` says how far it is, ``job.path`` is where its file goes, and ``job.url`` where
its page leads when it is done. A job that was interrupted by a restart says so.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import translation

from shoushan.core.errors import Refusal
from shoushan.web import clock, refusals
from shoushan.web.models import Job

Work = Callable[[Job], None]
TELL_EVERY_SECONDS = 0.5
KEPT = timedelta(days=1)
SILENT = timedelta(minutes=2)
logger = logging.getLogger(__name__)


def folder() -> Path:
    """Where jobs keep their files for a day."""
    found = Path(settings.DATA) / "jobs"
    found.mkdir(parents=True, exist_ok=True)
    return found


def start(person: Any, label: Any, work: Work, *, back: str, at_once: bool = False) -> Job:
    """Begin a piece of work for a person; ``at_once`` while they wait, where it is known to be short."""
    sweep()
    key = secrets.token_urlsafe(16)
    job = Job.objects.create(key=key, person_id=person.pk, label=str(label), back=back, told_at=clock.now())
    return go_on(job, work, at_once=at_once)


def go_on(job: Job, work: Work, *, at_once: bool = False) -> Job:
    """The next piece of work of the same job: looking once more, then entering."""
    job.path, job.url, job.state = folder() / job.key, "", Job.State.RUNNING
    Job.objects.filter(pk=job.pk).update(state=job.state, done=0, total=0, said="", told_at=clock.now())
    if at_once or settings.JOBS_INLINE:
        _run(job, work)
    else:
        language = translation.get_language()
        threading.Thread(target=_beside, args=(job, work, language), daemon=True).start()
    return job


def address(job: Job) -> str:
    """Where the reader goes now: to what came of it, or to the page that shows how far it is."""
    return job.url if job.state == Job.State.DONE and job.url else f"/jobs/{job.key}/"


def tell(job: Job, done: int, total: int) -> None:
    """Say how far the work is; written down twice a second at most."""
    now = time.monotonic()
    if now - job.last_told >= TELL_EVERY_SECONDS:
        job.last_told = now
        Job.objects.filter(pk=job.pk).update(done=done, total=total, told_at=clock.now())


def is_interrupted(job: Job) -> bool:
    """Whether nothing has been heard of a running job for a while."""
    return job.state == Job.State.RUNNING and clock.now() - job.told_at > SILENT


def sweep() -> None:
    """Forget what is older than a day, with its files."""
    for job in Job.objects.filter(told_at__lt=clock.now() - KEPT):
        for file in folder().glob(f"{job.key}*"):
            file.unlink(missing_ok=True)
        job.delete()


def _beside(job: Job, work: Work, language: str | None) -> None:
    try:
        with translation.override(language):
            _run(job, work)
    finally:
        connection.close()


def _run(job: Job, work: Work) -> None:
    try:
        work(job)
    except Refusal as refusal:
        _end(job, Job.State.FAILED, refusals.say(refusal).whole)
    except Exception:  # noqa: BLE001 - nobody stands behind this thread; the reader is told, and the log has the rest
        logger.exception("job %s", job.key)
        _end(job, Job.State.FAILED, "")
    else:
        _end(job, Job.State.DONE, "")


def _end(job: Job, state: str, said: str) -> None:
    job.state, job.said = state, said
    Job.objects.filter(pk=job.pk).update(
        state=state, said=said[:1000], url=job.url, file_name=job.file_name, told_at=clock.now()
    )
