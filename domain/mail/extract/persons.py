"""Names of persons: what is one, and where a mail gives one."""

import re
from collections.abc import Iterator

from domain.mail.extract.firms import DEPARTMENT, ZH_FORM
from domain.mail.plain import narrow

TITLES_ZH = (
    r"总经理|总工|总|工程师|工|经理|主任|老板|老师|师傅|厂长|科长|部长|处长|站长|主管|先生|女士"
    r"|小姐|姐|哥"
)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫"
    "孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童"
    "凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦"
    "麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明"
    "佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅"
    "屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修"
    "邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡"
    "荀丘萧钮"
)
_DOUBLE = "欧阳|司马|诸葛|上官|司徒|东方|令狐|皇甫|尉迟|公孙|慕容|端木|夏侯|宇文|长孙|南宫"
_PERSON = re.compile(rf"(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}][\u4e00-\u9fff]{{1,2}}")
_FOREIGN = re.compile(
    r"[A-ZÀ-Ž][\w.'’À-ž-]*(?: (?:[A-ZÀ-Ž][\w.'’À-ž-]*|van|de|den|der|von|al)){1,3}"
)
_ROLE = (
    r"采购|订单|客服|公司|财务|平台|中心|系统|仓库|仓$|站$|物资|应收|应付|周报|群$|部$|科$|处$"
    r"|组委会|通知|验证码|营业|窗口|weekly|network|office|order|purchas|sales|info"
    r"|accounts|service|team|notice|procure|logistic|import|export"
)
_EN_ORG = r"\b(?:ltd|gmbh|inc|llc|b\.?v|s\.?a\.?s|group|works|company|corp)\b\.?$"
_NO_PERSON = re.compile(
    rf"{_ROLE}|admin|mail delivery|noreply|no-reply|{ZH_FORM}|{_EN_ORG}|\d{{3}}|@|[\x00-\x1f]", re.I
)
_HONORIFIC = re.compile(r"^(?:dear|mr|mrs|ms|dr|ing)\.?\s+|(?:先生|女士|小姐)$", re.I)
_SELF_ZH = re.compile(
    rf"(?:^|[,。!\s])(?:我(?:是|叫|姓)?|本人|这边是)([{SURNAMES}][\u4e00-\u9fff]{{0,2}}?"
    rf"(?:师傅|{TITLES_ZH}))(?=[,。!\s]|$)",
    re.M,
)
_SELF_EN = re.compile(
    r"\b(?:this is|my name is|i am|i'm) ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})"
    r"(?= (?:from|of|at)|[,.])"
)
_CLOSING = re.compile(
    r"^(?:(?:kind|best|warm|many)? ?(?:regards|wishes|thanks)|thank you|thanks(?: and regards)?"
    r"|sincerely|yours \w+|cheers|br|rgds|mit freundlichen grüßen|cordialement|saludos)[\s,.!]*$",
    re.I,
)


def of_display(name: str) -> str | None:
    """The person in a display name, or None where it is a desk, a company or a machine."""
    first = re.split(r"\s*[/|(<（]\s*", name.strip(" \"'"))[0].strip()
    if re.search(r"[\u4e00-\u9fff]", first):
        parts = [part for part in re.split(r"[-—_\s·]+", first) if part]
        chinese = [part for part in parts if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", part)]
        named = next((part for part in chinese if is_person(part)), None)
        if named is not None:
            return named
        if len(parts) > 1 and parts == chinese and not _NO_PERSON.search(first):
            return first  # family and given name apart: "中桐 真理"
        short = re.fullmatch(r"[\u4e00-\u9fff]{2,3}", first)
        return _HONORIFIC.sub("", first) if short and not _NO_PERSON.search(first) else None
    return None if not first or _NO_PERSON.search(first) else _HONORIFIC.sub("", first)


def is_person(word: str) -> bool:
    """True for a Chinese name of two to four characters that begins with a family name."""
    whole = _PERSON.fullmatch(word)
    return bool(whole) and not (_NO_PERSON.search(word) or DEPARTMENT.fullmatch(word))


def introduced(text: str) -> str | None:
    """The person as whom the writer introduces himself."""
    plain = narrow(text)
    hit = _SELF_ZH.search(plain) or _SELF_EN.search(plain)
    return hit[1] if hit else None


def signed(tail: str) -> Iterator[str]:
    """Persons whose names end a mail, the last line first; a name behind a closing first."""
    lines = [narrow(line).strip() for line in tail.splitlines() if line.strip()]
    for n, line in enumerate(lines[1:], start=1):
        if _CLOSING.match(lines[n - 1]) and (name := _FOREIGN.match(line)):
            yield name[0]
    for line in reversed(lines):
        parts = re.split(r"[\s|｜/,，;；·:—-]+", line)
        if len(parts) <= 6:
            yield from (part for part in parts if is_person(part))
