"""Blueprints, breakdown and the picture of a plan."""

import re
from datetime import date, timedelta
from xml.dom import minidom

import pytest

from domain.names import Language, OrderType, Party
from domain.planning.blueprint import Adjustment, UnknownStep, adjusted
from domain.planning.blueprints import BLUEPRINTS, blueprint_of, rework_of
from domain.planning.breakdown import MOST_PARTS, PlanLine, breakdown
from domain.planning.gantt import CRITICAL, bars_of, gantt_svg
from domain.planning.propose import propose
from tests.domain.planning_factories import CALENDAR, LINES, order_problem, problem, task, task_id


def test_every_kind_of_order_has_a_bilingual_blueprint_of_sensible_size():
    assert BLUEPRINTS.keys() == set(OrderType)
    for blueprint in BLUEPRINTS.values():
        assert 4 <= len(blueprint.steps) <= 9
        for step in blueprint.steps:
            assert step.name_zh and step.name_en
            assert 0 < step.hours.low <= step.hours.likely <= step.hours.high
            assert bool(step.deliverable_zh) == bool(step.deliverable_en)
        assert any(step.checkpoint for step in blueprint.steps)


def test_each_line_gets_its_own_task_tied_within_the_line():
    tasks = breakdown("SO-1", LINES, blueprint_of(OrderType.MANUFACTURE_TO_ORDER))
    making = [t for t in tasks if t.key == "making"]
    assert [t.wbs for t in making] == ["4.1", "4.2"]
    assert [t.id.no for t in tasks] == [f"T{n}" for n in range(1, len(tasks) + 1)]
    assert making[0].work > making[1].work  # sixteen pieces against four
    assert "支架" in making[0].name_zh and "flange" in making[1].name_en
    assembly = next(t for t in tasks if t.key == "assembly")
    assert {link.pred for link in assembly.links} == {t.id for t in making}


def test_many_lines_share_tasks_so_that_the_plan_stays_readable():
    lines = [PlanLine(n, f"P-{n}", 3) for n in range(1, 41)]
    tasks = breakdown("SO-1", lines, blueprint_of(OrderType.MANUFACTURE_TO_ORDER))
    making = [t for t in tasks if t.key == "making"]
    assert len(making) <= MOST_PARTS
    assert "第1–7行" in making[0].name_zh and "lines 1–7" in making[0].name_en


def test_an_order_without_lines_still_gets_a_plan():
    tasks = breakdown("SO-1", (), blueprint_of(OrderType.SOFTWARE))
    assert {t.key for t in tasks} == {s.key for s in blueprint_of(OrderType.SOFTWARE).steps}


def test_rework_goes_on_with_the_numbers_after_the_plan():
    punch = [PlanLine(1, "漆面划伤"), PlanLine(2, "铭牌缺失")]
    rework = rework_of(OrderType.MANUFACTURE_TO_ORDER)
    tasks = breakdown("SO-1", punch, rework, first=10)
    assert [t.id.no for t in tasks] == ["T10", "T11", "T12"]
    assert "漆面划伤" in tasks[0].name_zh


def test_what_was_learnt_is_planned_next_time():
    blueprint = blueprint_of(OrderType.MANUFACTURE_TO_ORDER)
    learnt = adjusted(blueprint, (Adjustment("assembly", 4),))
    before, after = (
        next(t for t in breakdown("SO-1", LINES, each) if t.key == "assembly")
        for each in (blueprint, learnt)
    )
    assert after.hours == before.hours + 4
    assert learnt.version == blueprint.version + 1
    with pytest.raises(UnknownStep):
        adjusted(blueprint, (Adjustment("flying", 4),))


@pytest.mark.parametrize("language", Language)
def test_the_picture_is_plain_svg_in_which_foreign_text_stays_text(language):
    case = order_problem()
    proposal = propose(case)
    svg = gantt_svg(
        bars_of(case, proposal, language), CALENDAR, title="</svg><script>x</script>\x00 苏州",
        language=language, promised=date(2026, 12, 18), today=date(2026, 11, 24),
    )  # fmt: skip
    minidom.parseString(svg)  # noqa: S318 - our own text
    assert "<script" not in svg and "href" not in svg and "苏州" in svg
    assert CRITICAL in svg and len(svg) < 20_000
    labels = re.findall(r"T\d+ ", svg)
    assert len(labels) >= len(case.tasks)


def test_unannounced_days_are_hatched_and_announced_ones_are_not():
    near, far = problem(task(1, 40)), problem(task(1, 40, pin=900))

    def drawn(case: object) -> str:
        return gantt_svg(bars_of(case, propose(case), Language.ZH), CALENDAR, title="t")  # type: ignore[arg-type]

    assert drawn(near).count("url(#prov)") == 0
    assert drawn(far).count("url(#prov)") > 3


def test_an_empty_picture_is_a_picture():
    minidom.parseString(gantt_svg((), CALENDAR, title="–"))  # noqa: S318 - our own text


def test_a_customers_critical_bar_keeps_its_colour_inside_a_red_edge():
    case = problem(task(1, 40, party=Party.CUSTOMER))
    bars = bars_of(case, propose(case), Language.EN)
    assert bars[0].critical and bars[0].finish - bars[0].start > timedelta(hours=8)
    assert f'stroke="{CRITICAL}"' in gantt_svg(bars, CALENDAR, title="t", language=Language.EN)
    assert task_id(1).no in bars[0].label
