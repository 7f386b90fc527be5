"""A real Dovecot on free ports of 127.0.0.1, with its own certificate; any user may log in."""

import json
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from connectors.imap import ImapServer, ImapSession
from tests.certificates import own_certificate

PROGRAM = Path("/usr/sbin/dovecot")
PASSWORD = SecretStr("fixture-only")

CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
auth_mechanisms = plain login xoauth2
default_internal_user = {inner}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{home}/mail/%u/Maildir
mail_max_userip_connections = 100
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {home}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Tokens(BaseHTTPRequestHandler):
    """Says of an access token whether it is valid; `good` holds those that are."""

    good: ClassVar[frozenset[str]] = frozenset()

    def do_GET(self) -> None:
        """The answer that Dovecot's introspection asks for."""
        token = parse_qs(urlsplit(self.path).query).get("access_token", [""])[0]
        valid = token in Tokens.good
        answer = {"active": str(valid).lower(), "email": token.partition(".")[0]}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """Tests need no log."""


class Dovecot:
    """The running server."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.tls, self.starttls = free_port(), free_port()
        self._asked = ThreadingHTTPServer(("127.0.0.1", 0), Tokens)
        threading.Thread(target=self._asked.serve_forever, daemon=True).start()
        own_certificate(home)
        self.trusting = ssl.create_default_context(cafile=str(home / "cert.pem"))
        self._configure()
        self.start()

    def server(self, user: str, **others: object) -> ImapServer:
        """The user's INBOX, with a certificate that is believed."""
        given = {"password": PASSWORD, "port": self.tls, "context": self.trusting, **others}
        return ImapServer(host="127.0.0.1", user=user, **given)  # type: ignore[arg-type]

    def deliver(self, user: str, *mails: bytes, folder: str = "INBOX") -> None:
        """The mails lie in the user's folder."""
        with self.session(user) as session:
            for raw in mails:
                assert session.imap.append(folder, "", "", raw)[0] == "OK"

    @contextmanager
    def session(self, user: str) -> Iterator[ImapSession]:
        """A second client of the user."""
        session = ImapSession(self.server(user))
        yield session
        session.close()

    def lying_in(self, user: str, folder: str) -> list[bytes]:
        """The mails of a folder."""
        session = ImapSession(self.server(user, folder=folder))
        uids = session.search("ALL")
        bodies = session.bodies(uids, "BODY.PEEK[]")
        session.close()
        return [bodies[uid] for uid in uids]

    def start(self) -> None:
        """It listens on both ports."""
        (self.home / "run" / "master.pid").unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [str(PROGRAM), "-F", "-c", str(self.home / "dovecot.conf")], start_new_session=True
        )
        for port in (self.tls, self.starttls):
            self._listens(port)

    def kill(self) -> None:
        """Every process of the server is gone at once, and nobody is let in any more."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for port in (self.tls, self.starttls):
            while self._lets_in(port):  # those it had started die a moment later
                threading.Event().wait(0.02)

    def stop(self) -> None:
        """Nothing of it runs any more."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=20)
        self._asked.shutdown()
        self._asked.server_close()

    def _configure(self) -> None:
        root = os.geteuid() == 0
        me = pwd.getpwuid(os.geteuid()).pw_name
        owner = pwd.getpwnam("nobody" if root else me)
        for folder in ("run", "state", "mail"):
            (self.home / folder).mkdir()
        if root:
            os.chown(self.home / "mail", owner.pw_uid, owner.pw_gid)
        self.home.chmod(0o755)
        asked = f"http://127.0.0.1:{self._asked.server_port}/?access_token="
        (self.home / "oauth2.conf").write_text(
            f"introspection_mode = get\nintrospection_url = {asked}\nusername_attribute = email\n"
            "active_attribute = active\nactive_value = true\n"
        )
        text = CONFIG.format(
            home=self.home,
            inner="dovecot" if root else me,
            group="dovecot" if root else "",
            login="dovenull" if root else me,
            password=PASSWORD.get_secret_value(),
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            tls=self.tls,
            starttls=self.starttls,
        )
        (self.home / "dovecot.conf").write_text(text)

    def _listens(self, port: int) -> None:
        while self._process.poll() is None:
            if self._lets_in(port):
                return
            threading.Event().wait(0.02)
        pytest.fail((self.home / "dovecot.log").read_text())

    def _lets_in(self, port: int) -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except (ConnectionRefusedError, ConnectionResetError):
            return False
        return True


@contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    """A server of one's own, where the program is installed."""
    if not PROGRAM.exists():
        if os.environ.get("ORDERFLOW_TESTS_MUST_NOT_SKIP"):
            pytest.fail("Dovecot is missing: apt-get install dovecot-imapd")
        pytest.skip("Dovecot is not installed")
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))  # not tmp_path: others must get in
    server = Dovecot(home)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
