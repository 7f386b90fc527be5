"""How a sample order came to be agreed and planned: receive, confirm, classify, plan."""

from decimal import Decimal

from domain.content import digest, snapshot
from domain.names import Channel, Event, GateKind, Language, OrderType, Verdict
from domain.planning.risk_checklists import CHECKLISTS, RiskDraft
from domain.priority import Standing, score
from domain.worktime import add_workdays, add_worktime, local_date
from models.activity import Risk
from models.gate import Gate
from models.version import OrderVersion
from models.vote import Word
from tasks.content import content
from tasks.samples.plot import Twist
from tasks.samples.scene import DIRECTOR, MANAGER, Scene
from tasks.samples.shop import RATES, Shop, shop_of

LIMIT = Decimal(500_000)
BUDGET_SHARE = Decimal("0.6")
ZERO = Decimal(0)
DAY_MINUTES = 480


def received(scene: Scene) -> None:
    """The order is complete, after a question where something was missing."""
    tale = scene.tale
    facts: dict[str, object] = {
        "from": None,
        "to": tale.order.state,
        "stage": tale.order.stage,
        "round": 1,
    }
    facts["fields"] = ["contact", "customer", "due_date", "lines"]
    tale.note(Event.ORDER_RECEIVED, scene.at, scene.contact, Channel.MAIL, facts)
    if scene.plot.twist is Twist.ASKED:
        scene.works(Event.INFO_REQUESTED, missing=["special_requirements"])
        gate = scene.asks(GateKind.CUSTOMER_INFO)
        scene.later(2, 16)
        word = Word(scene.contact, Verdict.APPROVE, Channel.MAIL)
        tale.answer(gate, word, scene.at)
    scene.works(Event.RECORD_COMPLETED, missing=[])


def agreed(scene: Scene) -> None:
    """Both sides have confirmed one version; before that, the customer may have changed it."""
    line = scene.order.lines[0]
    final = line.quantity
    changed = scene.plot.twist is Twist.CHANGED and final is not None
    if changed and final is not None:
        line.quantity = final + 1
    _offered(scene, 1)
    if changed:
        words = scene.says(f"确认，但第 1 行改 {final}", f"Confirmed, but line 1 is {final}")
        scene.theirs(_asked_customer(scene, 1), Verdict.CHANGES, words)
        line.quantity = final
        _offered(scene, 2)
    gate = _asked_customer(scene, 2 if changed else 1)
    scene.theirs(gate, comment=scene.says("确认", "Confirmed"))
    newest = [row for row in scene.tale.rows if isinstance(row, OrderVersion)][-1]
    newest.confirmed_at = scene.at
    for each in scene.order.requirements:
        each.state = "confirmed"


def _offered(scene: Scene, n: int) -> None:
    """Version n goes out after our own yes, with a date that the shop can keep."""
    order, plot = scene.order, scene.plot
    start = add_worktime(scene.calendar, scene.at, (2 + plot.queue) * DAY_MINUTES)
    shop = shop_of(plot, order.order_no, scene.learnt, scene.calendar, start)
    earliest = add_workdays(scene.calendar, local_date(scene.calendar, shop.finish), 2)
    order.promised_on = order.promised_on or max(earliest, plot.wished_on)
    offered = snapshot(content(order))
    scene.tale.rows.append(
        OrderVersion(n=n, snapshot=offered, sha256=digest(offered), created_at=scene.at)
    )
    scene.folder.paper("scope_statement", n, scene.at, digest(offered))
    facts = {"version": n, "sha256": digest(offered), "promised_on": str(order.promised_on)}
    scene.works(Event.CONFIRMATION_PREPARED, tasks=len(shop.tasks), **facts)
    known = scene.in_cny()
    by = MANAGER if known is not None and known <= LIMIT else DIRECTOR
    amount = None if known is None else str(known)
    scene.ours(scene.asks(GateKind.CONFIRM, amount=amount, version=n), by)


def _asked_customer(scene: Scene, n: int) -> Gate:
    return scene.asks(GateKind.CUSTOMER_CONFIRMATION, version=n)


def classified(scene: Scene) -> None:
    """The order has its type, its score and its priority."""
    order, plot = scene.order, scene.plot
    standing = Standing(
        due=order.promised_on,
        expected_workdays=15,
        tier=plot.customer.tier,
        amount_share=scene.luck.random(),
        waiting_workdays=2,
    )
    found = score(standing, scene.calendar, today=scene.today)
    order.order_type = order.blueprint = str(plot.items[0].good.order_type)
    order.priority, order.score = found.priority, Decimal(str(found.total))
    order.score_parts = {part.name: part.points for part in found.parts}
    scene.works(
        Event.ORDER_CLASSIFIED,
        order_type=order.order_type,
        priority=found.priority,
        score=str(order.score),
        parts=order.score_parts,
        score_zh=found.sentence(Language.ZH),
        score_en=found.sentence(Language.EN),
    )


def planned(scene: Scene) -> Shop:
    """The plan that was laid out anew from today and approved by the owner's manager."""
    order = scene.order
    start = add_worktime(scene.calendar, scene.at, (1 + scene.plot.queue) * DAY_MINUTES)
    shop = shop_of(scene.plot, order.order_no, scene.learnt, scene.calendar, start)
    hours = {task.id: Decimal(str(task.hours)) for task in shop.tasks}
    cost = sum(
        (hours[i] * RATES.get(who or "", Decimal(0)) for i, who in shop.people.items()), ZERO
    )
    known = scene.in_cny()
    order.budget = max(known * BUDGET_SHARE, cost) if known is not None else cost
    finish = local_date(scene.calendar, shop.finish)
    for risk in scene.luck.sample(CHECKLISTS[shop_type(scene)], 2):
        scene.tale.rows.append(_risk(risk))
    scene.folder.paper("schedule", 1, scene.at, f"{finish}", inside=True)
    late = order.promised_on is not None and finish > order.promised_on
    facts = {"finish": str(finish), "cost": str(cost), "budget": str(order.budget), "late": late}
    scene.works(Event.PLAN_PROPOSED, tasks=len(shop.tasks), **facts)
    people = sorted({who for who in shop.people.values() if who})
    gate = scene.asks(GateKind.PLAN, late=late, people=people)
    scene.ours(gate, DIRECTOR if late else MANAGER)
    return shop


def shop_type(scene: Scene) -> OrderType:
    """The kind of work that the order is."""
    return scene.plot.items[0].good.order_type


def _risk(draft: RiskDraft) -> Risk:
    return Risk(
        code=draft.code[:40],
        text_zh=draft.text_zh,
        text_en=draft.text_en,
        probability=draft.probability,
        impact=draft.impact,
        response_zh=draft.response_zh,
        response_en=draft.response_en,
        state="closed",
    )
