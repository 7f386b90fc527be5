"""How a sample order was handed over, accepted, looked back at and closed."""

from datetime import date, timedelta
from typing import Any

from domain.names import Channel, Event, Fact, GateKind, Party, Stage, Verdict
from domain.planning.blueprints import blueprint_of
from domain.retrospective import Done, Facts, Happened, History, Moved, Waited, look_back
from domain.worktime import add_worktime, opens_on
from models.activity import Activity
from models.delivery import Acceptance, PunchItem
from models.retrospective import Survey
from tasks.content import content
from tasks.papers import criteria_of
from tasks.samples.doing import checked, fixed
from tasks.samples.plot import Twist
from tasks.samples.scene import MANAGER, Scene
from tasks.samples.tale import PROCESS

PUNCHES = (
    ("面漆有划痕，请补漆", "The paint is scratched, please touch it up"),
    ("说明书缺少接线图", "The manual lacks the wiring diagram"),
    ("导轨间隙偏大，请调整", "The guide has too much play, please adjust it"),
)
SURVEY_NAMES = ("overall", "on_time", "quality", "communication")
WARRANTY = timedelta(days=365)


def handed_over(scene: Scene) -> None:
    """The package is with the customer, who has accepted it, at once or after a correction."""
    criteria: list[dict[str, Any]] = [
        {"code": f"C{each.no}", "text": each.text, "line_no": each.line_no, "result": ""}
        for each in criteria_of(content(scene.order))
    ]
    if scene.plot.twist is Twist.PUNCH:
        found = scene.luck.choice(PUNCHES)
        text = scene.says(*found)
        refused = _tried(scene, criteria, Verdict.REJECT, text)
        row = fixed(scene, found, "punch", scene.at)
        refused.punch_items.append(
            PunchItem(no=1, text=text, activity_number=row.number, state="closed")
        )
        checked(scene)
        criteria = [{"code": "P1", "text": text, "line_no": None, "result": ""}]
    accepted = _tried(scene, criteria, Verdict.APPROVE)
    accepted.certificate_no = f"{scene.order.order_no}-A{accepted.round}"
    accepted.criteria = [{**each, "result": "pass"} for each in criteria]
    scene.folder.paper("acceptance_certificate", accepted.round, scene.at)
    scene.order.warranty_until = scene.today + WARRANTY
    for line in scene.order.lines:
        line.accepted = True


def _tried(
    scene: Scene, criteria: list[dict[str, Any]], verdict: Verdict, comment: str = ""
) -> Acceptance:
    """One round of delivery and acceptance; the customer's word on it is in the row."""
    round_ = scene.order.round
    scene.later(0.5, 6)
    delivery = scene.folder.delivery(round_, scene.at)
    facts = {"round": round_, "files": 4, "package_sha256": delivery.package_sha256}
    scene.works(Event.ORDER_DELIVERED, **facts)
    for line in scene.order.lines:
        line.delivered = True
    version = 2 if scene.plot.twist is Twist.CHANGED else 1
    scene.works(Event.ACCEPTANCE_REQUESTED, criteria=len(criteria), order_version=version)
    acceptance = Acceptance(
        round=scene.order.round,
        order_version=version,
        criteria=criteria,
        opened_at=scene.at,
        until=add_worktime(scene.calendar, scene.at, 40 * 60),
    )
    gate = scene.asks(GateKind.CUSTOMER_ACCEPTANCE, due_at=acceptance.until, delivery=round_)
    delivery.received_at, delivery.received_by = scene.later(1, 8), scene.contact
    items = {"items": [comment]} if comment else {}
    scene.theirs(gate, verdict, comment, **items)
    acceptance.result = "accepted" if verdict is Verdict.APPROVE else "rejected"
    acceptance.signed_by, acceptance.signed_at = scene.contact, scene.at
    acceptance.method = gate.answered_via
    scene.acceptances.append(acceptance)
    scene.tale.rows += [delivery, acceptance]
    return acceptance


def looked_back(scene: Scene, earlier: list[tuple[str, float, float]]) -> Facts:
    """The order is closed; the facts of its history come back."""
    next_day = opens_on(scene.calendar, scene.workdays(1))
    scene.works(Event.LOOK_BACK_AWAITED, until=next_day.isoformat())
    scene.clock(scene.asks(GateKind.UNTIL, due_at=next_day))
    facts = facts_of(scene, earlier)
    scene.works(Event.RETROSPECTIVE_PREPARED, improvements=len(facts.improvements))
    gate = scene.asks(GateKind.CLOSE)
    _surveyed(scene)
    scene.ours(gate, MANAGER)
    return facts


def _surveyed(scene: Scene) -> None:
    """The customer was asked for five numbers, and most have answered."""
    survey = Survey(contact_mail=scene.contact, sent_at=scene.at)
    scene.tale.rows.append(survey)
    if scene.luck.random() > 0.75:
        return
    bad = scene.plot.twist in (Twist.LATE, Twist.PUNCH)
    answers = {name: scene.luck.randint(3 if bad else 4, 5) for name in SURVEY_NAMES}
    answers["recommend"] = scene.luck.randint(6 if bad else 8, 10)
    survey.answers, survey.answered_at = answers, scene.later(1, 6)
    said = {"answers": answers}
    scene.tale.note(Fact.SURVEY_ANSWERED, scene.at, scene.contact, Channel.MAIL, said)


def facts_of(scene: Scene, earlier: list[tuple[str, float, float]]) -> Facts:
    """What the history says so far, as the retrospective stage would find it."""
    return look_back(
        History(
            happened=_happened(scene),
            activities=[_done(each) for each in scene.activities if each.key != "rework"],
            gates=[
                Waited(
                    str(each.kind),
                    each.asked_at,
                    each.answered_at,
                    Party(each.party),
                    decides=not PROCESS.gate(each.kind, Stage(each.stage)).only_waits,
                )
                for each in scene.tale.gates
            ],
            moves=_moves(scene),
            earlier=earlier,
        ),
        scene.calendar,
        blueprint_of(scene.plot.items[0].good.order_type),
    )


def _happened(scene: Scene) -> list[Happened]:
    return [
        Happened(Event(each.kind), each.payload["to"], each.at)
        for each in scene.tale.said
        if "to" in each.payload
    ]


def _moves(scene: Scene) -> list[Moved]:
    return [
        Moved(
            each.at,
            date.fromisoformat(each.payload["before"]),
            date.fromisoformat(each.payload["after"]),
            each.payload["cause"],
        )
        for each in scene.tale.said
        if each.kind == Fact.PROMISE_MOVED
    ]


def _done(row: Activity) -> Done:
    return Done(
        no=row.label,
        key=row.key,
        name_zh=row.name_zh,
        name_en=row.name_en,
        planned_hours=float(row.work_hours),
        actual_hours=float(row.spent_hours),
        planned_start=row.starts_at,
        planned_finish=row.finishes_at,
        actual_start=row.started_at,
        actual_finish=row.finished_at,
        party=Party(row.party),
    )
