"""What is wrong with what was delivered, in the customer's words, one fault each.

A clause with words of a fault is one; what was agreed instead belongs to the clause beside it,
and what follows from a fault, what is asked for and what is in order are none.
"""

import re
from collections.abc import Iterator

from domain.mail.extract.clauses import Sentence, clauses, sentences, without_mark
from domain.mail.kinds import MailKind
from domain.mail.traditional import folded


def _words(*groups: str) -> re.Pattern[str]:
    return re.compile("|".join(groups), re.I)


_FAULT = _words(
    r"[漏坏破裂凹锈翘瘪]|(?<![判诊切])断(?!续|电保护)|变形|弯(?!管|头)|划[痕伤]|碰伤|磕"
    r"|松动|松脱|脱落|掉漆|起皮|气泡|砂眼|气孔|咬边|毛[边刺]|缩水|开焊|开裂|不足|偏差|超差|超标"
    r"|偏[大小高低移斜]|过[热大小高低长短紧松重烫]|太[慢大小高低长短紧松差薄厚重吵]"
    r"|异[响味常]|噪[音声]大|[震振抖]动|卡[死住顿滞壳]|跳闸|烧[坏毁了]|短路|失[灵效真]|死机"
    r"|报错|误差",
    r"[装贴接标刻发写搞印]反|[贴发装做写弄搞印配标刻]错|错了|少[发装了一两三\d]|短少"
    r"|缺[少件货失项了]|漏[装发贴项写]|没(?!问题|关系|想到|事|什么|有问题|有异议)"
    r"|未(?!来|免|必)|不(?!要|想|用|影响|错|知|好意思|得不|敢|愿|满意|需|管|再|同意|能验收"
    r"|能签收|能接受|下|以下|仅|但|过|妨|在乎)|打不开|无法(?!接受|签收|验收|交代|向)"
    r"|晚了|迟到|迟迟|延误|推迟|拖[了延到]|到现在|又[说推改拖要]|态度(?:很|太|极|恶)|实测"
    r"|只撑|忽[大高快]忽[小低慢]|时好时坏|色差|发黄|发霉|进水|受潮|串[色味]|不[合一]",
    r"\bbroken\b|\bsmashed\b|\bdamag|\bleak|\bmissing\b|\bwrong\b|\bbent\b|\bcrack"
    r"|\bscratch|\bdent(?:s|ed)?\b|\btorn\b|\brust|\bloose\b|\bjam(?:s|med|ming)?\b"
    r"|\bstuck\b|\bfail"
    r"|\bfaulty\b|\bdefect|\blate\b|\bdelay|\bshort(?:age|ed)?\b|\bincomplete\b"
    r"|\bincorrect\b|\bout of (?:tolerance|spec|round|square|order)|\bover (?:the )?limit"
    r"|\bout by\b|\bundersi[sz]e|\boversi[sz]e"
    r"|\btoo (?:deep|short|long|small|large|big|thick|thin|high|low|loud|hot|wide|narrow"
    r"|tight|loose|slow|soft|hard|rough)|\b(?:does|do|did|is|are|was|were|has|have|will"
    r"|would|could)(?: not|n.t)\b"
    r"|\bwon.t\b|\bcan.?t be\b|\bcannot be\b|\bnot (?:work|hold|fit|match|mark|suppl"
    r"|deliver|includ|electro|rotat|accord|as |yet|level|straight|aligned|sealed|painted"
    r"|connected|calibrated|possible)"
    r"|\bwithout (?!problem|any problem|trouble|issue|it\b)|\bhad no\b|\bhas no\b"
    r"|\bhave no\b|\bno (?:certificate|label|sticker|manual|paper|drawing|reply|answer"
    r"|response|sign|news)\w*"
    r"|\bnobody\b|\bno ?one\b|\bnever\b|\bhas (?:now )?stopped|\bkeeps? (?:stopping"
    r"|tripping|falling)|\bloses?\b|\blost\b|\bdrops? (?:off|out)|\btrips\b|\boverheat"
    r"|\bnois[ey]|\bvibrat|\bburn[ts]?\b|\bmelted"
    r"|\bseized\b|\bcorro|\bpeel|\bflak|\bblister|\bporos|\bcontaminat|\bunreadable"
    r"|\billegible|\binstead of\b|\brather than\b|\bjumps? off|\bfor a different\b"
    r"|\bdifferent (?:from|to|than)"
    r"|\bonly$|\bwhere (?:the|our) (?:drawing|spec\w*|order|contract)|\bshould (?:be"
    r"|have been)\b|\bwhereas\b|\bonly (?:\d+|one|two|three|half|part)|\b(?:wobbl|sag|slip"
    r"|stick|bind|squeak|rattl"
    r"|crooked|chipped|worn|discolou?red|mixed up|swapped|upside down|backwards|reversed"
    r"|mislabel)\w*|\bdead\b|\bpickled only\b",
    r"歪|崩|碎|堵|趴|砸|撞|洒|抱死|憋死|跑偏|错别字|错字|[写译拼排装接]错|缺(?![席点陷])|冇"
    r"|唔(?!该|使|好意思|紧要|系)|刮[了伤花坏]|弄[脏坏]|压[坏弯裂]|踩[坏脏]|少[送交配寄]|报警|误报"
    r"|又(?:停|坏|漏|报|出|卡|断|响|抱|烧|死)|[旧假]的|二手|翻新|别家|别人家|[掉降跌升飙]到"
    r"|要\d+ ?(?:秒|分钟|分|小时)才|[响叫]一?声|嗡|吱|一拖再拖|个说法|拖沓|糊弄|敷衍|态度",
    r"\b(?:wo|do|does|did|is|are|was|were|ca|could|has|have|would)n.?t\b(?! (?:think|want|know"
    r"|mind))"
    r"|\bwarp|\btwist(?:ed|s)\b|\bdeform|\bby (?:it|them)sel(?:f|ves)\b|\brestart|\bcrash|\bfroze"
    r"|\bfreez|\bquestion marks\b|\bnot usable\b|\bunusable\b|\bcomes? off\b|\bcame (?:off|apart)"
    r"|\bfell (?:off|apart)|\b(?:second|third|fourth|fifth|sixth|\d+th) [\w -]{2,40} in (?:a|\w+) "
    r"(?:days?|weeks?|months?|year)\b|\ball over the\b|\bagain$|\bgot (?:music|voicemail"
    r"|no answer)"
    r"|\b(?:days?|weeks?|months?) after the (?:date|day|agreed|promised|confirmed)"
    r"|\bnothing (?:here|yet"
    r"|arrived|came|happen)|\banother story|\bcopied\b|\bleft (?:oil|dirt|rubbish|a mess"
    r"|the \w+ (?:open"
    r"|dirty))|\bsecond-?hand\b|\bused one|\bmisprint|\btypos?\b|\bspelling\b|\bdirty\b"
    r"|\bsoaked\b|\bwet\b|\bhair(?:line)? |\btrip(?:s|ped|ping)\b|\bsnapped\b|\bsheared\b"
    r"|\bbuckled\b|\bclog|\bblocked (?:up|by|after)|\bdrip"
    r"|\brude\b|\bunfriendly\b|\bignored\b|\bcross[- ](?:cut|threaded)\b|\bwithout (?:its|the|a"
    r"|any) \w+",
    r"烂|散落|缺角|渗|起不来|转不动|比.{1,8}[短长大小高低宽窄厚薄轻重多少]了"
    r"|\boff[- ]cent(?:er|re)|\boff by\b|\bnot [a-z]+ed\b|\bfor (?:another|the wrong)\b"
    r"|\bweeps?\b|\bripped\b|\boval\b|\bugly\b|\bno sign\b|\bhas a run\b",
)
_AGREED = _words(
    r"(?:合同|合约|协议|图纸|标准|要求|技术|规定|订单|样品)(?:上|里|书|中)?(?:写|规定|要求"
    r"|标|约定)?的?(?:是|为|要|[\d≤≥±<>A-Z])|我们?(?:定|订|要|买)的|说好|应[该为]|本该|明明"
    r"|要的是|结果|而不是",
    r"\bwhere (?:the|our) (?:drawing|spec|order|contract)|\bwhereas\b|\b(?:we|i) (?:ordered"
    r"|asked|told|counted|specified|agreed|need)|\b(?:drawing|spec\w*|order|contract|list"
    r"|nominal|datasheet) (?:says|said|calls|states|requires|is showing|shows|asks)"
    r"|\bshould (?:be|have)\b|\bsupposed to\b|\b(?:ordered|specified|agreed|nominal|spec|drawing"
    r"|drg|required|limit)\.?:? \d|\binstead of\b|\bas (?:we )?(?:ordered|agreed"
    r"|specified)",
)
_NO_FAULT = _words(
    r"请(?!假)|麻烦|尽快|希望|要求(?:你|贵|赔)|赔偿|退[货回款]|拒收|难以?签收|无法(?:签收"
    r"|验收|接受)|不能(?:签收|验收|接受)|恕难|怎么(?:办|算)|什么时候|几时|保留.{0,6}权利"
    r"|整条线|停线|停产|耽误|损失|客户的|老板|交代|以下|如下|合格|没问题|正常|[?]"
    r"|(?:不符|问题|毛病|情况)[:]|谢|抱歉|不影响|返工|返修|换新|派人|必须来|不想写|做试验$"
    r"|重[新做]|修好|没有?意见|不满的|给个说法|好不容易|不是爱|暂不|唔肯|帐实|账实|没法(?:入账|签"
    r"|收|验|交差)|不敢(?:签|收)|退回不|下次.{0,8}改|捎回"
    r"|[咱我]们?再谈|满意",
    r"\bplease\b|\bkindly\b|\bwe (?:ask\b|expect|want|request|reject|are rejecting"
    r"|cannot accept|can.?t (?:accept|take|sign))|\bi (?:want|need|expect)|\bneed \d"
    r"|\bcannot accept|\bcan ?not accept|\bnot paying|\bable to sign|\bunable to (?:accept|sign)"
    r"|\bfine\b|\bo\.?k\.?\b|\bin order\b|\bhow (?:do|are|will|soon)|\bwho (?:do|is|can)"
    r"|\bwhen (?:will|can|do)|\bpictures?\b|\bphotos? (?:to|attached|follow)|\bregards\b"
    r"|\bthank|\bsorry\b|\bgrateful|\bpatient\b|\blook forward|\bcompensat|\bcredit note|\brefund"
    r"|\bno (?:complaint|defect|problem|issue|damage|leak|fault|remark)"
    r"|\bwithout (?:any )?(?:problem|complaint|remark)|^not what\b|\breplac(?:e|ement)\b"
    r"|\bpick-?up\b|\brevert\b|\blooks like\b|\bi think\b|\bprobably\b"
    r"|\bwe have taken over\b|\bsays on the tin\b|\bmy phone\b|\bcan (?:say|live)|\bstatement\b"
    r"|\b(?:we|i) (?:do not|don.?t|cannot|can.?t|will not|won.?t|are not|refuse to) (?:accept"
    r"|take|sign|pay"
    r"|keep|want)|\bnot disputed\b|\bcan.?t (?:say|put my name)|\bobliged\b"
    r"|\bi.?ll (?:gladly )?(?:look|be)\b|\bsend (?:these|them|it|this) back|\buntil (?:it|they"
    r"|all|the)\b",
)
_FOLLOWS = re.compile(
    r"^(?:so|therefore|thus|hence|which|that is|because|causing|making|meaning|leading|导致"
    r"|致使|所以|因此|害得|弄得|搞得|现场|停机时间|昨[天晚]|客户|我[只们方司]|你们(?!的人|来|上"
    r"|装|送|发|做))(?![a-z])",
    re.I,
)
"""A clause that tells what came of a fault, or why."""
_GOES_ON = re.compile(
    r"^(?:还|又|也没|比.{1,8}了|里面|里头|就|都|而且|少了|连|仍|依旧|直到|再问|问一次"
    r"|whereas|not |and not"
    r"|but (?:only|not)"
    r"|leakage|nor )|^(?:约|深度?|偏差|误差|相差|长|宽|达|最[大深长高]).{0,8}\d",
    re.I,
)
_LEAD = re.compile(
    r"^(?:→|=>|->|[-–])?\s*(?:(?:no|yes|sorry)[.,]\s+|(?:and|but|also|plus|moreover|furthermore"
    r"|besides|secondly"
    r"|further|unfortunately|however)[,]?\s+"
    r"|(?:.{0,90}?\b(?:we|i) (?:have |had )?(?:found|noticed|discovered|observed|saw"
    r"|detected|see)(?: that)?\s+)"
    r"|(?:that\s+|.{0,160}?\b(?:remarked|remarks|noted|notes|reports?|reported|complains?"
    r"|complained"
    r"|says|is)(?: further)? that\s+)"
    r"|(?:其[一二三四][是]?|第[一二三四][是]?|一是|二是|三是|就是|只是|另外|还有|而且|但是?|其中"
    r"|并且|同时|发现|此外)[,，:：]?\s*)+",
    re.I,
)
_INTRO = re.compile(
    r"^[^:,，。]{0,24}(?:result|remark|defect|problem|fault|issue|findings?|minor points?"
    r"|验收|检查|检验|不通过|不合格"
    r"|问题|毛病|瑕疵|缺陷)[^:,，。]{0,12}:\s*(?=\S)",
    re.I,
)
"""What opens an enumeration of faults within a sentence."""
_SOFT = re.compile(
    r"小憾|缺|歪|划痕|掉漆|遗憾|美中不足|唯一?|仅|一处|就是|只是|但|不过|小(?:问题|毛病|瑕疵)"
    r"|remark|missing\b|\bscratch|misprint|typo|minor"
    r"|\bonly\b|\bsmall"
    r"|\bexcept|\bapart|\bhowever|\bthough|\bbut\b",
    re.I,
)
_ORDER_NO = re.compile(r"\s*(?:on|for|of|under)? ?[（(]?SO-\d{4}-\d{5}[）)]?(?:的|号)?", re.I)
MOST = 8


