"""What runs by the clock."""

from ukis.clock.beating import Pulse, beat, fall_silent, forget_the_dead
from ukis.clock.running import (
    ANSWERS,
    BOUNCES,
    CLOCK,
    PICTURES,
    WORDS,
    Job,
    goes_on,
    is_late,
    jobs,
    lanes,
    late,
    late_runs,
    register,
    run_due,
)

__all__ = [
    'ANSWERS',
    'BOUNCES',
    'CLOCK',
    'PICTURES',
    'WORDS',
    'Job',
    'Pulse',
    'beat',
    'fall_silent',
    'forget_the_dead',
    'goes_on',
    'is_late',
    'jobs',
    'lanes',
    'late',
    'late_runs',
    'register',
    'run_due',
]
