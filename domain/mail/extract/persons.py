"""Names of persons: what is one, and where a mail gives one."""

import re
from collections.abc import Iterator

from domain.mail.extract.firms import DEPARTMENT, ZH_FORM
from domain.mail.extract.posts import is_department, is_post
from domain.mail.extract.signatures import is_latin_name
from domain.mail.plain import narrow
from domain.mail.traditional import simplified

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
_ROLE = (
    r"采购|订单|客服|公司|财务|平台|中心|系统|仓库|仓$|站$|物资|应收|应付|周报|群$|部$|科$|处$|组$|队$|班$|课$|室$|办$"
    r"|组委会|通知|验证码|营业|窗口|weekly|network|office|order|purchas|sales|info"
    r"|accounts|service|team|notice|procure|logistic|import|export"
)
_EN_ORG = (
    r"\b(?:ltd|gmbh|inc|llc|b\.?v|s\.?a\.?s|group|works|company|corp|weekly|daily|network|portal"
    r"|technologies|solutions|industries|services|systems)\b\.?$"
)
_NO_PERSON = re.compile(
    rf"{_ROLE}|admin|mail delivery|noreply|no-reply|{ZH_FORM}|{_EN_ORG}|\d{{3}}|@|[\x00-\x1f]", re.I
)
_HONORIFIC = re.compile(
    r"^(?:(?:dear|mrs?|ms|miss|dr|prof|ing|dipl\.?-ing|eng|sr|sra|herr|frau)\b\.?\s+)+"
    r"|(?:先生|女士|小姐)$|\s*\((?:mr|mrs|ms)\.?\)$",
    re.I,
)
_NICKNAME = re.compile(
    rf"[老小阿]([{SURNAMES}])|([{SURNAMES}])(?:{TITLES_ZH}|采购|叔|伯|婶|嫂|老板)?"
    rf"|({_DOUBLE})(?:{TITLES_ZH})?"
)
_BY_TRADE = re.compile(
    rf"[{SURNAMES}](?:律师?|会计|出纳|总助|[\u4e00-\u9fff]{{0,2}}(?:长|师|助理|主管|经理|队|导|医生|同学|姨|婶|爷))"
)
"""A family name with what somebody is: "蔺炉长", "葛律"."""
_KIN = re.compile(
    r"^(?:请)?(?:直接)?(?:联系|找|由|是|为)?(?:我|我们|我司|我方)?的?"
    r"(?:儿子|女儿|爱人|老公|老婆|同事|弟弟|哥哥|姐姐|妹妹|徒弟|助理|司机|搭档)?"
)
_TITLED = re.compile(rf"[\u4e00-\u9fff]{{1,3}}?(?:师傅|{TITLES_ZH})(?![\u4e00-\u9fff])")
_NO_NAMES = """my our your the his her son daughter wife husband colleague brother sister please
    contact attn attention mr mrs ms miss dr prof ing it is he she will be i we same as above
    tel phone mobile call or and for at in on to with ask speak boss unsubscribe sent manager buyer
    engineer"""
_NO_NAME = frozenset(_NO_NAMES.split())
_SELF_ZH = re.compile(
    rf"(?:^|[,。!\s])(?:我(?:是|叫|姓)?|本人|这边是)([{SURNAMES}][\u4e00-\u9fff]{{0,2}}?"
    rf"(?:师傅|{TITLES_ZH}))(?=[,。!\s]|$)",
    re.M,
)
_SELF_EN = re.compile(
    r"\b(?:this is|my name is|i am|i'm) ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})"
    r"(?= (?:from|of|at)|[,.])"
)


def of_display(name: str) -> str | None:
    """The person in a display name, or None where it is a desk, a company or a machine."""
    whole = name.strip(" \"'=*【】[]")
    if re.search(r"[\u4e00-\u9fff]", whole):
        return _han_display(whole)
    inverted = re.fullmatch(r"([^\W\d]['\w’-]+(?: \w+)?), ([^\W\d][\w.’' -]+)", whole)
    if inverted and not is_department(inverted[1]):
        whole = f"{inverted[2]} {inverted[1]}"
    for part in re.split(r"\s*[/|(<（]\s*|\s[-–—@]\s|,\s| (?:at|from) ", whole):
        bare = _HONORIFIC.sub("", part.strip()).strip()
        if bare and not (_NO_PERSON.search(bare) or is_department(bare)):
            return bare
    return None


