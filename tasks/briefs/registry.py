"""From the kind of a gate to what its briefing knows."""

from collections.abc import Mapping

from domain.names import GateKind
from tasks.briefs import agreeing, finishing, planned, waiting
from tasks.briefs.brief import Briefer

BRIEFERS: Mapping[GateKind, Briefer] = {
    GateKind.INTAKE: agreeing.intake,
    GateKind.CUSTOMER_INFO: agreeing.customer_info,
    GateKind.CONFIRM: agreeing.confirm,
    GateKind.CUSTOMER_CONFIRMATION: agreeing.customer_confirmation,
    GateKind.PLAN: planned.plan,
    GateKind.WORK: planned.work,
    GateKind.COMPLETION: finishing.completion,
    GateKind.CUSTOMER_ACCEPTANCE: finishing.customer_acceptance,
    GateKind.CLOSE: finishing.close,
    GateKind.UNTIL: waiting.until,
    GateKind.HOLD: waiting.hold,
    GateKind.CANCEL: waiting.cancel,
    GateKind.TROUBLE: waiting.trouble,
}
