"""Words of clauses that are no instruction: money, letters, days, places, people, what was.

All patterns read text that is narrow and has simplified characters.
"""

import re


def _words(*groups: str) -> re.Pattern[str]:
    return re.compile("|".join(groups), re.I)


MONEY = _words(
    r"单价|总价|报价|价格|价钱|价税|\d ?元|货款|付款|发票|开票|收票|结算|月结|预付|费用"
    r"|运费|到付|账期|含税|未税|税率|折扣"
    r"|合计|金额|预算|老价|定金",
    r"\bprices?\b|\brates?\b(?! of )|\bpay(?:ment|able|ing)?\b|\binvoic|\bquot(?:e|ed|ation)"
    r"|\bfreight\b"
    r"|\b(?:USD|EUR|GBP|VAT|INR|AUD)\b"
    r"|[$€£]|\bpro-?forma\b|\bbudget\b|\bamounts?\b|\bcosts?\b|\bcharged?\b|\bdiscount"
    r"|\btotal\b|\btax\b|\bmwst\b",
)
LETTER = _words(
    r"查收|见附[件表]|附件[为是中见里]|附上|[随另]附订单|回[传复签]"
    r"|请?(?<!给我们)(?<!给我)(?<!我方)确认(?!单)|签收"
    r"|盖(?:合同)?章(?!制)|合同(?:号|编号|价|总)|订单编?号[:为是 ]"
    r"|请?[看别]{1,2}看|看[“\"]|下单|采购单|排产|转[发告]|来信|来电|收到|重发|此致|专此"
    r"|函达|如下|下列|下表|清单如|明细|详见|参见|加急"
    r"|尽快|越快|密码|加密|撤回|系统自动|勿直接回|登录|链接|有效期|建单|同事|部门|急用|急需"
    r"|照旧|老规矩|不变|没问题|图纸.{0,6}发过|谈好|说好"
    r"|价|单子|(?:订单|合同|协议)(?:书)?.{0,4}一式|本(?:订单|合同)|接单|对账|审批|流程|领导"
    r"|研究|洽谈|接洽|追加|试用|双方|违约|争议|仲裁|生效|保密|质保期|采购部|安排(?=[,。!]|$"
    r"|生产|发货|排产|以下|下列|下述|第\d)"
    r"|寄出|原件|落单|跟进|抓紧|催|排期|进度|配额|祝|商祺|我们?(?:这边|公司|厂)?(?:是|有|在|没)|"
    r"微信|扫描|快递单|稍后补|后补",
    r"\bfollowing\b|\bbank\b|\bdetails\b|\baccounts? (?:dep|team)|\bas under\b|\blisted\b"
    r"|\bagainst (?:our )?(?:PO|order)|\bPO [\w/-]*\d"
    r"|\blook(?:ing)? forward|\bif you (?:have|need|can)|\bclosed\b|\bnext (?:month|year"
    r"|order)|\bcolleague|\bon leave\b|\bvisit\b|\bliabil|\bpenalt|\bconfidential"
    r"|\bgrateful\b|\bquestions?\b|\bready at\b|\blist (?:is|below|of)|\bspreadsheet"
    r"|\bsheet\b|\bcolumn\b|\bQ\d\d?-\d|\bregards\b|\barrange\b|\bschedule\b|\bETA\b|\bcheers\b"
    r"|\bconfirm|\backnowledg|\brepl(?:y|ies)\b|\battach(?:ed|ment)\b|\benclosed\b"
    r"|\bplease find\b|\bfind\b|\bprocess\b|\bregards\b"
    r"|^dear\b|^hello\b|^hi\b|\basap\b|\burgent|\bas soon as\b|\bproceed\b|\bgo ahead\b"
    r"|\bregister\b|\bcall me\b|\blet (?:me|us)\b"
    r"|\brevert\b|\bneedful\b|\bpassword\b|\bprotected (?!by|against|from|with)|\bsignature\b"
    r"|\bsigned\b|\bwe (?:hereby )?order\b|\border(?:ed)? (?:number|no|ref)\b(?!.*\bshow)"
    r"|\bPO (?:number|no|to follow|below)\b(?! and)|\bplease (?:enter|book|arrange|process"
    r"|proceed|treat|keep them apart|register|take note)"
    r"|\b(?:our|own) order\b|\bpurchase order\b|\bsubject order\b|\bbest co-?operation"
    r"|\bplease see below\b|\bremarks? in\b|\bclearly\b|\bcancel|\bresend"
    r"|\bany doubt|\bfollow(?:s)? (?:with|by|in)\b|\blong story\b|\bwaiting\b"
    r"|\brequest(?:ed)? (?:a )?quot|\boffer\b",
)
DATED = _words(
    r"\d ?月|\d[号日](?!楼|线|门|机|仓|库|厂)"
    r"|[周星期]期?[一二三四五六日天](?![\u4e00-\u9fff]?货)|月[底初中末]|[上中下]旬|春节"
    r"|国庆|中秋|端午|五一|元旦|腊月|节[前后]|今天|明天|后天"
    r"|交期|工期|[年月]底|本[周月]|下[周个]|\d{4}[-/.]\d|日期|最[晚迟]|天[内后]|[日天周]内",
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\b(?=.{0,6}\d)"
    r"|\d(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\bweeks?\b|\bCW ?\d\d?\b|\b(?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)day\b|\bby \d{1,2}(?!\d| ?(?:mm|cm|m\b|deg|%))|\bthe \d{1,2}(?:st|nd|rd"
    r"|th)\b|\bholiday|\beaster\b"
    r"|\bchristmas\b|\bnew year|\bshutdown\b|\bas early as|\btomorrow\b|\btoday\b"
    r"|\buntil\b|\bmonths?\b|\bdelivery (?:date|time|within|by)|\bdeadline\b|\blatest\b"
    r"|\bappointment\b|\bearliest\b|\bnot earlier\b|\bliefertermin\b|納期",
)
PLACED = _words(
    r"(?:送|发|寄|运|直送|配送|交)货?(?:到|至|往)(?!货)|送达|目的地"
    r"|^(?:同样|也|都|请|统一|全部|直接|一起|货)*[送寄发运](?!货|检|审|样|电|前|之前|热"
    r"|动)[\u4e00-\u9fff]{2,}|收货地|送货地|地址|自提|提货|来拉|部署到",
    r"\b(?:ship|deliver|despatch|dispatch|send)\w*\b.{0,24}\bto\b|\b(?:DAP|DDP|CIF|CFR|FCA"
    r"|FOB|CPT|CIP|EXW) |\bex works\b|\bforwarder\b|\bcollect\b|\barriv\w+|\bport\b",
)
PEOPLE = _words(
    r"联系人|收货[人员]|现场联系|\d{7,}|@|\d{3}[- ]\d{3,4}|转\d{3}|经办",
    r"\bcontact\b|\bphone:|\btel\b|\bmob(?:ile)?\b|\bmrs?\b|\bmanager\b|\bbuyer\b|\bsaid\b",
)
PAST = _words(
    r"上[次回周]|昨[天日]|去年|谢谢|感谢|辛苦|坏了|断了|磨完|您好|你好|恭喜|听说|不好意思"
    r"|抱歉|对不起|劳驾了|之前那|以前|曾|原来|因为|由于|贵司.{0,4}报|因[^此][\u4e00-\u9fff]{2,}",
    r"\bthanks?\b|\bappreciat|\bhop(?:e|ing)\b|\bsorry\b|\bapolog|\bregret|\bwas\b|\bwere\b"
    r"|\bhad\b|\blost\b|\bdiscuss|\btalked\b|\bpromised\b|\bbought\b"
    r"|\bmentioned\b|(?<!be )\bsent\b|\blast (?:time|week|month|year|fall|batch|order)"
    r"|\byesterday\b|\bcatch up\b|^(?:because|since|as|otherwise|so)\b"
    r"|\byou (?:know|may be aware)\b|\bproblem\b|\bwould (?:like|suit)\b|\blooking for\b"
    r"|\bgot\b|\breceived\b|\bcracks?\b|\bbroken\b|\bfailed\b|\bwent\b|\btold\b"
    r"|\bcustomer is\b|\bmonthly\b|\bdemand is\b|\bour management\b",
)
ASKED = _words(
    r"[?]|吗$|能不能|可否|能否|是否|几天|多少|啥时候|什么时候|怎么",
    r"^(?:can|could|do|does|is|are|what|when|how|which|would|will) (?:you|we|the|it|i|your"
    r"|there)\b|\bwhether\b|\blet me know",
)
TOLD = _words(
    r"需要?订|[要想]订|其[余他它](?:要求)?按|自动处理|信用额度|^外加.{2,}\d|撑不[过到]|序列号见"
    r"|判定|^未附|"
    r"^[带教管]我的?|让我|便利贴|告诉我|[又都]该换|磨损的|要换了?$|委托(?:你们|贵司|贵方)"
    r"|为我[司方]"
    r"|打.{0,4}电话核对|来一次|听[他她]|我是|我叫|实习|在路上|跳过|审批|状态置|稍后|等会儿|问到了"
    r"|[我俺]去问|报价.{0,4}执行",
    r"\bshould read\b|\bhear from\b|\bask my\b|\bas per last\b|\bsame (?:unit|machine|model"
    r"|pump) [A-Z]"
    r"|\bdo not start\b|\bin due course\b|\bno tolerance\b|\bmy boss\b|\bfollows? from\b"
    r"|\bno excuses?\b"
    r"|\bquantity \d|\bthe trucks? (?:may|can)\b|\bone piece only\b|\bcome back to you\b",
)
"""What is told, ordered or asked, in the form of an instruction."""
NEEDLESS = _words(
    r"无[需须]|不[用必](?!的)|不需要|无所谓|随便", r"\bno need\b|\bneed not\b|\bnot necessary to\b"
)
"""What need not be done is no instruction."""
FIRM = _words(
    r"(?:仪器|机械|装备|科技|设备|重工|模具|泵阀|实业|电气|工业|纸业|精密|机电|技术)$"
    r"|(?:有限公司|股份公司|集团|公司|事业部|采购部|项目部|科|厂|有限责任公司)(?:\([^)]*\))?$",
    r"\b(?:ltd|limited|inc|gmbh|llc|s\.?a\.?|co|corp|b\.?v|a/s|oy|ag|kg|s\.r\.l|s\.p\.a"
    r"|sp\. z o\.o|plc)\.?$",
)
NAMES_A_FIRM = _words(
    r"^(?:买方|卖方|甲方|乙方|需方|供方|采购方|供应商|buyer|supplier|seller|vendor)"
)
COUNTED = re.compile(
    r"(?<![A-Za-z\d.-])\d[\d,.]*\s*(?:x\b|off\b|pcs?\b|pieces?\b|nos?\b|sets?\b|ea\b"
    r"|units?\b|szt\b|stk\b|mtrs?\b|metres?\b|kits?\b"
    r"|man-?days\b|rolls?\b|pairs?\b|lots?\b)|^\d+\s?[x*]\s"
    r"|(?<![A-Za-z\d.第每逐])(?:\d+|[一两二三四五六七八九十]+) ?(?:台|套|件|个(?!月)|只|根"
    r"|支|条|块|张|组|副|付|吨|米(?!长|高|宽)|桶|瓶|把|片|人天|箱|卷|扇|樘|株|辆)"
    r"(?!接地|的)",
    re.I,
)
"""A number of things, as in an order line."""

SIZED = re.compile(r"\d ?[x×*] ?\d+", re.I)
"""Measures of a thing, as in its type."""
