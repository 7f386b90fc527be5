"""Words that say outright what a mail is about; what they do not know, the phrasebook may."""

import re


def _cue(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.I)


PRIVATE = _cue(
    r"限时|限時|半价|首月|专享|名额|投标截止|招标邀请|招标|最高限价",
    r"调价函|调整.{0,14}价格|竞争性磋商|磋商邀请|询价公告|最高限价|获取(?:招标|采购|磋商)?文件"
    r"|adapt (?:our )?prices"
    r"|prices? .{0,30}(?:as of|effective|with effect)",
    r"recall:|would like to recall|撤回.{0,6}邮件|payment advice|remittance advice|付款通知",
    r"汇款通知|对账单",
    r"代开.{0,8}发票|unsubscribe|退订|newsletter|revision of (?:our )?prices",
    r"price (?:increase|revision|adjustment)|new price ?list|调价|价格(?:的)?(?:调整|上调)|涨价",
    r"招标公告|投标邀请|邀请.{0,6}投标|invitation to (?:tender|bid)|供应商门户|srm|协同平台",
    r"验证码",
    r"登录地址|加微|lottery|verify your (?:account|mailbox)|password (?:will )?expire",
    r"mailbox (?:is )?full",
    r"会议邀请|meeting invitation|webinar|展会邀请|exhibition|参展|催款|逾期(?:未付|货款)",
    r"overdue (?:invoice|amount|payment)",
    r"outstanding (?:invoice|balance|amount)|account statement|statement of account|发票已开",
    r"电子发票|诚邀|恭请莅临",
    r"promotion|special offer|limited offer|推广|培训班|招聘|放假通知",
    r"(?:bank|account) (?:details )?(?:has|have) changed",
    r"(?:银行)?账户变更|新账户|payment reminder|friendly reminder|(?:invite|invitation) you to",
    r"you are invited|trade fair",
    r"visit (?:us|our (?:stand|booth))",
)
"""No order and no answer: accounts, prices, advertising, invitations, phishing."""

ELSEWHERE = _cue(
    r"邀请.{0,10}投标|招标邀请|投标截止|竞争性磋商|最高限价",
    r"招标公告|公开招标|投标邀请|潜在投标人|invitation to (?:tender|bid)|call for tenders",
    r"(?:view|see|open|process|acknowledge) .{0,40}(?:in your account|(?:in|at|via|on) (?:the"
    r"|our) (?:\w+ )?(?:portal|network))",
    r"(?:log ?in|sign in) .{0,30}(?:portal|account|platform)",
    r"(?:登录|登陆).{0,16}(?:平台|门户|系统).{0,12}(?:查看|处理|接单)|点击(?:下方|以下)?链接查看",
)
"""The order, if there is one, stands elsewhere."""

MORE = _cue(
    r"新(?:的)?订?单(?!价)",
    r"(?:再|另)外?(?:加|下|开|订)(?:一?[张個个份笔])?.{0,5}(?:新|订|采购)?[单單]",
    r"\b(?:new|separate|additional|another) (?:order|PO)\b",
)

ORDER = _cue(
    r"按这个价|就按.{0,10}价|拍板|请安排",
    r"采购订单|订购|下[单單]|订货|订单(?!确认)|采购(?!部|科|员|经理|中心|处)|要货|请按",
    r"安排(?:生产|发货|以下|一下|下)",
    r"我们定了|订单号|定做|加订|请购|采购计划|备货|单子|供货|委托加工|加工函|外协件|合同",
    r"要\s?\d+[台套件个只根条]",
    r"再来|急用|备件|请安排|请帮忙安排|幫手安排|订\S{0,8}\d+|批下来了|报价.{0,6}接受",
    r"补\S{0,4}\d+|来\s?\d+|发\s?\d+",
    r"(?:决定|打算)订|订你们|照(?:这个|单|图)?做|给我们?(?:做|发|加工|备)|请(?:为|给)我司|投产",
    r"备料|选定贵司|中标",
    r"委托贵|授权贵|追加",
    r"\border(?:ed|ing)?\b(?! desk)|purchase order|\bP\.?O\.?\b",
    r"please (?:supply|make|enter|book|put|proceed|reserve)",
    r"call-?off|would like to (?:order|buy|have|purchase)|pls enter|as our order|make us \d",
    r"send us \d",
    r"\bneed (?:the following|\d+)|spares? list|requisition|bestellung|commande|pedido",
    r"orden de compra",
    r"please (?:deliver|send us|arrange)|accept your (?:quotation|offer|quote|proposal)",
    r"as per your (?:quotation|offer)|go ahead (?:with|and)|happy to proceed",
    r"we(?:'ll| will)? take|you(?:'ve| have) got the job",
    r"after (?:a|some|\d+)|same .{0,24}(?:as last|again)|do the (?:lot|needful)|award",
    r"commission you",
)

