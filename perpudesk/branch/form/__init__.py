"""What sets the branch up: the first run, and the forms that *Pengaturan* shows too."""

from perpudesk.branch.form.first_run import FirstRun

__all__ = ["FirstRun"]
