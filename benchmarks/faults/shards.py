"""The cases that need no Prefect, divided between the cores of the machine."""

import logging
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from benchmarks.faults.meetings import Met, meet
from benchmarks.faults.shelf import Databases, PostgresTemplates, SqliteFiles
from benchmarks.faults.sweep import Swept, sweep
from benchmarks.result import Result
from deployments.postgres import Cluster
from deployments.temporary import temporary_postgres
from models import migrations

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
TEMPLATE = "orderflow"


@dataclass(frozen=True)
class Shard:
    """A part of the cases on one database; without a cluster on SQLite."""

    cluster: Cluster | None
    number: int
    every: int
    """So many cases lie between two of this shard."""
    operations: int


@dataclass(frozen=True)
class Taken:
    """What came of a shard."""

    database: str
    swept: Swept
    met: Met


def imagined(every: int, operations: int) -> list[Result]:
    """Each so-manieth call goes wrong, and so many acts at shared gates, on both databases."""
    cores = cpu_count() or 1
    with temporary_postgres() as cluster:
        migrations.upgrade(cluster.url(TEMPLATE, "psycopg"))
        shards = [
            Shard(where, number, every * cores, operations // cores)
            for where in (None, cluster)
            for number in range(cores)
        ]
        with ProcessPoolExecutor(cores, get_context("spawn")) as pool:
            taken = list(pool.map(take, shards))
    return [figure for name in (SQLITE, POSTGRES) for figure in _figures(name, taken)]


def take(shard: Shard) -> Taken:
    """All cases of the shard, in this process."""
    logging.getLogger("orderflow").setLevel(logging.CRITICAL)
    sys.setswitchinterval(1e-4)  # threads give way to each other more often than usual
    with tempfile.TemporaryDirectory(prefix="orderflow-faults-") as folder:
        name = POSTGRES if shard.cluster else SQLITE
        offset = shard.number * (shard.every // (cpu_count() or 1))
        first = _databases(shard, "calls", Path(folder) / "calls")
        swept = sweep(first, Path(folder) / "calls", every=shard.every, offset=offset)
        second = _databases(shard, "doors", Path(folder) / "doors")
        met = meet(second, Path(folder) / "doors", operations=shard.operations, seed=shard.number)
    return Taken(name, swept, met)


def _databases(shard: Shard, what: str, folder: Path) -> Databases:
    folder.mkdir()
    cluster = shard.cluster
    if cluster is None:
        migrations.upgrade(f"sqlite+pysqlite:///{folder / 'template.db'}")
        files = SqliteFiles(folder)
        files.begin(folder / "template.db")
        return files
    made = PostgresTemplates(lambda name: cluster.url(name, "psycopg"), f"{what}{shard.number}_")
    made.begin(TEMPLATE)
    return made


def _figures(name: str, taken: list[Taken]) -> Iterator[Result]:
    mine = [each for each in taken if each.database == name]
    calls = max(each.swept.calls for each in mine)
    cases = sum(sum(each.swept.cases.values()) for each in mine)
    wrong = [problem for each in mine for problem in each.swept.problems]
    yield Result(f"faults.calls that go wrong, {name}", cases, "cases", detail=f"{calls} calls")
    yield _none(f"faults.calls, {name}: orders that went another way", wrong)
    acts = sum(each.met.operations for each in mine)
    meetings = sum(each.met.meetings for each in mine)
    odd = [problem for each in mine for problem in each.met.problems]
    yield Result(f"faults.acts at shared gates, {name}", acts, "acts", detail=f"{meetings} gates")
    yield _none(f"faults.doors, {name}: histories not explained", odd)


def _none(name: str, wrong: list[str]) -> Result:
    detail = wrong[0][:300] if wrong else ""
    return Result(name, len(wrong), "", target=0, higher_is_better=False, detail=detail)