ORDERED = _cue(
    r"(?:订购|采购|订货|[订要])(?:以下|下列|如下)|(?:我[司厂们]?)(?:[需要想拟]要?)?(?:订购|订货"
    r"|采购|下[单订])|特此(?:订购|下单)|特向",
    r"we (?:hereby |herewith |would like to |want to |wish to )?(?:place (?:an|the"
    r"|our) )?order\b(?! desk)",
    r"(?:here(?:by|with)|please) (?:we )?(?:find .{0,24})?order\b|please (?:supply|book in|enter)"
    r"|our purchase order",
)
"""Somebody orders, and says so."""

ENQUIRY = _cue(
    r"催问|查一下|是否已经?|车牌|情况如何|报单价|另请报|请.{0,12}报价",
    r"please quote for|has .{0,30}left (?:the|your)|where are we|quotation required|any news"
    r"|vessel name",
    r"到哪一?步|发了没|发货了[吗没]|什么时候(?:发|到|能)|能否做到|大概什么水平|价格大概|能否上门"
    r"|想了解|请问|什么价位",
    r"where is (?:SO-|our|my|the)|tracking number|already left|did(?: not|n't) understand"
    r"|would it be possible|what does .{0,40}mean|could (?:our|an) (?:inspector|engineer)",
    r"咨询|询价|询个价|报价(?!单?.{0,12}(?:下单|接受|执行|认可|核准))|报个?价|多少(?:钱|银子)",
    r"能不能做|能做吗|做过吗|什么价",
    r"价格多少|价位|请报|报一下|预算|货期多久|多久能|有没有现货|有现货|样本|选型|技术方案",
    r"先不下单|考虑",
    r"想[问問]|有[冇没沒]有?做|打听|估[个個]?价|估算|核算|比价|惠赐|评估一下|可行性",
    r"人天.{0,4}多少|最低起订|\bRFQ\b|请教",
    r"\bquote\b(?! (?:our |the |this )?(?:(?-i:[A-Z]{2,})|PO|order|number|ref)|d)|(?:send|give"
    r"|make"
    r"|need|request\w*|like|prepare|get|want|provide|attach)\b.{0,25}(?:quotation|offer\b)",
    r"quotation for|best price|price request|enquiry|inquiry|how much",
    r"lead time",
    r"what would .{0,30}cost|do you (?:make|offer|have|supply|do|repair)",
    r"can you (?:make|offer|supply|quote)",
    r"could you (?:make|offer|supply|quote|let us have)|price (?:per|for)|budgetary|please offer",
    r"interested in|catalog",
    r"data ?sheet|in stock|request (?:of|for) (?:offer|quotation|quote)|\bestimate\b|ballpark",
    r"rough (?:price|figure|idea)",
    r"your (?:rates|prices)|what (?:is|are|would) .{0,30}(?:price|cost|rate)",
)

BY_QUOTATION = _cue(
    r"按(?:贵司|你们?|您|你方|原|上次|之前|该|这份?|报价单)[^,。]{0,16}报价|报价.{0,10}(?:下单"
    r"|执行|接受|没问题|同意|认可|核准|内容出)|根据.{0,16}报价",
    r"价[钱錢格]照.{0,24}",
    r"照.{0,6}(?:quotation|报价)|as per your (?:quotation|offer|quote)",
    r"(?:accept|order against|per|with reference to|thank you for"
    r"|basis of) (?:your )?(?:quotation|offer|quote)",
    r"your quotation .{0,20}(?:accepted|ok)|quoted (?:£|\$|€|price)|all good with"
    r"|of your quotation|at the price you (?:gave|quoted)|\bwithin budget",
)

NO_CHANGE = _cue(
    r"without (?:any )?changes?|no (?:further )?changes?|无(?:修改|变更)",
    r"(?:没有?|不)(?:修改|变更|改动)",
    r"(?:其[他它余]|主机|别的)[^。,;\n]{0,6}(?:一概)?(?:照旧|不变|不动)|nothing else changes",
    r"in the first version .{0,60}",
)