def _han_display(whole: str) -> str | None:
    first = re.split(r"\s*[/|(<（]\s*", whole)[0].strip()
    first = first if re.search(r"[\u4e00-\u9fff]", first) or is_latin_name(first) else whole
    parts = [part.strip("=*【】[]") for part in re.split(r"[-—_\s·=]+", first) if part]
    chinese = [part for part in parts if re.fullmatch(r"[\u4e00-\u9fff]{1,4}", part)]
    latin = " ".join(part for part in parts if re.fullmatch(r"[A-Z][a-z]+", part))
    named = next((part for part in chinese if len(part) > 1 and is_person(part)), None)
    if named is not None:
        both = f"{latin} {named}" if latin and parts == [*latin.split(), named] else named
        return _HONORIFIC.sub("", both)
    behind = re.search(r"(?:部|科|处|室|课|组|中心)([\u4e00-\u9fff]{2,3})$", first)
    if behind and is_person(behind[1]):
        return behind[1]
    nicks = [part for part in chinese if _NICKNAME.fullmatch(part)]
    if len(parts) > 1 and nicks and all(DEPARTMENT.fullmatch(p) for p in parts if p not in nicks):
        return nicks[0]
    if len(parts) > 1 and parts == chinese and not _NO_PERSON.search(first):
        return first  # family and given name apart: "中桐 真理"
    short = re.fullmatch(r"[\u4e00-\u9fff]{1,3}", first) or re.fullmatch("阿[A-Z][a-z]+", first)
    return _HONORIFIC.sub("", first) if short and not _NO_PERSON.search(first) else None


def full_name(shown: str, words: str) -> str | None:
    """The name in full of a writer who is shown as "老巫" or "邰哥"; None where it is not said."""
    nick = _NICKNAME.fullmatch(simplified(shown))
    family = next((group for group in nick.groups() if group), None) if nick else None
    if family is None and _BY_TRADE.fullmatch(simplified(shown)):
        family = shown[0]
    if family is None:
        return None
    for line in reversed(narrow(words).splitlines()):
        for part in re.split(r"[\s|/,;。:·—()-]+|(?<=[\u4e00-\u9fff])(?=\d)", line):
            if part != shown and part.startswith(family) and is_person(part):
                return part
    return None


def named_in(words: str) -> str | None:
    """The person in a short text such as "业务部 火经理" or "my son Luca, 0999 555 602"."""
    plain = narrow(words).strip()
    if re.search(r"[\u4e00-\u9fff]", plain):
        for part in re.split(r"[\s|/,;。:·—()-]+|(?<=[\u4e00-\u9fff])(?=\d)", plain):
            bare = _KIN.sub("", part)
            if is_person(bare) or _TITLED.fullmatch(bare):
                return bare
        behind = re.search(r"(?:部|科|处|室|课|组)([\u4e00-\u9fff]{2,4})$", plain.split()[0])
        if behind and (is_person(behind[1]) or _TITLED.fullmatch(behind[1])):
            return behind[1]
        short = re.match(r"[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])", plain)
        if short and not (DEPARTMENT.fullmatch(short[0]) or _NO_PERSON.search(short[0])):
            return short[0]
    for run in re.finditer(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)*", plain):
        found = [w for w in run[0].split() if w.lower().rstrip(".") not in _NO_NAME]
        capital = " ".join(w for w in found if w[:1].isupper())
        if capital and not is_department(capital) and not is_post(capital):
            return " ".join(capital.split()[:4]).rstrip(".")
    return None


def is_person(word: str) -> bool:
    """True for a Chinese name of two to four characters that begins with a family name."""
    word = simplified(word)
    whole = _PERSON.fullmatch(word)
    return bool(whole) and not (_NO_PERSON.search(word) or DEPARTMENT.fullmatch(word))


def introduced(text: str) -> str | None:
    """The person as whom the writer introduces himself."""
    plain = narrow(text)
    hit = _SELF_ZH.search(plain) or _SELF_EN.search(plain)
    return hit[1] if hit else None


def asked_for(text: str) -> str | None:
    """ "有问题找魏东", "请联系采购部周工": the person whom a nameless mailbox names."""
    for hit in re.finditer(r"(?:找|联系|联络|对接人?是?)(?:我们?的?)?([\u4e00-\u9fff]{2,8})", text):
        for size in (4, 3, 2):
            if is_person(hit[1][:size]) or _TITLED.fullmatch(hit[1][:size]):
                follow = text[hit.start(1) + size : hit.start(1) + size + 1]
                if not re.match(r"[\u4e00-\u9fff]", follow):
                    return hit[1][:size]
    return None


def signed(tail: str) -> Iterator[str]:
    """Chinese persons whose names end a mail, the last line first."""
    lines = [narrow(line).strip() for line in tail.splitlines() if line.strip()]
    for line in reversed(lines):
        bare = re.sub(r"\(.*?\)|[\u4e00-\u9fff]{2,6}:", " ", line)  # "周期:" is a label
        parts = [p for p in re.split(r"[\s|｜/,;·:—-]+", bare) if p]
        if len(parts) <= 6:
            yield from (part for part in parts if is_person(part))
            yield from (part for part in parts if len(part) <= 4 and _TITLED.fullmatch(part))


def last_word(tail: str) -> Iterator[str]:
    """The name that ends a short message: "… by Friday. Robbo"."""
    hit = re.search(r"[.!?]\s+([A-Z][a-z]{2,12})\s*$", narrow(tail))
    if hit and is_latin_name(hit[1], least=1) and hit[1].lower() not in _NO_NAME:
        yield hit[1]
