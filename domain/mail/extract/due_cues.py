"""Words that make a day the wanted one, and words that make it another."""

import re

WANTED_BEFORE = re.compile(
    r"交[期货付齐]?|货期|到[货厂齐位港]|送|发(?:[货到出走车运]|空运|快递|顺丰|物流)|装[好完]|完工"
    r"|最[晚迟]|进场|出货|提货|供齐|上线"
    r"|部署|投用|要求|需[要求在于]?|希望|期望|务必|争取|安排|截止|时间|日期|工期|限|赶在|定在"
    r"|约在|改[到为成]|至|不[晚迟]于|最[快早]"
    r"|deliver\w*|\bby\b|\buntil\b|\btill?\b|\bdue\b|\blatest\b|deadline|before|arriv\w*"
    r"|d[ei]spatch\w*"
    r"|\bship\w*|collect\w*|ex[- ]?works|pick(?:ed)?[ -]?up|land(?:ed|s|ing)?\b|reach\w*"
    r"|hand(?:ed)?[ -]?over"
    r"|release|complet\w*|finish\w*|install\w*|need\w*|requir\w*|want\w*|wish|expect\w*|appointment"
    r"|receiv\w*|go[- ]?live|\bready\b|\bin our\b|\bdate\b|\bterm\b|visit should|within|not later"
    r"|no later"
    r"|\bon site\b|\bcome\b|\bsay\b|\b(?:make|manage|meet|hit|do)\s*$|\bcall(?: it)?\s*$"
    r"|like to (?:have|get|see)|\b(?:have|get) (?:it|them)\b|\bso\s*$|\bmeaning\b|\bnamely\b"
    r"|\bi\.e\.|\bbe (?:t?here"
    r"|with us)\b|\bstart\b"
    r"|consign\w*|liefer\w*|spätestens"
    r"|\bgive you\b|\bwait (?=\d|\w+ (?:days|weeks))|\baccept|\bkeep\b|\bagree|\bat your gate"
    r"|picks? up|\blivrer|\bbis\b|termin|entrega|livraison"
    r"|consegna|\bETA\b|\bETD\b|req'?d\b|on (?:the )?dock|\brealistic\w*|\bforecast\w*"
    r"|\bwith us\b|\bat our\b|\bto our\b|\brevised\b|between",
    re.I,
)
WANTED_BEHIND = re.compile(
    r"^\s*(?:\([^)]{0,8}\))?\s*(?:上午|下午|一早|早上|晚上|中午|下班)?\s*(?:之前|以前"
    r"|前(?![面期提天])|内|为止|止)"
    r"|^\s*(?:\([^)]{0,8}\))?\s*(?:上午|下午|一早|早上|晚上|中午|下班)?"
    r"(?:[我他你]们?|能不能|能否|可否|能|可以|必须|一定|务必|需要?|得|要|再|就|全部|都|左右|统一"
    r"|派车|来车|司机|\s)*[去来]?"
    r"(?:交|到(?!期)|送|发|完|装好|出(?!差|席)|[做弄搞]好|做完|提|拉|取|用|要|供|投用|进场|上线"
    r"|部署|验收|入库|齐|收货"
    r"|不动|不变|还是)"
    r"|^\s*(?:我|我们|我方|我司|你们?)?(?:会|要|再)?(?:派|叫|安排).{0,8}(?:[来去].{0,4})?[拉提取接]"
    r"|^[^\d,。;]{1,8}?(?:之前|以前|前|之间|期间)\s*(?:能|要|必须)?(?:交|到|送|发|完|出)"
    r"|^\s*(?:already\s+)?(?:in (?:place|lieu) of|instead of|rather than)\b"
    r"|^\s*(?:没问题|没有问题|可以|可行|ok|吧|就[行好可])"
    r"|^\s*(?:works\b|it is\b|(?:is|would (?:also )?be|will be) (?:good|ok|okay|accept|agreed"
    r"|confirmed|perfect))"
    r"|^\s*(?:上午|下午)?派[人车]"
    r"|^\s*(?:而?不是|而非|代替)"
    r"|^\s*(?:\S+\s+){0,2}?(?:at the latest|latest|delivery|arrival|on site|in our|positively"
    r"|please"
    r"|stays?|remains?|is not changing|unchanged|is (?:still )?fine|would (?:suit|be|do|work)"
    r"|will do|works for|suits"
    r"|for (?:delivery|dispatch|collection)|r\.)",
    re.I,
)
NEAR = re.compile(
    r"完成|要求|必须|供货|工期|需求|需要|急需|改完|日期|最终|试车|能到|投用|交期|推迟|提前|改到"
    r"|时间|来得及|可行"
    r"|need|requir|ready|wanted|be there|on site|completion|complete|finish|expect|\bmove|push"
    r"|receive|doable"
    r"|deliver|ship|arriv|collect|until|hand(?:ed)? over|landed|feasible|possible|appointment"
    r"|slips? to",
    re.I,
)
NOT_DUE = re.compile(
    r"回[复传签执函]|报价|盖章|付款|下单日期|订单日期|制单|签订|签署|有效期|发票|开票|开会"
    r"|放假(?!之?前|以前)"
    r"|恢复生产|停机|质检|结算|质保"
    r"|验收后|付\d|竣工|昨天|上次|上周|上个?月|那张|图纸|投标|截标|报名|投料|打压|投产|复产|大修"
    r"|检修|开标|出差|休假|会议|答复"
    r"|之前那|定修|配合|说好|合同上|接受或驳回|回你|来访|审核|年会|寄出|签收|提出|整改|措施|书面"
    r"|反馈|下发|发送了|收到|返岗"
    r"|开具|逾期|展会|举行|因为|由于|原定|原来|本来|原交期|于\s*20\d\d[-年/].{0,14}\d:\d\d"
    r"|已于|已经|到货?之[^前]|下闸|通车|剪彩|开业|开学|验收会|例会|评审会|PI\b|话我知|说的是"
    r"|写的是|不用赶|不必赶|请假|盘点|上报|报给"
    r"|reply|answer|quote\b|quotation|payment|invoice|tender|closing|\bdated\b"
    r"|valid|(?:confirm|register|apply|subscribe) (?:by|until|till|before)"
    r"|yesterday|last (?:week|month|year)(?! (?:of|in))|holiday(?! )|vessel|sails|meeting"
    r"|out of (?:the )?office|let (?:me|us) know|\bmeets\b|\bcommittee|\binspector|\bFAT\b"
    r"|\bstop (?:all|any|the) work"
    r"|\b(?:works|plant|company|annual|summer) (?:holiday|closure|shutdown)|\b(?:are|be|is) closed"
    r"|(?:甲方|业主|客户|监理)[^,。;前]{0,12}(?:验收|检查|来看)"
    r"|stock-?tak|acknowledg|pro-?forma|received after|\bpay\b|起算"
    r"|\b(?:shut-?down|outage|campaign|season|overhaul|harvest|crushing|school|term|production|trials?)\b[^,.;]{0,12}\b(?:starts?|begins?)"
    r"|\bwarranty|\bguarantee|\bfrozen|\bvisit you|\bon (?:holiday|vacation|annual leave)"
    r"|\bconfirm by return"
    r"|来(?:你们|贵)[厂司]"
    r"|approval by|received from|arrived|audit\b|\bvisit (?:us|to)|start-?up|turnaround|on leave"
    r"|ordered on"
    r"|placed on|sent (?:you )?on|back (?:on|in)|your (?:mail|offer|letter)|because|since we"
    r"|\boffers? must"
    r"|report within|statement|8D|corrective|feedback|come back|run it past|will inform"
    r"|written on|promised"
    r"|discussed|as of|with effect|effective|valid(?:ity)?|\bbefore (?:we|our)\b|too (?:early"
    r"|late)|does(?:n'?t| not) (?:work|suit)|来不及|太早|太晚|takes? place|\bfair\b|exhibition"
    r"|conference|reserved|booked|invite|expires?"
    r"|password|phone call",
    re.I,
)
STAYS = re.compile(
    r"不变|不动|照旧|还是|仍[为是]|保持|stays?\b|remains?\b|not changing|unchanged|still|as before"
    r"|hold the",
    re.I,
)
ANSWERS = re.compile(
    r"(?:send|give|provide|submit|let us have|revert|expect|need|请|须|应|把|将)[^,;.。]{0,30}"
    r"(?:report|statement|reply|feedback|answer|offer|quot|price|proposal|8D|\bplan\b|报告|方案"
    r"|措施|回执"
    r"|说明|答复|报价"
    r"|清单|图纸|水单)"
    r"|(?:report|statement|reply|feedback|answer|\bplan|offers?|quotations?|proposal"
    r"|confirmation)\b[^,;.]{0,24}$"
    r"|(?:offers?|quotes?|quotations?) (?:please )?(?:by|until|till|before)\b",
    re.I,
)
OLD = re.compile(
    r"(?:由|从|原来?的?|原[定订]|原计划|原?定于|赶不上|来不及|不是|而不是|而非|from|instead of"
    r"|rather than|in place of"
    r"|in lieu of|originally|\bwas|\bnot|\bmake|\bmiss)\s*(?:the\s*)?$",
    re.I,
)
MOVES = re.compile(r"^.{0,12}(?:改|推|延|提前|到|至|变|顺延|调|to\b|->|→)", re.I)
MOVED_TO = re.compile(
    r"(?:推迟|改|延期?|延后|推后|提前|变更?|调整|顺延|放|挪)(?:到|至|为|成)\s*$|最终\s*$"
    r"|\b(?:only|new (?:date|ETA|ETD|delivery)(?: date)?(?: is|:)?|now"
    r"|moved? to"
    r"|postponed? to|push(?:ed)? (?:back )?to|changed? to|slips? to)(?: on)?\s*$",
    re.I,
)
MISSED = re.compile(
    r"^[^,.;。]{0,12}(?:cannot|can ?not|can'?t|could not|won'?t|will not)(?: be)? "
    r"(?:keep|kept|hold|held|make|made|meet|met|do)"
    r"|^[^,.;。]{0,8}(?:赶不[出上]|来不及|做不[到完出]|完不成|交不[出了]|保不住|保证不了)"
    r"|^\s*(?:之前|以前|前|内)?\s*(?:请|给?予?)?(?:确认|回复|回执|回传|回话|反馈|答复"
    r"|告知)(?!.{0,6}[交发])",
    re.I,
)
"""A day before these words cannot be kept, or is one for an answer."""
SHIFTED_TO = re.compile(
    r"(?:推迟|延期?|延后|推后|提前|调整|变更|顺延|改)(?:到|至|为|成)\s*$"
    r"|\b(?:moved?|postponed?|push(?:ed)? (?:back|out)|brought forward"
    r"|bring (?:it )?forward) to\s*$",
    re.I,
)
"""A day behind these words is the new one, whatever else its clause tells of the old one."""
AS_SAID = re.compile(r"(?:^|[^\w]|就|请)(?:按|以)\s*$")
OF_PAPER = re.compile(
    r"^\W*(?:(?:下单|订单|订货|制单|开单|签订|填表|打印|编制|申请)?日\s*期|(?:order |po "
    r"|issue )?dated?(?: of issue)?"
    r"|datum|data|fecha)"
    r"\W*$",
    re.I,
)
DURING = re.compile(r"^[^,。;]{0,6},\s*(?:在此)?(?:期间|其间)[^。;]{0,8}(?:完成|装|修|试|换)")
HEADING = re.compile(
    r"交[货期付]|到货|需求日|要货日|发货日|deliver|\bdue\b|required|ship date|wanted|liefer", re.I
)
GAPS = re.compile(r"\S(?:\t|\s{2,}|\s?\|\s?)\S")
OPEN = re.compile(
    r"交[货期]期?(?:你们|贵[司方])?(?:定|安排|不限|待定)|不急|不着急|(?:could|can|did"
    r"|would) ?n[o']t (?:give|name|say|tell)[^.]{0,14}(?:day|date)"
    r"|(?:day|date) (?:will follow|to follow|to be (?:advised|agreed|confirmed))"
    r"|[日交]期(?:另行通知|待定|另定)"
    r"|no (?:hurry|rush"
    r"|fixed date)|any ?time",
    re.I,
)
DATED = re.compile(
    r"month_day|day_month|month_end|named_end|en_week$|week_of_day|ymd|slashes|ordinal|dotted"
    r"|compact|zh_year_day|range"
    r"|short"
)
STOP = re.compile(r"(?<=[a-z\d)][a-z\d)])[.?] (?=[A-Z])|\bso (?=please|kindly|let )")
REASON = re.compile(r"\s(?:because|so (?:please|we|it|that)|as we|since we|otherwise)\b|因为", re.I)
LEAVES_US = re.compile(r"(?:ex[- ]?works|EXW|\bready)\s*(?:on|by|:)?\s*$", re.I)
LAST_PART = re.compile(
    r"最后|末批|剩|其余|余下|另外?\d|另外|第二次|尾批|第[二三四五]批|最终|全部|balance|\brest\b"
    r"|remain|final"
    r"|last (?:lot|batch|part)"
    r"|remainder"
    r"|complete (?:set|delivery)|(?:second|other) (?:lot|batch|half|\d|one|two)",
    re.I,
)
EITHER = re.compile(
    r"或者?|还是(?!.{0,6}(?:不|那))|\bor\b|would also|also (?:be )?(?:ok|fine"
    r"|possible)|也行|也可以",
    re.I,
)
BATCH = re.compile(
    r"(?:第?[一二三四五六末最]后?批|分\s*[两二三四]?[批车次]|batch|\blot\b|partial)", re.I
)
DOUBT = re.compile(
    r"能否|能不能|可以吗|可否|是否|行不行|能[到交发送]不|[行吗不吧]\s*[??]?$|大概|左右|争取|最好"
    r"|尽量|[?]|\bi guess\b|maybe"
    r"|\bcould (?:we|it|they)\b|possibl|ideally|if .{0,20}slips|around|about|approximately|\bca\."
    r"|tentative|thereabouts|or so\b|if it (?:flies|goes)"
    r"|能[到发送交](?!就[行好可]).{0,3}(?:就|今|明)"
    r"|doable|feasible|would .{0,20} work",
    re.I,
)
REQUEST = re.compile(
    r"\b(?:can|could|would|will) you (?:please )?(?:get|send|ship|deliver|arrange).*", re.I
)
FROM_EVENT = re.compile(
    r"(?:签|确认|到账|付款?|图纸?|合同|收到|下单|订单)[^\s,。]{0,8}后?\s*(?:的)?\s*$"
)
OF_EVENT = re.compile(
    r"^\s*(?:of|from|after|upon|following)\s+(?:\w+\s+){0,3}?(?:confirmation|receipt|order"
    r"|approval|payment"
    r"|deposit|advance|delivery|shipment|installation|commissioning|acceptance|drawings?|signature|signing|release|\bPO\b|ARO)|^\s*ARO\b",
    re.I,
)
INSTEAD = re.compile(
    r"(?:instead of|rather than|in place of|不是|而非|原来?的?|原定"
    r"|原计划)\s*(?:the\s*)?$",
    re.I,
)
LIMIT = re.compile(r"holiday|span|fortnight|half_month|whole_month")
"""Rules whose own words say that a day is a limit: "before Easter", "within 3 weeks"."""
LONG = re.compile(
    r"\(?(?:约|大约|ca\.? |about )?(?:\d{1,3}|[一二三四五六七八九十两]{1,3})\s*(?:个?工作日|天"
    r"|日|周|个星期|个月"
    r"|(?:working |work |business |calendar )?(?:days?|weeks?|months?))\.?\)?",
    re.I,
)
"""The whole of a label's value that is a length of time."""

SOFT = re.compile(r"holiday|_end|third|span|whole_month|in_month|next_week|quarter")
"""Rules of days that a date behind them makes exact."""