COMPLAINT = _cue(
    r"不满|至今未|没接到|开票.{0,6}(?:未|没)|爱用不用|录音|(?-i:\bNG\b)",
    r"came in incomplete|counted \d+|delivered instead of|below what we|how you will settle"
    r"|wrong way round|what you propose|arrived without|left (?:oil|a mess)|copied from|not nice"
    r"|incomplete",
    r"砸了|刮了|谁管|又(?:停|趴|坏|漏)了?|第[三四五六]回|报警|趴窝|招呼都不打|产线停|停机|NCR"
    r"|不合格品|马上派人|写错",
    r"\bjunk\b|hotline|\bweeps?\b|\bNCR\b|non-?conformance|days after the date|(?:wrong"
    r"|another) (?:serial|certificate)|proposal in writing|(?-i:\bAGAIN\b)|still (?:no|not"
    r"|nothing)"
    r"|let us down|\brust|seized|not rotating",
    r"投[诉訴]|不满|没法.{0,6}交代|到现在还没|坏了|漏[油水气]|损坏|不合格|质量问题",
    r"没人(?:接|管|理)|说好|少了|少发|破损|划伤",
    r"异响|返修|太慢|失望|交涉|索赔|整改|态度.{0,3}[差恶]|不符|偏差|[没沒](?:调|修|弄)好",
    r"怎么搞的|投訴|忽[大高]忽[小低]|缺件|短少",
    r"not happy|complain|unacceptable|not what we (?:agreed|ordered)|damaged|broken|smashed",
    r"\bbent\b|\bcracked\b|jammed",
    r"leak|late\b|nobody (?:answer|pick)|wrong (?:part|item)|missing (?:from|parts)|we counted",
    r"defect|fault",
    r"how do we solve|disappointed|shocking|reclamation|short (?:supply|delivered)",
    r"corrective action|\b8D\b|non-?conform",
    r"stopped working|does(?: not|n't) work|failed again|still waiting|\bclaim\b",
)

COMPLAINS = _cue(
    r"投[诉訴]|索赔|我们?(?:很|非常)?(?:不满|失望)|质量问题",
    r"\bcomplain\w*|not happy|unacceptable|\bclaim\b|disappointed|reclamation",
)
"""Somebody complains, and says so."""

CHANGE = _cue(
    r"就当我没说|先不做|先放|不用做了",
    r"apart from|please wait|(?:do not|don't) start|on ice|withdraw|stop all works|take (?:it"
    r"|that|this) out|is not needed|(?:can|could) you bring (?:it|this) forward|until I give you",
    r"先别|别(?:发|做|装|动)|写错|应为|挪到|往后(?:推|挪|延)|晚[点些]|早[点些](?:发|到|交)|提早"
    r"|更新为|另请加|请加|减掉|去掉|转做",
    r"leave .{0,24}open|(?:do not|don't) (?:begin|start) (?:with )?(?:it|that|this|the)"
    r"|not any ?more|in the place of|(?:please|pls|also) add|must be (?-i:[A-Z])|should (?:read"
    r"|be [A-Z\d])|rather than|remaining \d+",
    r"to be shipped in two|two (?:lots|shipments|deliveries)|from now on|has moved to|new address"
    r"|switch (?:to|the)|swap",
    r"变更|变动|更改|改为|改成|改到|改送|改发|改一下|又来改|推迟|延期|顺延|提前|取消|不要了|暂停",
    r"增加|减少|换成|换[到个]|改了|加订",
    r"停一停|先停|缓一缓|再送过来|再加这?|补两样|划掉|分[两二三几]?[批车次]|不一样|应该是|写成",
    r"空著|撤[单回]|整单不要",
    r"cancel|postpone|move the delivery|push (?:the )?delivery|instead of|in place of",
    r"\bchange(?:s|d)?\b|bring forward",
    r"becomes?\b|please hold|rev(?:ision)? \d|no longer|upgraded? to|reduce|increase|amend",
    r"revised?\b|won't work any more",
    r"(?:keep|kept) (?:it|this|that|.{0,12})open|(?:can ?not|do not|don't) confirm",
    r"please correct|kindly correct|corrected (?:one|version)",
    r"not what we agreed|终止|作废|更正|(?:先|暂)不(?:能)?确认|please stop|hold off",
    r"put .{0,20}on hold|additional we want|,? not (?:eight|\w+ty)\b",
)

