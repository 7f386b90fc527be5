"""Mail that no person wrote: bounces, auto-replies, lists, our own. Never answered by a machine."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.mail.addresses import addresses
from domain.mail.message import Mail, Part
from domain.mail.plain import narrow


class AutomaticKind(StrEnum):
    """What sort of machine wrote it."""

    OWN = "own"
    FEEDBACK = "feedback"
    BOUNCE_FAILED = "bounce_failed"
    BOUNCE_DELAYED = "bounce_delayed"
    READ_RECEIPT = "read_receipt"
    AUTO_REPLY = "auto_reply"
    LIST = "list"
    GENERATED = "generated"


@dataclass(frozen=True)
class Automatic:
    """A machine's mail. `GENERATED` may still hold an order; it only must not be answered."""

    kind: AutomaticKind
    failed: tuple[str, ...] = ()
    original_id: str | None = None
    status: str | None = None


BOUNCES = frozenset({AutomaticKind.BOUNCE_FAILED, AutomaticKind.BOUNCE_DELAYED})

_DAEMON = re.compile(
    r"mailer-?daemon|\bmdaemon|postmaster|(?:mail|system)[- ]?administrator"
    r"|delivery.?(?:sub)?system|smtp_|smtp.?(?:gateway|service)",
    re.I,
)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|non-?delivery|delivery (?:status|incomplete|problem|notification|warning|error)"
    r"|delivery.{0,8}fail|fail(?:ed|ure)?:?.{0,9}(?:mail|delivery|notice)|mail (?:system )?(?:fail"
    r"|error)|returned (?:mail|to sender)|returning to sender|could not be delivered"
    r"|(?:message|mail).{0,40}(?:delayed|not (?:yet )?been delivered|rejected)"
    r"|rejected (?:mail|message)|user unknown|退信|系统退信|无法投递|投递失败|发送失败|未送达"
    r"|unzustellbar|non remis|не доставлен",
    re.I,
)
_BOUNCE_BODY = re.compile(
    r"user unknown|unknown user|no such (?:user|mailbox)|user not found|no user by that name"
    r"|mailbox (?:is )?(?:full|unavailable|not found)|quota exceeded|no valid recipients"
    r"|could not (?:be delivered|deliver)|(?:was|were) not delivered|unable to deliver"
    r"|not reach the following|permanent (?:fatal )?(?:delivery )?error|\b5\d\d[ -]5\.\d\.\d"
    r"|returned because|address.{0,80}did not.{0,12}match"
    r"|收件人(?:邮箱|邮件)?(?:不存在|地址(?:错误|不存在))|邮箱(?:不存在|已满)|无法投递|无法发送到",
    re.I,
)
_WAITS = re.compile(
    r"not yet been delivered|has been (?:postponed|delayed)|continue to (?:try|attempt)"
    r"|attempts will continue|will keep trying",
    re.I,
)
_YOUR_MESSAGE = re.compile(
    r"your (?:e-?mail|message|mail)\b|(?:message|e-?mail) (?:below|that you sent)|votre message"
    r"|ihre nachricht|original message|message.{0,20}follows|(?:您|你)发送的邮件|ваше письмо",
    re.I,
)
_DELAYED = re.compile(
    r"delay|will (?:be )?(?:retry|retried)|still trying|延迟|稍后重试|\b4\.\d\.\d", re.I
)
_AUTO_SUBJECT = re.compile(
    r"^(?:re:\s*|回复:\s*)?(?:自动回复|自動回覆|自動回復|假期自动回复|外出"
    r"|out of (?:the )?office|automatic reply"
    r"|auto(?:matic)?[- ]?(?:reply|response|antwort)|abwesen(?:heit|d)|nicht im büro"
    r"|automatische antwort|vacation"
    r"|respuesta autom|réponse automatique|不在(?:办公室|通知))",
    re.I,
)
_AUTO_BODY = re.compile(
    r"这是来自.{1,12}的(?:假期)?自动回复邮件|此邮件为系统自动回复|本邮件为自动回复"
    r"|^this is an automatic reply|\bich bin .{0,40}nicht im büro"
    r"|\bi am (?:currently )?out of (?:the )?office",
    re.I | re.M,
)
_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-autoresponder", "x-vacation")
_BULK = ("bulk", "junk", "list")
_ADDRESS = re.compile(r"[^\s<>;:\"'(),\[\]]+@[^\s<>;:\"'(),\[\]]+")


