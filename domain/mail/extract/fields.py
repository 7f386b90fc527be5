"""Our order numbers and how urgent a mail is."""

import re

from domain.mail.extract.values import Field
from domain.mail.plain import narrow
from domain.mail.traditional import simplified

ORDER_NO = re.compile(r"(?<![A-Za-z0-9])SO-\d{4}-\d{5}(?!\d)", re.I)
_URGENT = re.compile(
    r"加急|紧急(?!停|按钮|联系|制动|疏散|照明|切断)|特急|急用|急需|急缺|[很太挺蛮超]急"
    r"|[比较有点]急|着急|急着|急等|急!|急单|【急】|救急|十万火急|火急"
    r"|^急(?![停救冷])|(?:抢|应)急(?=供|发|订|要)|催得|等着用|等着要|等米下锅|尽快|尽早|尽速"
    r"|抓紧|赶紧|赶快|从速|越快越好|快点|火速"
    r"|马上(?:要|发|送)|(?:立即|立刻|即刻)(?!抢|落单|下单|购买|订阅|注册|领取|报名|扫码|点击)|线停|停线|停产|停工待|今天必须"
    r"|\burgent|\basap\b|a\.s\.a\.p|as soon as (?:possible|you can|u can)|\brush(?:ed)?\b"
    r"|immediately|\bhurry\b"
    r"|right away|straight away|without delay|\bis hot\b|(?:top|high(?:est)?|on|with) priority"
    r"|time[- ]critical"
    r"|line (?:is )?down|expedite|earliest possible|earliest convenience(?=.{0,20}urgent)"
    r"|sooner (?:is|the) better"
    r"|the sooner|as (?:quickly|fast) as|\bemergency (?:order|request|delivery)"
    r"|\bquick\b(?=[^.]{0,30}(?:here|pls|please|crew|!))"
    r"|here quick|dringend|eilt\b|eilig|schnellstm|urgente|urgence|pilne|acil\b",
    re.I | re.M,
)
_REGULAR = re.compile(
    r"不(?:用|必|是很|算|怎么)?急|唔急|没那么急|冇咁急|不(?:太|是很|怎么)?着急|不赶(?!紧)|慢慢来|不用(?:太)?赶(?!紧)|不催"
    r"|no (?:great |particular |real |big )?(?:hurry|rush|urgency)|not (?:that |very "
    r"|so )?(?:urgent|(?:in a )?hurry)|non-urgent|no need to (?:hurry|rush)"
    r"|isn'?t urgent|nothing urgent|take your time|whenever (?:it )?suits",
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
    words = simplified(narrow(f"{subject}\n{text}"))
    calm, hot = _REGULAR.search(words), _URGENT.search(_REGULAR.sub("", words))
    if hot:
        return Field("urgent", "text", "words", 0.85)
    return Field("regular", "text", "words", 0.8) if calm else None
