"""The web server's way in."""

import os

from django.core import checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mtm.settings")

application = get_wsgi_application()

# `runserver` and `migrate` check by themselves; a web server would not.
refused = [found for found in checks.run_checks() if found.is_serious()]
if refused:
    raise SystemExit("This server does not start:\n" + "\n".join(f"- {found.msg} {found.hint or ''}" for found in refused))