def automatic(mail: Mail) -> Automatic | None:
    """What kind of machine wrote this mail, or None where a person may have."""
    if mail.header("x-orderflow-purpose") is not None:
        return Automatic(AutomaticKind.OWN)
    if any(part.mime == "message/feedback-report" for part in mail.parts):
        return Automatic(AutomaticKind.FEEDBACK, original_id=_original_id(mail))
    bounce = _bounce(mail)
    if bounce is not None:
        return bounce
    if any(part.mime == "message/disposition-notification" for part in mail.parts):
        return Automatic(AutomaticKind.READ_RECEIPT, original_id=_original_id(mail))
    return _other(mail)


def _bounce(mail: Mail) -> Automatic | None:
    report = next((p for p in mail.parts if p.mime == "message/delivery-status"), None)
    if report is not None:
        return _from_report(mail, report)
    failed = mail.header("x-failed-recipients")
    if failed is not None:
        found = tuple(one.address for one in addresses(failed))
        return Automatic(AutomaticKind.BOUNCE_FAILED, found, _original_id(mail))
    return _guessed(mail) if _score(mail) >= 3 else None


def _from_report(mail: Mail, report: Part) -> Automatic | None:
    fields = dict(report.fields)
    action, status = fields.get("action", "").lower(), fields.get("status", "").strip()
    if action in ("delivered", "relayed", "expanded"):
        return Automatic(AutomaticKind.READ_RECEIPT, original_id=_original_id(mail))
    delayed = action.startswith("delayed") or (not action and status.startswith("4"))
    recipients = [value for name, value in report.fields if name == "final-recipient"]
    recipients = recipients or [v for name, v in report.fields if name == "original-recipient"]
    failed = tuple(hit[0] for value in recipients if (hit := _ADDRESS.search(value)))
    kind = AutomaticKind.BOUNCE_DELAYED if delayed else AutomaticKind.BOUNCE_FAILED
    return Automatic(kind, failed, _original_id(mail), status[:9] or None)


def _score(mail: Mail) -> int:
    """How much speaks for a bounce without a report; 3 is enough."""
    body = narrow(mail.body[:20_000])
    path = (mail.header("return-path") or "").strip()
    embedded = any(part.mime in ("message/rfc822", "text/rfc822-headers") for part in mail.parts)
    return sum(
        (
            path == "<>",
            2 * bool(_DAEMON.search(f"{mail.sender.name} {mail.sender.address} {path}")),
            bool(_BOUNCE_SUBJECT.search(narrow(mail.subject))),
            bool(_BOUNCE_BODY.search(body) or _WAITS.search(body)),
            # A mail system names the address that failed; a customer's complaint does not.
            bool(_YOUR_MESSAGE.search(body) and _ADDRESS.search(body)) and not mail.in_reply_to,
            embedded,
        )
    )


def _guessed(mail: Mail) -> Automatic:
    body = narrow(mail.body[:20_000])
    late = _DELAYED.search(f"{mail.subject}\n{body}") or _WAITS.search(body)
    delayed = bool(_WAITS.search(body) or (late and not _BOUNCE_BODY.search(body)))
    ours = {one.address.lower() for one in mail.to} | {mail.sender.address.lower()}
    found = (hit.rstrip(".") for hit in _ADDRESS.findall(body))
    failed = next((one for one in found if one.lower() not in ours), None)
    kind = AutomaticKind.BOUNCE_DELAYED if delayed else AutomaticKind.BOUNCE_FAILED
    return Automatic(kind, (failed,) if failed else (), _original_id(mail))


def _original_id(mail: Mail) -> str | None:
    """Message-ID of the mail that is reported on."""
    for part in mail.parts:
        fields = dict(part.fields)
        for name in ("message-id", "original-message-id"):
            if fields.get(name):
                return fields[name].strip().strip("<>")
    return mail.in_reply_to or (mail.references[-1] if mail.references else None)


def _other(mail: Mail) -> Automatic | None:
    submitted = (mail.header("auto-submitted") or "no").split(";")[0].strip().lower()
    precedence = (mail.header("precedence") or "").strip().lower()
    replied = submitted.startswith("auto-replied") or precedence == "auto_reply"
    body = narrow(mail.body[:5_000])
    by_text = _AUTO_SUBJECT.search(narrow(mail.subject)) or _AUTO_BODY.search(body)
    if replied or by_text or any(mail.header(name) is not None for name in _AUTO_HEADERS):
        return Automatic(AutomaticKind.AUTO_REPLY, original_id=_original_id(mail))
    if precedence in _BULK or any(name.startswith("list-") for name, _ in mail.headers):
        return Automatic(AutomaticKind.LIST)
    if submitted != "no" or (mail.header("return-path") or "").strip() == "<>":
        return Automatic(AutomaticKind.GENERATED)
    return None
