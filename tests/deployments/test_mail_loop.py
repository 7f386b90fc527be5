"""The local mail loop keeps what it has accepted, where the address says."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest

from deployments.mail_loop import Maildirs, keep, mailbox


def sent(root: Path, *recipients: str, content: bytes = b"Subject: x\r\n\r\nhello\r\n") -> str:
    envelope = SimpleNamespace(
        mail_from="a@b.example", rcpt_tos=list(recipients), original_content=content
    )
    return asyncio.run(Maildirs(root).handle_DATA(None, None, envelope))  # type: ignore[arg-type]


def test_a_tag_leads_to_the_same_box_and_is_kept_in_delivered_to(tmp_path: Path) -> None:
    assert sent(tmp_path, "Orders+abc@Zheling.example").startswith("250")
    (file,) = (tmp_path / "zheling.example" / "orders" / "new").iterdir()
    assert file.read_bytes() == (
        b"Return-Path: <a@b.example>\r\nDelivered-To: Orders+abc@Zheling.example\r\n"
        b"Subject: x\r\n\r\nhello\r\n"
    )


def test_every_recipient_has_an_own_copy(tmp_path: Path) -> None:
    sent(tmp_path, "a@x.example", "b@x.example", "a@x.example")
    assert len(list(tmp_path.glob("x.example/*/new/*"))) == 2


def test_what_cannot_be_stored_is_not_accepted(tmp_path: Path) -> None:
    root = tmp_path / "file"
    root.write_text("in the way")
    assert sent(root, "a@x.example").startswith("451")


@pytest.mark.parametrize(
    "address",
    [
        "../../etc/passwd@x.example",
        "..@..",
        ".@x.example",
        "a/b@c/d",
        "a\0b@x",
        "@",
        "",
        "张三@例子",
    ],
)
def test_no_address_leads_out_of_the_folder(tmp_path: Path, address: str) -> None:
    box = mailbox(tmp_path, address)
    assert box.parent.parent == tmp_path
    assert box.resolve() == tmp_path.resolve() / box.parent.name / box.name
    assert keep(box, b"x").read_bytes() == b"x"


def test_line_breaks_in_an_envelope_add_no_header(tmp_path: Path) -> None:
    sent(tmp_path, "a\r\nX-Evil: 1@x.example")
    (file,) = tmp_path.glob("*/*/new/*")
    assert not any(line.startswith(b"X-Evil") for line in file.read_bytes().split(b"\r\n"))


def test_nothing_is_left_in_tmp(tmp_path: Path) -> None:
    keep(mailbox(tmp_path, "a@x.example"), b"mail")
    assert list(tmp_path.glob("x.example/a/tmp/*")) == []