ACCEPTED = _cue(
    r"take (?:it|them|the \w+) over|we (?:hereby )?accept\b|冇花冇崩|点收|验收 ?OK|收下了"
    r"|用着(?:挺|很)?好",
    r"同意验收|验收(?:结论)?[为]?.{0,3}(?:通过|合格|OK)|可以验收|验收没问题|签字盖章|予以验收",
    r"准予(?:验收|接收)|通过验收|验收单已签",
    r"(?:收货|签收)(?:无误|无异议)|检查过.{0,4}(?:正常|没问题)|合格.{0,6}(?:入库|接收|放行)",
    r"(?:全部|全數|都).{0,12}(?:pass|通过|走通|达标|正常|合格)",
    r"结项|质保期|尾款|close.{0,6}case|很满意|没毛病|评审结论.{0,4}通过|一切正常",
    r"同意(?:接收|签收)|转入正式",
    r"\b(?:we |i )accept (?:the|them|it|this|these)|\baccepted\b",
    r"acceptance (?:granted|ok|certificate is signed|is signed)",
    r"taken over|take over (?:them|it|the)|no complaints|close the (?:job|case|order)",
    r"final invoice|happy to take|all (?:good|fine|ok|in order)",
    r"(?:tests?|FAT|SAT|UAT) (?:were |was |has been |have been )?(?:all )?(?:passed|successful)",
    r"passed (?:all|the|without)",
    r"good (?:condition|order)|no (?:defects|faults|deviations?|issues)",
    r"works? (?:fine|perfectly|as (?:it should|agreed|specified))|free of (?:faults|defects)",
    r"does exactly what|signed (?:the )?(?:certificate|protocol|acceptance)",
    r"running (?:well|fine|smoothly|without)",
)

REFUSED = _cue(
    r"\d ?[只台件个套根][^,，。]{0,4}退[回货]|判定 ?(?-i:NG)|退回(?!修改)|退货通知",
    r"验收单?退回|不盖章|难以(?:在|落笔|签)|落笔|暂不(?:接收|验收|签收)|返修[后後]?重新|重新报验"
    r"|[账帐]实不符|没法入[账库]|不能入库|封存|拒不收|我们不收|退给你们|退还",
    r"blocked in (?:our|the)|declin\w+ (?:the )?(?:taking|acceptance|delivery)|not signing"
    r"|put my name|as (?:it|they) stands?\b|travel back|organi[sz]e (?:a |the )?(?:collection"
    r"|pick-?up)",
    r"until (?:all|they|it|these|those)\b.{0,30}(?:changed|replaced|fixed|corrected)"
    r"|corrected (?:build|version)|not usable|send(?:ing)? (?:it|them|these|those|all) back",
    r"(?m:[,，]\s*退(?:货|掉|回)?[。!！]?$)",
    r"不能验收|验收[^。,\n]{0,4}不(?:通过|合格)|拒[收签]|整批退|全部退|不予(?:验收|接收|接受)",
    r"拒绝验收|不同意验收|不接受|无法验收",
    r"退货|退[换換]|(?:全部|整批)退回|退回.{0,6}[换整]|恕难|难以?(?:接收|签收)|没法(?:用|签|收)",
    r"不能(?:签|收)|(?:捎|拉|搬|运|拿)回(?:你们?|贵)?",
    r"改善[後后]|整改[后後]再|不合格|不具备验收|没办法签",
    r"cannot accept|can ?not be accepted",
    r"(?:do|did|does|will|can)(?: not|n't) (?:accept|take|sign)|not (?:be )?accepted|reject",
    r"refuse",
    r"won't (?:accept|take|sign|pay)|(?:take|send|ship|come and).{0,16}(?:back|fetch)",
    r"return(?:ing)? (?:all|the|them)|(?:straight )?back in the (?:crate|box)",
    r"(?:arrange|for) (?:a )?(?:pick-?up|collection)|could not be passed",
    r"not (?:feel )?able to (?:sign|accept)|unable to (?:sign|accept)|not paying",
    r"unusable|not (?:passed|approved|fit for)|test (?:run )?failed",
    r"failed (?:the )?(?:acceptance|test)|corrected release",
)

NOT_AS_TOLD = _cue(
    r"装箱单.{0,8}不一致",
    r"\b(?:i|we) (?:told|asked|ordered|specified)\b|should (?:be|have been)",
    r"跟(?:图纸|合同|要求)不",
    r"与.{0,10}不(?:符|一致)|要求.{0,12}(?:实际|却)|drawing (?:calls|says)|合[约約同]写的",
)