def defects_of(kind: MailKind, new_text: str) -> tuple[str, ...]:
    """What is wrong, in the customer's words, one fault each; none for other kinds of mail."""
    if kind not in (MailKind.COMPLAINT, MailKind.REJECTION, MailKind.ACCEPTANCE):
        return ()
    said = list(sentences(new_text))
    listed = [one for one in said if one.marked]
    sharp = kind is not MailKind.ACCEPTANCE
    whole = bool(listed) and (sharp or _are_faults(listed))
    found = [_listed(one) for one in listed if _is_fault(one.words, whole=whole)]
    if not found and (sharp or _SOFT.search(folded(new_text))):
        found = list(_told(said))
    clean = (_clean(one) for one in found)
    return tuple(dict.fromkeys(one for one in clean if one))[:MOST]


def _is_fault(words: str, *, whole: bool) -> bool:
    """True for a line of a list that tells a fault; in a `whole` list only requests do not."""
    plain = folded(words)
    return bool(_FAULT.search(plain)) or (whole and not _NO_FAULT.search(plain))


def _are_faults(listed: list[Sentence]) -> bool:
    """True where a list is one of faults: most of its lines say so."""
    faults = sum(bool(_FAULT.search(folded(one.words))) for one in listed)
    return 2 * faults >= len(listed)


