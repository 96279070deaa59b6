"""The web server's way in."""

import gc
import os

gc.disable()  # all that a start imports stays: to look for garbage among it takes a sixth of the time

from django.conf import settings  # noqa: E402
from django.core import checks  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import reverse  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mtm.settings")

application = get_wsgi_application()

# `runserver` and `migrate` check by themselves; a web server would not.
refused = [found for found in checks.run_checks(tags=[checks.Tags.security]) if found.is_serious()]
if refused:
    raise SystemExit("This server does not start:\n" + "\n".join(f"- {found.msg} {found.hint or ''}" for found in refused))

reverse(settings.LOGIN_URL)  # loads every route now, once, for all processes that are forked from this one
gc.freeze()
gc.enable()
