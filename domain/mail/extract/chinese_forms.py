"""Characters in which Chinese rules are written, and the words that count things."""

import re

UNIT_ZH = "台臺套件个個只隻张張条條卷米根块塊箱组組层層吨噸把副对支瓶桶片双项座段片节辆扇幅盘桌"
"""Characters behind a number of things; the traditional ones too."""

_PAIRS = (
    "訂订購购買买數数請请須须採采個个隻只條条張张層层組组塊块噸吨對对雙双項项輛辆編编號号圖图規规單单價价萬万"
    "幾几兩两這这還还時时間间貨货備备給给們们約约與与後后側侧臺台發发來来說说樣样種种補补總总計计別别現现從从"
    "裡里為为麼么嗎吗過过場场廠厂長长寬宽閥阀個个詢询報报產产設设機机電电線线會会開开關关無无特特齊齐確确認认"
    "問问聯联繫系帶带輪轮盤盘"
)
_SIMPLE = {ord(_PAIRS[n]): _PAIRS[n + 1] for n in range(0, len(_PAIRS), 2)}

_MISTYPED = str.maketrans("快见跟抬", "块件根台")
"""Units as they are mistyped most: 8快, 3见, 5跟, 2抬."""


def simplified(text: str) -> str:
    """The text in the characters that the rules are written in, as long as it was."""
    return text.translate(_SIMPLE)


def as_written(found: str | None, simple: str, original: str) -> str | None:
    """The words of the original where these were found in its simplified form."""
    place = simple.find(found) if found else -1
    return original[place : place + len(found)] if found and place >= 0 else found


def retyped(text: str) -> str:
    """Amounts with a unit that was mistyped by its sound, put right."""
    return re.sub(
        r"(?<=\d)[快见跟抬](?=[,、;。!\s]|$)",
        lambda hit: hit[0].translate(_MISTYPED),
        text,
        flags=re.M,
    )
