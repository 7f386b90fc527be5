"""The facts of an order as people read them."""

from collections.abc import Sequence

from domain.names import GateKind, Language, Party
from domain.retrospective.history import Facts, Improvement, LeadTime, Moved, Variance


def sentences(facts: Facts, language: Language) -> tuple[str, ...]:
    """The facts as people read them: time, hours, largest deviations, moves, approvals, changes."""
    zh = language is Language.ZH
    told = [_time_sentence(facts, zh), _hours_sentence(facts, zh)]
    told += [_variance_sentence(each, zh) for each in _largest(facts.variances)]
    told += [_move_sentence(move, zh) for move in facts.moves]
    told += [_lead_sentence(each, zh) for each in facts.lead_times]
    told += [improvement_sentence(improvement, language) for improvement in facts.improvements]
    return tuple(sentence for sentence in told if sentence)


PARTY_NAMES = {
    Party.US: ("我方", "ours"),
    Party.CUSTOMER: ("客户", "customer"),
    Party.SUPPLIER: ("供应商", "supplier"),
}


GATE_NAMES = {
    GateKind.INTAKE: ("受理", "intake"),
    GateKind.CONFIRM: ("确认", "confirmation"),
    GateKind.PLAN: ("计划", "plan"),
    GateKind.COMPLETION: ("出厂审查", "final check"),
    GateKind.CLOSE: ("结案", "closing"),
    GateKind.CANCEL: ("取消", "cancellation"),
    GateKind.TROUBLE: ("故障处理", "trouble"),
}


def _time_sentence(facts: Facts, zh: bool) -> str:
    if not any(facts.minutes_by_party.values()):
        return ""
    shares = [
        f"{PARTY_NAMES[party][0 if zh else 1]} {facts.share(party):.0%}"
        for party in Party
        if facts.minutes_by_party.get(party)
    ]
    return f"时间去向:{'、'.join(shares)}" if zh else f"Where time went: {', '.join(shares)}"


def _hours_sentence(facts: Facts, zh: bool) -> str:
    if not facts.variances:
        return ""
    planned, actual = facts.planned_hours, facts.actual_hours
    if zh:
        return f"工时:计划 {planned:g} 小时,实际 {actual:g} 小时"
    return f"Hours: {planned:g} planned, {actual:g} worked"


def _largest(variances: Sequence[Variance], limit: int = 3) -> list[Variance]:
    off = [each for each in variances if abs(each.hours) >= 1 or abs(each.days or 0) >= 1]
    return sorted(off, key=lambda each: (-abs(each.hours), -abs(each.days or 0)))[:limit]


def _variance_sentence(each: Variance, zh: bool) -> str:
    if zh:
        days = f",晚 {each.days} 个工作日" if (each.days or 0) > 0 else ""
        days = f",早 {-each.days} 个工作日" if each.days and each.days < 0 else days
        return f"{each.no} {each.name_zh}:{each.hours:+g} 小时{days}"
    side = "late" if (each.days or 0) > 0 else "early"
    days = f", {abs(each.days)} working days {side}" if each.days else ""
    return f"{each.no} {each.name_en}: {each.hours:+g} h{days}"


def _move_sentence(move: Moved, zh: bool) -> str:
    party = PARTY_NAMES[move.party][0 if zh else 1]
    if zh:
        return f"承诺交期由 {move.before} 改为 {move.after}:{move.cause}({party})"
    return f"Promised date moved from {move.before} to {move.after}: {move.cause} ({party})"


def _lead_sentence(each: LeadTime, zh: bool) -> str:
    median, longest = each.median / 60, each.longest / 60
    names = {str(kind): name for kind, name in GATE_NAMES.items()}
    kind = names.get(each.kind, (each.kind, each.kind))[0 if zh else 1]
    if zh:
        return f"审批“{kind}”:{each.count} 次,中位 {median:.1f} 工作小时,最长 {longest:.1f}"
    hours = f"median {median:.1f} working hours, longest {longest:.1f}"
    return f"Approval of {kind}: {each.count}, {hours}"


def improvement_sentence(improvement: Improvement, language: Language) -> str:
    """What to change, in one sentence."""
    hours = improvement.adjustment.add_hours
    if language is Language.ZH:
        verb = "增加" if hours > 0 else "减少"
        return f"模板中 {improvement.no}“{improvement.name_zh}”{verb} {abs(hours):g} 小时"
    verb, side = ("add", "to") if hours > 0 else ("take", "from")
    return (
        f"{verb} {abs(hours):g} h {side} {improvement.no} ({improvement.name_en}) in the blueprint"
    )