RESERVATION = _cue(
    r"\bbut (?:not|only|please|first|with|without)\b|但(?:是)?(?:要|需|请|得|不)|前提是",
)
"""A yes that takes something back."""

CONFIRMED = _cue(
    r"无异议|没意见|请投产|啱晒|可以开工|按确认书|核实无误|相符|均(?:已核实|无误)",
    r"we (?:hereby )?confirm (?:your|the|all|it)|in all points|we can confirm (?:it|everything"
    r"|the order)",
    r"(?m:^)(?:(?:内容|內容)?確認無誤|内容确认无误|无误|無誤|确认|没问题|没毛病|无异议|同意|照做"
    r"|对的|没错|ok|okay|confirmed|we confirm",
    r"all good|yep|yes|agreed|go ahead|fine|looks good|all correct|perfect|spot on|crack on",
    r"good to go)",
    r"与我方.{0,8}一致|据此(?:组织)?生产|就这么办|就按(?:这|你们|贵)|all good|now it is perfect",
    r"you can start|everything (?:is )?(?:correct|matches|in order|fine)",
    r"that'?s the ticket|crack on|checked and found|as agreed\b.{0,20}$|no objections?",
)

RECEIPT = _cue(
    r"收到|received|thanks|noted|will (?:come back|get back|answer)|转给|再回复|正式回复",
    r"we will check|got it|come back to you",
    r"run it past|稍后|核对中|看过再|回头",
)

RUNNING = _cue(
    r"(?:我司|我厂|我们)?(?:采购)?合同 ?(?-i:[A-Z]{1,4})[\d-]+",
    r"the order we (?:sent|placed)|our order of|with (?:our )?order (?-i:[A-Z])|our (?:PO|P\.O\.)",
    r"(?:那|这|這|该|此)[一张張个個]?[单單]|原[订訂][单單]|(?:之前|上次|上周|上月"
    r"|已经?)[下订訂]的|我[们司方]?订的|[订訂][单單].{0,12}(?:变更|更改|有变|要动)",
    r"\b(?:on|to|for|in|of|against|regarding|re) (?:our |the |my )?(?:PO|P\.O\.|order|contract"
    r"|purchase order)\b(?: (?:no|nr)\.?)? ?(?-i:[A-Z\d])",
    r"our order \S+ (?:was|is|has)|as ordered|already ordered|we(?:'ve| have)? ordered"
    r"|(?:running|open|existing) order",
)
"""An order that is under way is spoken of."""

SUPPLIED = _cue(
    r"(?m:^.{0,12}采购.{0,3}(?:您好|[:：,，]|工|经理|组|部))|项下.{0,8}(?:件|货)|截至今日"
    r"|完工.{0,2}待发|将延|延至|工令|送货单|今天已?装车|您司订|贵司所?订的|加工单"
    r"|发货通知|延[迟误]通知|进度周报",
    r"you (?:ordered|have|had) (?:from|with) us|our (?:order confirmation|(?:ref|sales|job"
    r"|order)\.? ?(?:no\.?|nr\.?)? ?\S+).{0,60}(?:delay|shipped|ready|problem)|shipping notice"
    r"|(?:was|were) shipped|weekly status|dispatch date|\bAWB\b|\bETA\b"
    r"",
    r"(?:到|送到?|寄到?)你们(?:仓库|厂)|来了.{0,4}补发|化了重来|重浇|损失算我|采购组"
    r"|采购单 ?PC|已发 ?\d+|随货有",
    r"to your gate|DO number|we (?:have )?(?:sent|dispatched) .{0,20}(?:of"
    r"|to) you|your purchase order|our (?:foundry|furnace|supplier)",
    r"外协(?:进度|周报|件?延)|顺延到|延期说明|周报|贵司委托|你[厂司]要的|贵司(?:采购|订购|所购)",
    r"先行送达|已(?:发货|出货|备好)|可以?(?:安排)?提货|船期|到港",
    r"your (?:goods|order|material|parts|linear|purchase) .{0,40}(?:ready|shipped|can ?not leave"
    r"|delay)",
    r"dear purchasing|delay of",
    r"new date is|for your SO-|ready for (?:collection|pick-?up|inspection)|partial shipment",
    r"we (?:have )?shipped|our producer|B/L",
)
"""A supplier tells how our own purchase stands."""
