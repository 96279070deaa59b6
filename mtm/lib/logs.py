"""What a log line may not carry."""

import logging


class NothingClinical(logging.Filter):
    """Drop paths, arguments and tracebacks' texts: names of loggers, classes and places stay.

    Django logs "Not Found: /patients/…" and a database puts the offending values into its
    error text; both would carry what belongs to a chart.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(("django.request", "django.security")):
            record.msg, record.args = f"status {getattr(record, 'status_code', '-')}", ()
        if record.exc_info and record.exc_info[0] is not None:
            record.msg = f"{record.getMessage() if record.name.startswith('mtm') else record.msg} [{self.place(record)}]"
            record.args, record.exc_info, record.exc_text = (), None, None
        return True

    @staticmethod
    def place(record: logging.LogRecord) -> str:
        kind, _, trace = record.exc_info
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else "unknown place"
        return f"{kind.__name__} at {where}"
