"""Two years of ended orders, so that reviews, forecasts and look backs have something to say."""

import json
from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from domain.names import Language, OrderType, Stage, State
from domain.planning.blueprint import Adjustment
from domain.retrospective import Facts, improvement_sentence, sentences
from models.customer import Customer
from models.installation import Counter
from models.message import Message
from models.order import Line, Order, Requirement
from models.retrospective import Archive, Improvement, Lesson, Retrospective
from tasks.looking_back import as_json
from tasks.samples.agreeing import agreed, classified, planned, received
from tasks.samples.doing import checked, done
from tasks.samples.finishing import handed_over, looked_back
from tasks.samples.paper import Folder, first_mail, sealed
from tasks.samples.plot import Item, Plot, plots
from tasks.samples.scene import MANAGER, Scene
from tasks.samples.tale import Tale
from tasks.services import Services

KEEP_YEARS = 10
LESSONS = 4
"""So many sentences of an order's facts are kept as its lessons."""


@dataclass
class Past:
    """What the company knew while its history went on."""

    numbers: Tally[int] = field(default_factory=Tally)
    learnt: dict[OrderType, tuple[Adjustment, ...]] = field(default_factory=dict)
    earlier: dict[OrderType, list[tuple[str, float, float]]] = field(default_factory=dict)


@dataclass
class Told:
    """One order told to its end."""

    scene: Scene
    mail: Message
    facts: Facts
    improvements: list[Improvement]


def add_history(
    session: Session, services: Services, customers: Mapping[str, Customer], *, at: datetime
) -> int:
    """The ended orders of the two years before `at` are there; how many."""
    calendar = services.calendar(session)
    past = Past()
    told = [
        _tell(Scene(plot, calendar, Tale(order), Folder(order)), services, past)
        for plot in plots(calendar, at=at)
        for order in [_order(plot, services, past, customers)]
    ]
    _keep_orders(session, told)
    _keep_rest(session, told)
    for year, last in past.numbers.items():
        session.merge(Counter(name=f"SO-{year}", last=last))
    session.flush()
    return len(told)


def _order(plot: Plot, services: Services, past: Past, customers: Mapping[str, Customer]) -> Order:
    company = services.settings.company
    at = plot.received_at
    year = at.astimezone(ZoneInfo(company.timezone)).year
    past.numbers[year] += 1
    customer = customers[plot.customer.code]
    contact = customer.contacts[0]
    return Order(
        order_no=f"SO-{year}-{past.numbers[year]:05d}",
        state=State.RECEIVED,
        stage=Stage.RECEIVE,
        round=1,
        rounds={Stage.RECEIVE: 1},
        title=plot.title,
        channel="mail",
        language=plot.language,
        customer=customer,
        contact=contact,
        customer_name=customer.name,
        contact_name=contact.name,
        contact_mail=contact.mail,
        contact_phone=contact.phones[0] if contact.phones else "",
        customer_po_no=f"{plot.customer.code[:2]}-{at:%y%m}-{plot.number:03d}",
        requested_on=plot.wished_on,
        amount=plot.amount,
        currency=plot.currency,
        owner=customer.account_manager or MANAGER,
        received_at=at,
        state_since=at,
        sample=True,
        lines=[_line(number, each, plot) for number, each in enumerate(plot.items, start=1)],
        requirements=[_requirement(plot)],
    )


def _line(number: int, item: Item, plot: Plot) -> Line:
    zh = plot.language is Language.ZH
    return Line(
        line_no=number,
        item=plot.name(item.good),
        model=item.good.model.removesuffix("–"),
        quantity=Decimal(item.quantity),
        unit=item.good.unit_zh if zh else item.good.unit_en,
        unit_price=item.price,
    )


def _requirement(plot: Plot) -> Requirement:
    good = plot.items[0].good
    text = good.requires_zh if plot.language is Language.ZH else good.requires_en
    return Requirement(code="R1", text=text, source="mail", criterion=text)


def _tell(scene: Scene, services: Services, past: Past) -> Told:
    """The order's whole life; what it taught is known to the orders after it."""
    kind = scene.plot.items[0].good.order_type
    scene.learnt = past.learnt.get(kind, ())
    mail = first_mail(scene.plot, scene.folder, services.settings.mail.inboxes[0])
    received(scene)
    agreed(scene)
    classified(scene)
    done(scene, planned(scene))
    checked(scene)
    handed_over(scene)
    earlier = past.earlier.setdefault(kind, [])
    facts = looked_back(scene, earlier[-40:])
    earlier += [
        (e.key, float(e.work_hours), float(e.spent_hours))
        for e in scene.activities
        if e.key != "rework"
    ]
    return Told(scene, mail, facts, list(_improved(scene, kind, facts, past)))


def _improved(scene: Scene, kind: OrderType, facts: Facts, past: Past) -> list[Improvement]:
    """What is proposed for the first time is accepted, and planned with from then on."""
    known = past.learnt.get(kind, ())
    found = []
    for each in facts.improvements:
        if each.adjustment.key in {old.key for old in known} or each.adjustment.add_hours < 0:
            continue
        past.learnt[kind] = (*past.learnt.get(kind, ()), each.adjustment)
        found.append(
            Improvement(
                order_type=str(kind),
                node=each.adjustment.key,
                extra_hours=Decimal(str(each.adjustment.add_hours)),
                text_zh=improvement_sentence(each, Language.ZH),
                text_en=improvement_sentence(each, Language.EN),
                owner=scene.order.owner,
                state="accepted",
                decided_at=scene.at,
            )
        )
    return found


def _keep_orders(session: Session, told: list[Told]) -> None:
    """Bytes and orders first: everything else refers to them."""
    for each in told:
        session.add_all(each.scene.folder.blobs.values())
        session.add(each.scene.order)
    session.flush()


def _keep_rest(session: Session, told: list[Told]) -> None:
    for each in told:
        scene = each.scene
        rows = [
            *scene.tale.rows,
            *scene.tale.gates,
            *scene.activities,
            *scene.baseline,
            *scene.folder.documents,
            *each.improvements,
            each.mail,
        ]
        for row in rows:
            row.order_id = scene.order.id
        session.add_all(rows)
    session.flush()
    for each in told:
        session.add_all(each.scene.tale.history())
        session.add_all(_looked_back(session, each))
    session.flush()


def _looked_back(session: Session, told: Told) -> list[Retrospective | Lesson | Archive]:
    """Facts, lessons and the archive of the order; its rows have their numbers by now."""
    scene, order = told.scene, told.scene.order
    prepared = next(g.asked_at for g in reversed(scene.tale.gates) if g.kind == "close")
    manifest = scene.folder.archive([told.mail])
    stored = json.loads(json.dumps(as_json(session, order, told.facts), default=str))
    texts = zip(sentences(told.facts, Language.ZH), sentences(told.facts, Language.EN), strict=True)
    kind = order.order_type or ""
    return [
        Retrospective(order_id=order.id, round=1, facts=stored, created_at=prepared),
        *(
            Lesson(order_id=order.id, order_type=kind, text_zh=zh, text_en=en, created_at=prepared)
            for zh, en in list(texts)[:LESSONS]
        ),
        Archive(
            order_id=order.id,
            manifest=manifest,
            sha256=sealed(manifest),
            archived_at=scene.at,
            keep_until=scene.today.replace(month=1, day=1, year=scene.today.year + KEEP_YEARS + 1),
        ),
    ]
