"""Company names in Latin letters that show a legal form, of whatever country."""

import re
from collections.abc import Iterator

_ANY_CASE = (
    r"limited liability company|limited|ltd|llc|l\.l\.c|llp|incorporated|inc|corporation|corp"
    r"|company|co-op|co-operative|co(?!-)|cooperative|plc|pty|pte|pvt|private|sdn|bhd|berhad|gmbh|mbh|ggmbh|ohg|kgaa"
    r"|sarl|s\.à r\.l|sasu|eurl|snc|s\.n\.c|sas|s\.a\.s|ltda|lda|eireli|spa|s\.p\.a|srl|s\.r\.l"
    r"|srls"
    r"|sapa|kft|zrt|nyrt|spol|s\. ?r\. ?o|a\. ?s|v\. ?o\. ?s|sp\. ?z ?o\. ?o|sp\. ?[jk]"
    r"|s\. ?c(?=\.)"
    r"|sp\. ?z o\.o\. sp\. ?k|d\. ?o\. ?o|d\. ?d|ood|eood|ead|oyj?|a/s|aps|i/s|asa|ehf|hf"
    r"|g\.p|o\.e|e\.e|a\.e|n\.p\.c|s\.c\.a"
    r"|şti|a\.ş|tbk|jsc|pjsc|ojsc|ooo|fze|fzco|fz-llc|fzc|w\.l\.l|wll|k\.k|k\.s\.c"
    r"|s\.a\.e|s\.a\.l|b\.v|bvba|cvba|n\.v|unltd|cic|pllc"
)
_AS_WRITTEN = (
    r"eG|e\.G|e\.K|e\. K|eV|e\.V|S\.A|S/A|S\.L|SLU|S\.L\.U|S\.A\.U|C\.V|de C\.V|S\. de R\.L|VOF"
    r"|A\.S|AŞ|OÜ|UAB|SIA|Cía|Oy Ab|ASBL"
    r"|(?:AG|KG|SE|UG|SA|SL|BV|NV|AS|AB|KK)(?=\s*(?:$|[,;|/()–:.·•]|- |& ))"
)
_FORM = re.compile(
    rf"(?<![\w./])(?:(?i:{_ANY_CASE})|{_AS_WRITTEN})(?:\.(?=\W|$)|(?![\w.])|(?=\.\s|\.$))"
)
_BEHIND = re.compile(
    rf"\.?,?\s*(?:&\s*)?(?:\((?:[A-Z][\w .-]{{1,20}})\)\s*)?(?:(?i:{_ANY_CASE})|{_AS_WRITTEN})"
    r"(?:\.(?=\W|$)|(?![\w.]))"
)
_WORD = re.compile(r"\([A-Z0-9][\w .&-]{0,20}\)|[\w&'’.+/!-]+")
_SMALL = frozenset(
    (
        *("&", "and", "of", "the", "for", "de", "del", "della", "delle", "dei", "di", "da", "do"),
        *("dos", "das", "du", "des", "la", "le", "les", "el", "los", "y", "e", "i", "et", "und"),
        *("van", "von", "der", "den", "ve", "och", "og", "en", "in", "f", "für", "fra", "+", "a"),
        *("al", "el-", "zu", "zum", "ja"),
    )
)
_ABBREVIATED = re.compile(
    r"(?:[A-Z]\.){1,4}|(?:St|Ste|San|Tic|Ind|Eng|Mfg|Bros|Co|Corp|Inc|Int|Intl|Mach|Mat|Pvt"
    r"|Ltd|Dr|Mr|Cie|Gebr|Fa|Sp|Tech|Elec|Mech|Ges|Pty|Assoc|Dist|Div|Gıd|Mak|Tur|İnş|Paz|Oto"
    r"|Met|Tekn?|Endüs?)\."
)
_LEADS = frozenset(
    (
        *("for", "from", "at", "to", "by", "with", "dear", "hi", "hello", "m/s", "messrs", "we"),
        *("our", "your", "regards", "thanks", "yours", "buyer", "customer", "client", "att"),
        *("company", "firm", "name", "sincerely", "on", "behalf", "both", "and", "of", "in"),
        *("&", "or", "via", "as", "i", "this", "is", "please", "supplier", "vendor", "fa", "firma"),
        *("e", "y", "da", "do", "de", "en", "a", "al", "la", "el", "m/s."),
    )
)
_ROLE_OF = re.compile(
    r"^.*\b(?:manager|head|director|engineer|buyer|planner|officer|lead|chief|team|department"
    r"|dept|division|behalf) (?:of|at|with)(?: the)? ",
    re.I,
)
MOST_WORDS = 9


def named_in(line: str) -> Iterator[str]:
    """The names with a legal form in a (narrow) line, in order, with everything of the form."""
    place = 0
    for hit in _FORM.finditer(line):
        if hit.start() < place:
            continue
        start = _begin(line, hit.start())
        if start is None:
            continue
        end = hit.end()
        while further := _BEHIND.match(line, end):
            end = further.end()
        place = end
        name = _ROLE_OF.sub("", line[start:end])
        yield name.strip(" ,-")


def _begin(line: str, form: int) -> int | None:
    """Where the name in front of a legal form begins; None if there is no name."""
    start, wanted = None, 0
    for word in reversed(list(_WORD.finditer(line, 0, form))[-MOST_WORDS:]):
        gap = line[word.end() : (form if start is None else start)]
        if not re.fullmatch(r"\s?|,\s?" if start is None else r"\s|\s?", gap) or _ends(
            word[0], gap
        ):
            break
        if not _is_name(word[0]):
            break
        wanted += word[0].lower() not in _SMALL and not _FORM.fullmatch(word[0])
        start = word.start()
    if start is None or not wanted:
        return None
    return _without_lead(line, start, form)


def _ends(word: str, gap: str) -> bool:
    """True for a word with a full stop that ends a sentence, not an abbreviation."""
    return word.endswith(".") and not _ABBREVIATED.fullmatch(word) and bool(gap.strip(" ") or gap)


def _is_name(word: str) -> bool:
    bare = word.strip("(")
    return word.lower() in _SMALL or bare[:1].isupper() or bare[:1].isdigit() or word == "+"


def _without_lead(line: str, start: int, form: int) -> int | None:
    """Words such as "For" and "of the" in front are no part of the name."""
    for word in _WORD.finditer(line, start, form):
        if word[0].lower().rstrip(".:") not in _LEADS and word[0] != "the":
            return word.start()
    return None
