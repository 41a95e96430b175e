"""What runs by the clock."""

from ukis.clock.running import Job, register, run_due

__all__ = ['Job', 'register', 'run_due']
