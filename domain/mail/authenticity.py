"""Whether our own receiving server vouches for the sender; nobody else's word counts."""

import re

from domain.mail.message import Mail

_RESULT = re.compile(r"\b(spf|dkim|dmarc|auth)\s*=\s*([a-z]+)([^;]*)", re.I)


def authenticated(mail: Mail, server: str) -> bool | None:
    """True or False as our server found; None where it said nothing. Ambiguous senders are False.

    Only the topmost result above our server's own Received line counts: what stands below came
    with the mail and may be forged.
    """
    if mail.ambiguous:
        return False
    result = _own_result(mail, server)
    return None if result is None else _verdict(result, mail.sender.domain)


def _own_result(mail: Mail, server: str) -> str | None:
    for name, value in mail.headers:
        if name == "received":
            return None
        if name == "authentication-results":
            said = value.split(";")[0].strip().lower().split()
            return value if said and said[0] == server.lower() else None
    return None


def _verdict(result: str, domain: str) -> bool | None:
    plain = re.sub(r"\([^()]{0,200}\)", " ", result.partition(";")[2])
    found = [(m[1].lower(), m[2].lower(), m[3].lower()) for m in _RESULT.finditer(plain)]
    for method, outcome, rest in found:
        aligned = re.search(
            rf"header\.(?:d|i|from)\s*=\s*@?(?:[\w.-]*\.)?{re.escape(domain)}(?![\w.-])", rest
        )
        if outcome == "pass" and ((method == "dmarc") or (method == "dkim" and aligned)):
            return bool(method == "dkim" or aligned or "header.from" not in rest)
    outcomes = {outcome for method, outcome, _ in found if method != "auth"}
    return None if outcomes <= {"none", "neutral"} else False
