"""The front door: settings, routes and the task queue. Nothing else imports from here but mtm.lib."""
