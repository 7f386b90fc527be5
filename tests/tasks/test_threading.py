"""To which order a mail belongs: token, Message-ID, known mail, number; a subject only suggests."""

from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from domain.mail.subjects import bare_subject
from domain.mail.tokens import reply_token
from domain.names import GateKind, Purpose
from models.gate import Gate
from tests.tasks.test_intake import messages
from tests.world import World

ORDER = """您好,我司需采购以下产品,请按此下单:
订单号:{po}
品名:传动轴
型号:CX-{po}
数量:16件
交货日期:2026年12月25日
特殊要求:表面镀铬

刘强
苏州砺嘉精密有限公司
"""
SENDER = "liu.qiang@lijia.example"


def two_orders(world: World) -> None:
    """SO-2026-00001 under one subject, SO-2026-00002 under another."""
    for po, subject in (("41", "传动轴采购"), ("42", "备件采购")):
        world.write(ORDER.format(po=po), subject=subject)
        world.drive()
        world.later(minutes=30)
    assert world.order().order_no == "SO-2026-00002"


def arrives(world: World, headers: dict[str, str], text: str = "请问这一单做到哪步了?") -> str:
    """A further mail of the customer; the number of the order with which it was put, or ""."""
    mail = EmailMessage()
    mail["From"] = SENDER
    mail["Date"] = format_datetime(world.clock[0])
    mail["Message-ID"] = "<further@lijia.example>"
    for name, value in ({"To": "orders@zheling.example", "Subject": "问一下"} | headers).items():
        mail[name] = value
    mail.set_content(text)
    world.mail(mail.as_bytes())
    number = messages(world)[-1].order_id
    return f"SO-2026-{number:05d}" if number is not None else ""


def first_mail(world: World) -> str:
    return f"<{messages(world)[0].message_id}>"


def our_mail(world: World, nth: int) -> str:
    return f"<{next(each for each in world.owed('received') if each.order_id == nth).message_id}>"


def test_the_address_with_a_token(world: World) -> None:
    two_orders(world)
    token = reply_token(world.services.signing_key, 1, Purpose.CONFIRMATION)
    assert arrives(world, {"To": f"orders+{token}@zheling.example"}) == "SO-2026-00001"


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_an_answer_to_a_mail_of_ours_or_of_their_own(world: World, header: str) -> None:
    two_orders(world)
    assert arrives(world, {header: our_mail(world, 1)}) == "SO-2026-00001"
    assert messages(world)[-1].reason != "number"


def test_a_customer_who_answers_their_own_mail(world: World) -> None:
    two_orders(world)
    assert arrives(world, {"In-Reply-To": first_mail(world)}) == "SO-2026-00001"


def test_the_number_in_the_subject(world: World) -> None:
    two_orders(world)
    assert arrives(world, {"Subject": "Re: SO-2026-00001"}) == "SO-2026-00001"


def test_the_stronger_way_wins(world: World) -> None:
    two_orders(world)
    token = reply_token(world.services.signing_key, 2, Purpose.CONFIRMATION)
    everything = {
        "To": f"orders+{token}@zheling.example",
        "In-Reply-To": our_mail(world, 1),
        "Subject": "Re: SO-2026-00001",
    }
    assert arrives(world, everything) == "SO-2026-00002"


def test_our_message_id_wins_over_theirs_and_the_number(world: World) -> None:
    two_orders(world)
    both = {
        "In-Reply-To": our_mail(world, 2),
        "References": first_mail(world),
        "Subject": "Re: SO-2026-00001",
    }
    assert arrives(world, both) == "SO-2026-00002"


def test_the_newest_reference_wins(world: World) -> None:
    two_orders(world)
    chain = {"References": f"{our_mail(world, 1)} {our_mail(world, 2)}"}
    assert arrives(world, chain) == "SO-2026-00002"


@pytest.mark.parametrize("subject", ["Re: 传动轴采购", "回复:回复:传动轴采购"])
def test_a_subject_alone_only_suggests(world: World, subject: str) -> None:
    two_orders(world)
    assert arrives(world, {"Subject": subject}) == ""
    with world.services.reading() as session:
        gate = session.query(Gate).filter_by(message_id=messages(world)[-1].id).one()
        assert gate.kind == GateKind.INTAKE
        named = [number for number in ("SO-2026-00001", "SO-2026-00002") if number in gate.briefing]
        assert len(named) == 2
        assert gate.briefing.index("SO-2026-00001") < gate.briefing.index("SO-2026-00002")


@pytest.mark.parametrize(
    "subject", ["RE: Fwd: AW: Order  4711", "回复: 转发:order 4711", "Re[2]: ORDER 4711"]
)
def test_prefixes_of_mail_programs_do_not_count(subject: str) -> None:
    assert bare_subject(subject) == "order 4711"
