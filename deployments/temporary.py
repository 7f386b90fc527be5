"""A PostgreSQL that lives as long as a block, for checks and tests; nothing of it stays."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deployments.home import home_at
from deployments.postgres import Cluster, cluster_in
from deployments.supervise import Supervisor


@contextmanager
def temporary_postgres() -> Iterator[Cluster]:
    """A running server with its databases, fast and forgetful; main thread only."""
    with tempfile.TemporaryDirectory(prefix="orderflow-pg-") as folder:
        home = home_at(Path(folder))
        home.make()
        cluster = cluster_in(home, durable=False)
        cluster.create()
        supervisor = Supervisor((), lambda name, how, seconds: None)
        try:
            supervisor.start(cluster.part(os.environ))
            supervisor.wait()
            cluster.create_databases()
            yield cluster
        finally:
            supervisor.stop()
