"""Background work: the unfinished row is the job, a message carries its id and nothing else."""

import datetime as dt
import hashlib
import logging
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from reviews.documents.render import render_pdf
from reviews.documents.schema import PaperProblem
from reviews.models import DocumentFile

SECONDS = 15  # then Celery kills the process; the lease is five seconds longer
MEMORY = 512 * 1024 * 1024
WAITS_AT_MOST = 5  # seconds in which a fresh row's own message should have come through
log = logging.getLogger("mtm.reviews.tasks")
queue = import_string(settings.TASK_QUEUE)


@queue.task(time_limit=SECONDS, expires=60)
def render_file(file_id: str) -> None:
    """Store the PDF of a signed document; safe to run twice and at once."""
    file = DocumentFile.objects.take_lease(file_id)
    if file is None:
        return
    try:
        store_pdf(file)
    except Exception as error:  # the row keeps the failure, whatever it was; the sweep tries again
        record_failure(file, error)


def store_pdf(file: DocumentFile) -> None:
    """Render and set the bytes once; that another worker was first is success too."""
    with limited_memory():
        pdf = render_pdf(file.document.payload, file.name, file.language)
    digest = hashlib.sha256(pdf).hexdigest()
    DocumentFile.objects.filter(pk=file.pk, pdf=None).update(
        pdf=pdf, pdf_sha256=digest, rendered_at=timezone.now(), leased_until=None, last_error=""
    )


def record_failure(file: DocumentFile, error: Exception) -> None:
    """Keep the kind of failure, never its text: that may quote the paper. Each try waits longer than the one before."""
    later = timezone.now() + dt.timedelta(seconds=2**file.attempts)
    told = "The paper holds something that can't be printed" if isinstance(error, PaperProblem) else type(error).__name__
    log.warning("rendering file %s failed: %s, attempt %s", file.pk, type(error).__name__, file.attempts)
    DocumentFile.objects.filter(pk=file.pk, pdf=None).update(leased_until=later, last_error=told)


@contextmanager
def limited_memory() -> Iterator[None]:
    """At most 512 MB beyond what the process has now; a bigger paper raises MemoryError and counts as a failure."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    wanted = used + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@queue.task(time_limit=SECONDS)
def sweep_files() -> None:
    """Dispatch what a crash or a full queue left: rows whose lease ran out, and rows whose first message never came."""
    fresh = timezone.now() - dt.timedelta(seconds=WAITS_AT_MOST)
    for pk in DocumentFile.objects.unfinished().filter(created_at__lt=fresh).values_list("pk", flat=True)[:100]:
        render_file.apply_async([str(pk)], expires=10)
