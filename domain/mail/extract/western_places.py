"""Places in Latin letters: a name behind words of motion, a trade term, a label or "our"
" ... site"."""

import re
from collections.abc import Iterator

_TERMS = "FOB|CIF|CFR|DAP|DDP|FCA|CPT|CIP|DAT|DPU|FAS|C&F|CNF"
TERM = rf"(?-i:{_TERMS}|{_TERMS.lower()})"
"""A trade term, never one with a single capital: "Dat" and "Cip" begin names."""
SITE = (
    r"(?:works|site|jobsite|warehouse|plant|factory|yard|lab|laboratory|terminal|docks?"
    r"|port|quarry|depot|stores?|mill|airport"
    r"|foundry|workshop|brewery|dairy|mine|refinery|smelter|facility|branch|premises|hangar"
    r"|shipyard|farm|winery|hub|gate|building"
    r"|distribution cent(?:er|re)|dc|shop|office|harbou?r|station|base|hospital|school|university"
    r"|hall|deposit|packhouse|pack(?:ing)? house|cold ?store|silo|godown|compound|basement|pier"
    r"|wharf"
    r"|quay|jetty|berth|campus|institute|college|clinic|substation|power plant|pump ?house|ranch"
    r"|campsite|camp|store ?room|storehouse|weighbridge|shed|barn|store)"
)
_MONTHS = (
    r"(?:(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)(?=\W|$)|may(?= ?\d)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|cw ?\d"
    r"|kw ?\d|week \d)"
)
_NO_NAME = (
    rf"(?!(?i:{_MONTHS}|PO\b|SO-|QA\b|English|German|French|Polish|Spanish|Chinese|I\b|We\b"
    rf"|You\b|Mrs?\b|Ms\b|Dr\b|Git\b|ASAP|VAT"
    r"|Schedule|Date|Time|Terms?\b|Address|Note\b|Period|Status|Required|Wanted|Requested|Deadline"
    r"|Invoice"
    r"|Order|Item|Qty|Quantity|Q[1-4]\b|Please\b|No\.? ?\d|Price|Total|Payment|Thank|Our\b"
    r"|Kind|Best|Dear|The\b"
    r"|This\b|It\b|Excel|PDF|CSV|ERP|EUR|USD|GBP))"
)
_CAP = rf"{_NO_NAME}[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’&/-]*\.?(?=[\s,;:.)(?!]|$)"
_NUM = (
    rf"(?!\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}})(?!\d{{1,2}}(?:st|nd|rd|th)? (?i:{_MONTHS}))"
    r"(?!\d{1,6} ?(?:pcs|sets?|off|days|weeks|units|EUR|USD)\b)\d[\w/-]{0,20}(?![\w/-])"
)
_LINK = (
    r"(?:of|de|del|della|di|da|do|dos|la|le|les|von|der|am|an|im|auf|upon|on|sur|el|al"
    r"|und|and|&|bei|c/o)"
)
_ROAD = (
    r"(?:via|viale|piazza|rue|avenue|boulevard|calle|avda\.?|av\.|plaza|rua|travessa|ulica|ulice"
    r"|plac"
    r"|jalan|jl\.|str\.|c/|chemin|route|strada|corso|ruta|km)"
)
"""Words for a road that are written small in front of its name."""
_WORD = (
    rf"(?:{_LINK}(?= (?:{_CAP}|{_NUM}))|{_ROAD}(?= {_CAP})|ul\.|os\.|al\.|no\.|nr\.?|km(?= ?\d)"
    rf"|(?i:unit|gate|door|dock"
    rf"|bay|building|bldg\.?|block|hall|floor|suite"
    rf"|plot|shed|berth|ramp|zone)(?= [\dA-Z])|{SITE}\b|{_CAP}|{_NUM})"
)
_SEGMENT = rf"{_WORD}(?: {_WORD}){{0,7}}(?: [a-z]{{3,12}} {SITE}\b)?(?: ?\([A-Z][\w .-]{{1,20}}\))?"
_OWN = (
    r"(?:(?:our|the|my|their|(?:the )?(?:customer|client|end[- ]user|buyer)['’]?s) (?:(?:new"
    r"|other|main|own|same|central|second|old|local"
    r"|north|south|east|west) )*)"
)
PLACE = rf"(?:(?:same )?{SITE} (?:in|of|at) )?{_SEGMENT}(?:, ?{_SEGMENT}){{0,6}}"
_LEAD = (
    rf"(?:{_OWN}(?:[a-z-]+ ){{0,2}}?(?:address|place|location|premises|{SITE})(?:,|:"
    rf"| in| of| at| near| is)+ ?:?)"
)
MOVE = (
    r"(?:deliver(?:y|ed|ies|ing)?|ship(?:ped|ping|ments?)?|sen[dt]|d[ei]spatch(?:ed)?"
    r"|consign(?:ed|ment)|forward(?:ed)?"
    r"|transport(?:ed)?|bring|brought|get|land(?:ed|ing)?|arriv(?:e|es|als?|ing)|com(?:e|es"
    r"|ing)|go(?:es|ing)?|hand(?:ed)? over"
    r"|take[ns]?|carr(?:y|ied)|direct(?:ed|ly)?|deliverable|bound|route[ds]?|divert(?:ed)?"
    r"|redirect(?:ed)?"
    r"|need(?:ed)?|want(?:ed)?|required?|have|having|drop(?:ped)?|unload(?:ed|ing)?"
    r"|install(?:ed|ation)?|due|fl(?:y|own)|freight|goods|moved|relocated"
    r"|commission(?:ed|ing)?|assembled|set up|appointment|on site)"
)
_LABEL = (
    r"(?:place|location|site|where|to|address|addr\.?|adresse|dirección|direccion|indirizzo"
    r"|goods to|drop[- ]?off|delivery|destination|consignee"
    r"|unloading (?:point|place)|delivered to"
    r"|(?:delivery|shipping|site|ship[- ]?to|receiving|unloading|installation) (?:address"
    r"|point|place|site|location|dock)|ship[- ]?to|deliver to|d[ei]spatch to|send to"
    r"|forward to|lugar de entrega|entregar en|lieferort|liefer(?:adresse|anschrift)"
    r"|(?:lieu|adresse) de livraison|luogo di (?:consegna|destinazione)|miejsce dostawy"
    r"|(?:local|endereço) de entrega|leveradres|afleveradres|teslimat (?:yeri|adresi))"
)
_FILL = r"(?:[^;:?!\n.]|\.(?=\S)){0,45}?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?m)(?:^|(?<=[;.] ))[ \t]*(?:[-*•] ?)?(?i:{_LABEL})[ \t]*:"
        rf"[ \t]*{_LEAD}?(?P<place>{_OWN}?{PLACE})",
        rf"\b(?:to|at|in) {_LEAD}(?P<place>{PLACE})",
        rf"(?<!\d )\b(?i:{TERM})(?: port(?: of)?)? (?:(?:our|the) (?:factory|plant|works"
        rf"|warehouse|site),? )?(?P<place>{PLACE})(?P<term>)",
        rf"\b(?i:ship(?:ping|ment)?[ -]?to|deliver(?:y|ed)? to|send to|delivery address"
        rf"|new address|destination|consignee|place of delivery"
        rf"|port of \w+|discharge port|moved to|relocated to)(?i: is| now| will be| has changed"
        rf"| changes| changed| becomes| to|:"
        rf"|,)* {_LEAD}?(?P<place>{_OWN}?{PLACE})",
        rf"\b(?i:{MOVE})\b{_FILL}\b(?:to|at|into) {_LEAD}?(?P<place>{_OWN}?{PLACE})",
        rf"\b(?i:deliver(?:y|ed)?|arriv\w+|consignment|land(?:ed)?|install\w*|unload\w*"
        rf"|on site|store|needed|ready) (?:is )?in {_LEAD}?(?P<place>{PLACE})",
        rf"\b(?i:be|are|is|have|stand(?:s|ing)?|them|it) (?:there )?(?:in|at) {_LEAD}?"
        rf"(?P<place>{_OWN}?{PLACE}),? (?i:by|before|until|till|not later|no later|latest"
        rf"|on the)\b",
        rf"(?m)(?:^|(?<=[.;!] ))(?i:please |pls |all )?(?i:to|for|at) {_LEAD}?"
        rf"(?P<place>{_OWN}?{PLACE}),? (?i:by|before|until|latest|at the latest|no(?:t)? later"
        rf"|on or"
        rf"|in week|within)\b",
        rf"\b(?i:wanted|needed|required|due|delivery|deliver|date|latest)\b[^.;:\n]{{0,12}}?"
        rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?i:{_MONTHS})(?: \d{{4}})?,? (?:at |in |to |for "
        rf"|- )?"
        rf"(?P<place>{PLACE})",
        rf"\b(?i:free|franco|frei|carriage paid|delivered|free delivered) (?:to )?(?:{_LEAD}"
        rf"|{_OWN}?{SITE},? )(?P<place>{PLACE})",
        rf"\b(?i:on|at) site (?:in |at )?(?P<place>{PLACE})",
        rf"\b(?i:port|destination|delivery address|place of delivery|delivery place|site"
        rf"|location)(?: is| will be)(?: now| still)? (?P<place>{_OWN}?{PLACE})",
        rf"\b(?i:reach(?:es)?|deliver|delivery|ship|dispatch|despatch|ex stock"
        rf"|sea freight,?|air freight,?|by sea|by air),? (?P<place>{PLACE})",
        rf"\b(?:at|to|for|on|from) (?P<place>(?i:our|the"
        rf"|your)? ?{_CAP}(?: {_CAP}){{0,2}}(?: [a-z]{{3,12}})? {SITE}\b(?:, ?{_SEGMENT}){{0,4}})",
        rf"\b(?i:need|want|require)\w*\b{_FILL} in (?P<place>{PLACE}) (?:by|before|until|on|at)\b",
        rf"\b(?i:need|want|require)\w*\b{_FILL} for (?P<place>{PLACE})(?=[.,;\n]| (?:as"
        rf"|because)\b)",
        rf"(?m)(?:^|(?<=[.;!] ))(?P<place>{_CAP}(?: {_CAP}){{0,2}} {SITE}),? "
        rf"(?i:on or before|by|before|not later|no later|latest|until)\b",
        rf"\b(?:in|at) (?i:our|the|my) (?:[a-z-]+ ){{0,2}}{SITE}, (?P<place>{PLACE})",
        rf"\b(?i:by|before|until|till|latest|required|needed) \d{{1,2}}(?:st|nd|rd|th)?(?: of)?"
        rf" (?i:{_MONTHS})(?: \d{{4}})?,? (?:at|in|to) {_LEAD}?(?P<place>{_OWN}?{PLACE})",
        rf"\b(?P<place>(?:same )?{SITE} (?:in|at|of"
        rf"|near) {_CAP}(?: {_CAP}){{0,2}})\b(?:, [A-Z]{{2}}\b)?",
        rf"\b(?P<place>(?:same )?(?:dock|yard|site|plant"
        rf"|gate) in {_CAP}(?: {_CAP})?(?:, [A-Z]{{2}})?\b)",
        rf"\b(?i:{TERM})(?: port(?: of)?)? (?P<place>{PLACE})(?P<term>)",
        rf"(?i:frei Haus(?: an)?|Lieferung an|nach|livraison à|livrer à|entrega en|entregar en"
        rf"|consegna (?:a|presso)|dostawa do|entrega em|aan) (?P<place>(?:Werk )?{PLACE})",
    )
)
_THERE = re.compile(
    rf"(?:\bis|\bat|\bto|\bin) (?P<place>{PLACE})[^.\n]{{0,8}}?\b(?P<term>{TERM}) there\b"
)
_STREET = re.compile(
    rf"(?<!\w)(?:{_SEGMENT}, ?){{0,2}}\d{{1,6}}[A-Za-z]?,? (?:{_CAP} ){{1,3}}(?:Way|Street"
    rf"|St|Road|Rd"
    rf"|Avenue|Ave|Lane|Ln|Drive|Dr|Blvd|Boulevard"
    rf"|Park|Estate|Close|Court|Quay|Parkway|Pkwy|Hwy|Highway|Row|Place|Wharf"
    rf"|Loop)\b\.?(?:, ?{_SEGMENT}){{0,4}}"
)
_BRACKET = re.compile(r"[^\n.;()]{0,24}\((?P<more>[A-Z][^()\n]{5,70}\d[^()\n]{0,20})\)")


