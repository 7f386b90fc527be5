"""The endpoint of a language model: what is asked, and what a bad server cannot do."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import SecretStr

from connectors.errors import Rejected, Unreachable
from connectors.second_reader import MAX_ANSWER, OpenAiReader, reader_for
from domain.errors import BadValue

KEY = SecretStr("not-to-be-shown")


class Model(ThreadingHTTPServer):
    """A server on this machine that answers every question with the same bytes."""

    def __init__(self, status: int, body: bytes, *, silent: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.body = status, body
        self.asked: list[tuple[str, str | None, dict[str, object]]] = []
        self.free = threading.Event()
        if not silent:
            self.free.set()


class Handler(BaseHTTPRequestHandler):
    """Answers as its server is told."""

    server: Model

    def do_POST(self) -> None:
        """One answer."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers["Authorization"], body))
        self.server.free.wait(20)
        self.send_response(self.server.status)
        self.end_headers()
        try:
            self.wfile.write(self.server.body)
        except OSError:  # the other side has heard enough
            self.close_connection = True

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Nothing is said."""


@contextmanager
def model(status: int, body: bytes, *, silent: bool = False) -> Iterator[Model]:
    """The server, as long as the block lasts."""
    server = Model(status, body, silent=silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.free.set()
        server.shutdown()
        thread.join()
        server.server_close()


def said(text: str) -> bytes:
    """A chat completion with this text."""
    return json.dumps({"choices": [{"message": {"content": text}}]}).encode()


def reader(server: Model, seconds: float = 5.0) -> OpenAiReader:
    return OpenAiReader(f"http://127.0.0.1:{server.server_port}/v1", "m", KEY, seconds=seconds)


def test_the_words_of_the_model_come_back() -> None:
    with model(200, said("hello")) as server:
        assert reader(server).answer([{"role": "user", "content": "x"}]) == "hello"
    path, authorization, body = server.asked[0]
    assert (path, authorization) == ("/v1/chat/completions", "Bearer not-to-be-shown")
    assert body == {
        "model": "m",
        "messages": [{"role": "user", "content": "x"}],
        "temperature": 0,
    }


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b"<html>rubbish", Rejected),
        (200, b"[]", Rejected),
        (200, b"[" * 50_000, Rejected),
        (200, b'{"choices": []}', Rejected),
        (200, b'{"choices": [{"message": {"content": 7}}]}', Rejected),
        (200, b"x" * (MAX_ANSWER * 40), Rejected),
        (401, b"", Rejected),
        (302, b"", Rejected),
        (429, b"", Unreachable),
        (503, b"", Unreachable),
    ],
)
def test_a_bad_answer_is_one_of_two_errors(
    status: int, body: bytes, error: type[Exception]
) -> None:
    with model(status, body) as server, pytest.raises(error) as told:
        reader(server).answer([])
    assert "not-to-be-shown" not in repr(told.value)


def test_a_silent_server_is_not_waited_for() -> None:
    with model(200, said("late"), silent=True) as server, pytest.raises(Unreachable):
        reader(server, seconds=0.2).answer([])


@pytest.mark.parametrize("url", ["http://models.example/v1", "file:///etc/passwd", "nowhere"])
def test_a_mail_leaves_this_machine_only_over_tls(url: str) -> None:
    with pytest.raises(BadValue):
        reader_for(url, "m", KEY, 1.0)


def test_without_an_address_nobody_is_asked() -> None:
    assert reader_for("", "", KEY, 1.0) is None