def _listed(one: Sentence) -> str:
    """A line of a list of faults without what came of it and what is asked for."""
    parts = clauses(one.words)
    kept = [parts[0]]
    for part in parts[1:]:
        plain = folded(part)
        if _FOLLOWS.search(plain) or _NO_FAULT.search(plain):
            break
        kept.append(part)
    return _joined(kept)


def _told(said: list[Sentence]) -> Iterator[str]:
    """Faults of a text in sentences; a sentence on what was agreed makes one of that before it."""
    before = ""
    for one in said:
        groups = list(_groups(one.words))
        if groups:
            yield from groups
        elif before and _AGREED.search(folded(one.words)) and not _NO_FAULT.search(folded(before)):
            yield before
        before = "" if groups else one.words


def _groups(words: str) -> Iterator[str]:
    """The faults of a sentence: each clause with one, and the clauses that complete it."""
    intro = _INTRO.match(folded(words))
    if intro:
        for clause in clauses(words[intro.end() :]):
            if not _NO_FAULT.search(folded(clause)):
                yield clause
        return
    group: list[str] = []
    faulty = False
    for clause in _faults_apart(_behind_opening(words)):
        plain = folded(clause)
        if _NO_FAULT.search(plain) or (_FOLLOWS.search(plain) and not _AGREED.search(plain)):
            if faulty:
                yield _joined(group)
            group, faulty = [], False
            continue
        fault, agreed = bool(_FAULT.search(plain)), bool(_AGREED.search(plain))
        parallel = faulty and bool(re.match(r"and (?:the|our|your|one|\d)", plain, re.I))
        attached = bool(group) and (agreed or (faulty and bool(_GOES_ON.match(plain))))
        if group and faulty and not attached:
            if fault or parallel:
                yield _joined(group)
                group = [clause]
            continue
        completes = attached or bool(group and fault and (_promised(group) or len(plain) <= 6))
        group = [*group, clause] if completes else [clause]
        faulty = fault or (agreed and len(group) > 1) or (faulty and attached)
    if faulty:
        yield _joined(group)


