"""Our order numbers and how urgent a mail is."""

import re

from domain.mail.extract.values import Field
from domain.mail.plain import narrow

ORDER_NO = re.compile(r"(?<![A-Za-z0-9])SO-\d{4}-\d{5}(?!\d)", re.I)
_URGENT = re.compile(
    r"加急|紧急|特急|急用|急需|很急|[比较有点挺蛮]急|着急|急着|催得|等着用|十万火急|尽快|尽早"
    r"|抓紧|赶紧|越快越好|快点"
    r"|火速|马上要|立即|急单|急!|【急】|^急|线停|停线|停产|\burgent|\basap\b|as soon as possible"
    r"|\brush\b|immediately"
    r"|\bhurry\b|\bis hot\b|top priority|time[- ]critical|line (?:is )?down|expedite"
    r"|earliest possible"
    r"|as (?:quickly|fast) as|dringend|eilt\b|urgente",
    re.I | re.M,
)
_REGULAR = re.compile(
    r"不急|不(?:太)?着急|不赶|慢慢来|不用赶|no (?:great )?(?:hurry|rush)|not urgent|non-urgent"
    r"|no particular hurry"
    r"|take your time",
    re.I,
)


def order_refs(subject: str, text: str) -> Field[str] | None:
    """Our order numbers, the text's before the subject's; several joined with "; "."""
    for source, words in (("text", narrow(text)), ("subject", narrow(subject))):
        found = list(dict.fromkeys(hit.upper() for hit in ORDER_NO.findall(words)))
        if found:
            return Field("; ".join(found), source, "order_no", 0.95)
    return None


def urgency(subject: str, text: str) -> Field[str] | None:
    """`urgent` or `regular` where the mail says so."""
    words = narrow(f"{subject}\n{text}")
    calm, hot = _REGULAR.search(words), _URGENT.search(_REGULAR.sub("", words))
    if hot:
        return Field("urgent", "text", "words", 0.85)
    return Field("regular", "text", "words", 0.8) if calm else None
