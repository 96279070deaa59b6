"""The front door: settings, routes and the task queue. Nothing else imports from here but mtm.lib."""

from mtm.celery import app as celery_app

__all__ = ["celery_app"]
