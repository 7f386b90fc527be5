"""Short bilingual notes on top of a form: why it is open again."""

from datetime import date

from domain.names import Party
from templates import words


def recorded(person: str, verdict: str) -> str:
    """The record of a customer's word waits for a second person."""
    said = words.both("verdict", verdict)
    return (
        f"{person} 已记录客户意见:{said}。请另一位同事核对后以相同意见确认。"
        f" / {person} has recorded the customer's word: {said}. "
        "A second person confirms it with the same answer."
    )


def survey_waits() -> str:
    """Nobody asks how we did while the customer waits for something."""
    return "投诉或整改项未结,暂不调查 / not asked yet: a complaint or a punch item is open"


def survey_open(sent_on: date, remind_on: date | None = None) -> str:
    """The survey is out, and when it is asked for again."""
    again = (f",{remind_on} 提醒一次", f", reminded once on {remind_on}") if remind_on else ("", "")
    return f"{sent_on} 已发,未答{again[0]} / sent on {sent_on}, not answered{again[1]}"


def no_receipt(delivery: str) -> str:
    """The customer has not said that the delivery arrived."""
    return f"{delivery} 尚未签收 / {delivery} receipt not confirmed yet"


def parked(number: str, days: int) -> str:
    """Why the engine's run has ended although the order goes on, and how its form comes back."""
    return (
        f"{number} 已等待 {days} 天,运行已停放。任何途径的答复都会继续;"
        f"orderflow unpark {number} 可重新打开表单。"
        f" / {number} has waited for {days} days, its run is parked. An answer by any way goes on; "
        f"orderflow unpark {number} brings the form back."
    )


def held(party: str, reason: str, since: date) -> str:
    """For whom the order waits, why, since when; whose clocks stand still meanwhile."""
    ours = party == Party.US
    zh, en = ("期限照算", "deadlines run on") if ours else ("期限顺延", "deadlines stand still")
    return f"{words.both('party', party)} · {reason} · {since} · {zh} / {en}"


def provisional(who: str, verdict: str) -> str:
    """Somebody answered who may not sign; the gate waits for who may."""
    said = words.both("verdict", verdict)
    return (
        f"{who} 已答复:{said},但无签署权,仅为暂定。"
        f" / {who} has answered: {said}, but may not sign; this is provisional."
    )


def no_signer(gate: str, who: str, verdict: str) -> str:
    """The owner has to find out who signs for the customer."""
    return (
        f"{gate}:{provisional(who, verdict)} 客户没有登记可签署的联系人,请问明后登记。"
        " / No contact of this customer may sign: please ask who does, and add them."
    )
