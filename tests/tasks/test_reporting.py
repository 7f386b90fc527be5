"""Progress reports: nothing goes out that its sender has not read, and nothing twice."""

from datetime import datetime

import pytest

from domain.errors import BadValue, NotAllowed, Superseded, WrongCode
from domain.names import Channel, Language
from domain.portfolio import ReviewKind
from models.activity import of_order
from tasks import progress
from tasks.codes import issue
from tasks.reporting import Draft, Sender, Words, send, show
from tasks.reviews.snapshot import snapshot
from templates.portfolio import minutes
from tests.tasks.test_main_line import kinds, to_plan
from tests.world import World

PLAIN = Words()


def working(world: World) -> None:
    """The order's work runs."""
    to_plan(world)
    world.answer("plan", "li.ming")
    assert world.drive() == "work"
    world.later(hours=1)


def draft(world: World, words: Words = PLAIN) -> Draft:
    """The report as it would go out now."""
    return show(world.services, world.order().order_no, words)


def release(world: World, read: Draft, words: Words = PLAIN, by: str = "") -> Draft:
    """The report that was read goes out."""
    owner = by or world.order().owner
    with world.services.writing() as session:
        code = issue(session, world.services, owner, [], at=world.clock[0])
    return send(world.services, read.order_no, read.sha256, words, Sender(owner, code))


def work_on(world: World, **said: object) -> None:
    """Somebody reports on the first task that runs."""
    order = world.order()
    with world.services.reading() as session:
        task = next(e for e in of_order(session, order.id) if e.person and e.state != "done")
    world.later(hours=1)
    report = progress.Report(task.label, **said)  # type: ignore[arg-type]
    by, way = task.person or "", Channel.CLI
    progress.report(world.services, order.order_no, report, by=by, channel=way)


def asked_for(world: World) -> list[str]:
    """What the agenda of the weekly review asks of people."""
    day = world.clock[0].date()
    found = snapshot(world.services, ReviewKind.WEEKLY, day, at=world.clock[0])
    assert minutes(found, Language.ZH)
    return [each["what"] for each in found["actions"]]


def sent(world: World) -> list[str]:
    """Subjects of the progress reports that are owed."""
    return [each.subject for each in world.owed("report") if each.variant == "progress"]


def test_the_text_that_was_read_is_the_text_that_goes_out(world: World) -> None:
    working(world)
    read = draft(world)
    assert sent(world) == []
    release(world, read)
    assert world.owed("report")[-1].text == read.text
    assert "report_released" in kinds(world)


def test_a_fact_that_changed_since_has_to_be_read_first(world: World) -> None:
    working(world)
    read = draft(world)
    work_on(world, percent=40)
    with pytest.raises(Superseded):
        release(world, read)
    assert sent(world) == []
    assert "report_released" not in kinds(world)


def test_nothing_new_is_no_report(world: World) -> None:
    working(world)
    release(world, draft(world))
    assert not draft(world).news
    with pytest.raises(BadValue):
        release(world, draft(world))
    work_on(world, percent=40)
    assert draft(world).news


def test_the_weekly_review_names_what_the_customer_has_not_read(world: World) -> None:
    working(world)
    world.clock[0] = datetime.fromisoformat("2026-11-30T09:00+08:00")
    assert "inform" in asked_for(world)
    release(world, draft(world))
    assert "inform" not in asked_for(world)


def test_a_correction_is_a_new_mail_that_says_so(world: World) -> None:
    working(world)
    again = Words(correction=True)
    with pytest.raises(BadValue):
        draft(world, again)
    release(world, draft(world))
    release(world, draft(world, again), again)
    first, second = sent(world)
    assert "更正" in second
    assert "更正" not in first


def test_what_we_say_among_ourselves_is_not_in_it(world: World) -> None:
    working(world)
    work_on(world, percent=40, blocked="老板说先做别家的")
    assert "老板" not in draft(world).text
    assert "分批交货" in draft(world, Words(decisions=("是否接受分批交货",))).text


def test_who_does_not_answer_for_the_order_sends_nothing(world: World) -> None:
    working(world)
    with pytest.raises(NotAllowed):
        release(world, draft(world), by="wang.lei")
    with pytest.raises(WrongCode):
        read, owner = draft(world), world.order().owner
        send(world.services, read.order_no, read.sha256, PLAIN, Sender(owner, "1"))
    assert sent(world) == []
