"""The nine stages as Prefect tasks: one task a stage and round, named after it."""

from collections.abc import Mapping

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.names import Stage
from tasks.driving import Work
from tasks.effect import DELAYS_SECONDS, try_again
from tasks.services import services
from tasks.stage import StageWork, commit
from tasks.stages.accept import accept
from tasks.stages.classify import classify
from tasks.stages.confirm import confirm
from tasks.stages.deliver import deliver
from tasks.stages.execute import execute
from tasks.stages.plan import plan
from tasks.stages.receive import receive
from tasks.stages.retrospective import retrospective
from tasks.stages.review import review

STAGES: Mapping[Stage, StageWork] = {
    Stage.RECEIVE: receive,
    Stage.CONFIRM: confirm,
    Stage.CLASSIFY: classify,
    Stage.PLAN: plan,
    Stage.EXECUTE: execute,
    Stage.REVIEW: review,
    Stage.DELIVER: deliver,
    Stage.ACCEPT: accept,
    Stage.RETROSPECTIVE: retrospective,
}


@task(
    task_run_name="{stage} r{round_}",
    retries=len(DELAYS_SECONDS),
    retry_delay_seconds=DELAYS_SECONDS,
    retry_condition_fn=try_again,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def carry_out(work: Work, stage: str, round_: int) -> bool:
    """The stage's work is done and committed; False if somebody committed it before."""
    ticket = work.ticket
    outcome = STAGES[ticket.stage](ticket.order_id, services())
    return commit(services(), ticket, outcome)