_SMALL = re.compile(
    rf"\b(?i:to|our|the|not|in|at|of|is|be|by|before|must|please|deliver|delivery|ship|goods|and"
    rf"|on"
    rf"|for|new|from|address|send|all|it|go|goes|date|ok|then|{SITE})\b"
)


def _lowered(text: str) -> str:
    """The text, as long as before, with small letters in lines that are written in capitals."""
    return "\n".join(map(_calm, text.split("\n")))


def _calm(line: str) -> str:
    if not line.isascii() or line.upper() != line or len(line.split()) < 4:
        return line
    return _SMALL.sub(lambda word: word[0].lower(), line.title())


def western_places(written: str) -> Iterator[tuple[str, int, int]]:
    """Places as written, each with its position, surer kinds of writing first."""
    text = _lowered(written)
    for hit in _THERE.finditer(text):
        yield f"{hit['term']} {hit['place']}", hit.start("place"), hit.end("place")
    for pattern in _PATTERNS:
        for hit in pattern.finditer(text):
            start = hit.start() if "term" in hit.groupdict() else hit.start("place")
            words = written[start : hit.end("place")]
            more = _BRACKET.match(text, hit.end("place"))
            yield (f"{words}, {more['more']}" if more else words), start, hit.end("place")
    for hit in _STREET.finditer(text):
        yield hit[0], hit.start(), hit.end()
