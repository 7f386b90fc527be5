"""Makes the work pool and deploys prefect.yaml of the working directory: one start of Prefect."""

import sys
from contextlib import suppress

POOL = "orderflow"


def make_pool(name: str = POOL) -> None:
    """The pool is there, of a type that Prefect's own worker and ours both serve."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectAlreadyExists
    from prefect.workers.process import ProcessWorker

    template = ProcessWorker.get_default_base_job_template()
    pool = WorkPoolCreate(name=name, type="process", base_job_template=template)
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_work_pool(pool)


def main() -> None:
    """The pool is there and everything is deployed; ends the process as Prefect's command does."""
    from prefect.cli import app

    make_pool()
    sys.argv = ["prefect", "--no-prompt", "deploy", "--all"]
    app()


if __name__ == "__main__":
    sys.path.insert(0, "")
    main()
