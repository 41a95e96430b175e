"""All of it, in the order in which one part needs another."""

from django.utils import timezone

from members.organisations import counting
from ukis import search
from ukis.demonstration.acquaintance import introduce
from ukis.demonstration.applications import stage_applications
from ukis.demonstration.bank import stage_bank
from ukis.demonstration.belonging import stage_belonging
from ukis.demonstration.commissions import stage_commissions
from ukis.demonstration.correspondence import stage_correspondence
from ukis.demonstration.data_requests import stage_data_requests
from ukis.demonstration.merger import stage_merger
from ukis.demonstration.money import stage_money
from ukis.demonstration.months import stage_months
from ukis.demonstration.readings import stage_readings
from ukis.demonstration.reads import stage_reads
from ukis.demonstration.renewals import stage_renewals
from ukis.demonstration.series import stage_series
from ukis.demonstration.staging import Say, Stage
from ukis.demonstration.subscriptions import stage_subscriptions
from ukis.demonstration.work_in_progress import stage_submissions
from ukis.demonstration.would_write import stage_would_write
from ukis.search.models import Synonyms


def stage_everything(say: Say) -> Stage:
    """What is there already stays as it is."""
    stage = Stage(say)
    stage.set()
    introduce(stage)
    stage_submissions(stage)
    stage_months(stage)
    stage_commissions(stage)
    stage_series(stage)
    stage_would_write(stage)
    stage_subscriptions(stage)
    stage_readings(stage)
    stage_reads(stage)
    stage_correspondence(stage)
    stage_belonging(stage)
    stage_money(stage.people)  # before others that draw numbers: its invoices are older
    stage_renewals(stage)
    stage_merger(stage)
    stage_applications(stage)
    stage_data_requests(stage)
    stage_bank(stage.people)
    counting.count_by_nation(timezone.now())
    Synonyms.objects.get_or_create(words='SEN, special educational needs, ALN, additional learning needs')
    search.put_right()
    return stage