def _behind_opening(words: str) -> str:
    """What stands behind the colon of an opening that tells no fault: "we cannot sign: ..."."""
    head, colon, tail = folded(words).partition(":")
    if not colon or len(head) > 60 or not (_FAULT.search(tail) or _AGREED.search(tail)):
        return words
    quiet = _FAULT.search(head) is None or _NO_FAULT.search(head) is not None
    return words[len(head) + 1 :].strip() if quiet else words


def _faults_apart(words: str) -> Iterator[str]:
    """The clauses, and those parts around "and the ..." that tell a fault each."""
    for clause in clauses(words):
        hit = _AND.search(clause)
        both = hit and _FAULT.search(clause[: hit.start()]) and _FAULT.search(clause[hit.end() :])
        yield from (clause[: hit.start()], clause[hit.end() :]) if hit and both else (clause,)


_AND = re.compile(
    r"\s+and\s+(?=(?:the|your|our|its?|one|two|three|he|she|they|some|all|\d+)\b)", re.I
)


def _promised(group: list[str]) -> bool:
    """True where what was agreed stands first: "they promised a day, it came a week late"."""
    return bool(_AGREED.search(folded(group[-1])))


def _joined(parts: list[str]) -> str:
    return ("，" if re.search(r"[\u4e00-\u9fff]", parts[0]) else ", ").join(parts)


def _clean(words: str) -> str | None:
    """A fault without lead words, our order number and a closing bracket; None if nothing stays."""
    value = _ORDER_NO.sub(" ", _LEAD.sub("", without_mark(words)))
    value = re.sub(r"\s*[(（][^()（）]*[)）]$", "", " ".join(value.split())).strip(" ,，。;；.!！")
    return value if len(value) > 3 else None
