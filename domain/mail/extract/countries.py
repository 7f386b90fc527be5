"""In which country a writer sits, as far as his words, his domain and his clock tell."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.mail.plain import narrow
from domain.mail.traditional import simplified

_END = r"(?![A-Za-zÀ-ž])"
_FORMS = (
    ("PK", r"\b(?:Pakistan|Karachi|Lahore|Islamabad|Faisalabad|Sialkot|Rawalpindi|Multan)\b"),
    ("BD", r"\b(?:Bangladesh|Dhaka|Chattogram|Chittagong|Khulna|Gazipur|Narayanganj)\b"),
    ("LK", r"\b(?:Sri Lanka|Lanka|Colombo|Kandy|Galle|Negombo)\b"),
    ("NP", r"\b(?:Nepal|Kathmandu)\b"),
    ("IN", rf"\b(?:Pvt\.?|Private) (?:Ltd|Limited){_END}"),
    (
        "VN",
        r"\b(?:Vi[eệ]t ?Nam|Hà Nội|Hanoi|Ho Chi Minh|HCMC|Binh Duong|Dong Nai|TNHH)\b|\b[Zz]alo\b"
        r"|\b(?:Nguyen|Nguyễn|Tran|Trần|Pham|Phạm|Hoang|Hoàng) \w+",
    ),
    ("TH", r"\b(?:Bangkok|Rayong|Chonburi|Khun)\b"),
    ("PH", r"\b(?:Philippines?|Manila|Cebu|Davao|Quezon|Batangas|Laguna|Luzon|Mindanao)\b|\bPHP\b"),
    ("ID", r"\b(?:Jakarta|Surabaya|Bandung|Medan|Bapak|Ibu)\b|\bPT\.? [A-Z]\w+"),
    ("MY", r"\b(?:Kuala Lumpur|Penang|Johor|Selangor|Melaka|Malacca|Sabah|Sarawak)\b|\bMYR\b"),
    ("KE", r"\b(?:Kenya|Nairobi|Mombasa|Kisumu|Nakuru|Eldoret|Kericho|Rift)\b|\bKES\b|\bKsh"),
    ("TZ", r"\b(?:Tanzania|Dar es Salaam|Arusha|Mwanza)\b|\bTZS\b"),
    ("UG", r"\b(?:Uganda|Kampala|Jinja|Entebbe)\b|\bUGX\b"),
    ("ET", r"\b(?:Ethiopia|Addis Ababa)\b"),
    (
        "NG",
        r"\b(?:Nigeria|Lagos|Abuja|Kano|Ibadan|Port Harcourt|Ogun|Kaduna|Maiduguri)\b"
        r"|\bNGN\b|₦",
    ),
    ("GH", r"\b(?:Ghana|Accra|Tema|Kumasi|Takoradi)\b|\bGHS\b"),
    ("EG", r"\b(?:Egypt|Cairo|Alexandria|Giza)\b|\bEGP\b|S\.A\.E\b"),
    ("MA", r"\b(?:Morocco|Maroc|Casablanca|Tanger|Tangier)\b"),
    ("IL", r"\b(?:Israel|Tel Aviv|Haifa|Negev|Galilee|Galil|Ashdod)\b|\bILS\b"),
    ("JO", r"\b(?:Jordan|Amman|Aqaba)\b"),
    ("QA", r"\b(?:Qatar|Doha)\b|\bW\.L\.L\b"),
    ("OM", r"\b(?:Oman|Muscat|Sohar)\b"),
    ("SA", r"\b(?:Saudi|Riyadh|Jeddah|Dammam|Jubail|KSA)\b"),
    ("ZM", r"\b(?:Zambia|Lusaka|Kitwe|Ndola)\b|\bZMW\b"),
    (
        "ZA",
        r"\b(?:Karoo|Durban|Johannesburg|Cape Town|Pretoria|Gauteng|KwaZulu|Natal|Free State)\b"
        r"|\bZAR\b",
    ),
    ("GR", r"\b(?:Greece|Athens|Piraeus|Thessaloniki|Kalamata|Aegean|Crete)\b"),
    ("HU", rf"\b(?:Kft|Zrt|Nyrt){_END}"),
    ("RO", r"\b(?:S\.C\. \w+|Romania|Bucharest|Cluj)\b"),
    ("LT", r"\bUAB\b"),
    ("LV", r"\bSIA\b"),
    ("EE", r"\bOÜ\b"),
    ("HR", r"\bd\.o\.o\b"),
    (
        "IE",
        r"\b(?:Offaly|Dublin|Cork|Galway|Limerick|Tullamore|Kerry|Waterford|Wexford|Mayo|Leinster|Munster)\b",
    ),
    (
        "CH",
        r"\b(?:Zürich|Zurich|Luzern|Lucerne|Basel|Bern|Genève|Geneva|Winterthur|Zug|St\. Gallen)\b"
        r"|\b[A-Z]\w+ AG\b(?=.*\b(?:CH|Schweiz|Switzerland))",
    ),
    ("AU", rf"\bPty\b{_END}"),
    ("SG", rf"\bPte\b{_END}"),
    ("MY", r"\bSdn\.? ?Bhd\b"),
    ("ID", r"\bPT\.? [A-Z]\w+.*\bTbk\b"),
    ("HK", r"\(HK\)|\(Hong Kong\)|香港"),
    ("MO", r"\(Macau\)|\(Macao\)|澳門|澳门"),
    ("TW", r"股份有限公司.*(?:[課處臺灣]|統編)|臺灣|台灣|(?:新竹|台中|臺中|高雄|桃園|臺北|台北)"),
    ("JP", r"株式会社|有限会社|合同会社|[\u3040-\u30ff]{4}"),
    ("KR", r"주식회사|[\uac00-\ud7a3]{4}"),
    (
        "PL",
        r"\bSp\. ?z ?o\.? ?o\b|\bSp\. ?[jk]\.|Pozdrawiam|Z poważaniem|Dzień dobry|\bs\. ?c\."
        r"|\bul\. |\btel\. kom\.",
    ),
    ("CZ", r"\bs\. ?r\. ?o\.|S pozdravem"),
    ("TR", r"\bA\.Ş\.|\bŞti\b|\bLtd\. Şti|Saygılarımla"),
    ("BR", rf"\bLtda\b|\bS/A{_END}|\bAbraço|\bCNPJ\b|\bAtt\.,"),
    ("IT", rf"\bS\.?p\.?A\b{_END}|\bS\.?r\.?l\b|\bS\.?n\.?c\b\.|Cordialmente|Cordiali saluti"),
    ("FR", rf"\bSAS\b|\bS\.A\.S\b|\bSARL\b|\bSASU\b|\bEURL\b|Cordialement{_END}"),
    ("ES", rf"\bS\.L\.U?{_END}|\bS\.A\.U\.|Un (?:cordial )?saludo"),
    ("NL", r"\bB\.V\.|\bBV\b|Met vriendelijke groet"),
    ("AT", r"\b(?:A-\d{4}|Österreich|Austria)\b"),
    ("MX", r"\bde C\.? ?V\b"),
    ("CH", r"Grüsse\b|\bCHF\b|\bMWST\b|\b(?:CH-\d{4}|Schweiz|Switzerland|Suisse)\b"),
    ("DE", rf"\bGmbH\b|\bmbH\b|\bKGaA\b|\bOHG\b|\beG{_END}|Mit freundlichen Grüßen|\bMwSt\b"),
    ("DK", rf"\bA/S{_END}|\bApS\b"),
    ("NO", rf"\bASA\b|\b[A-ZÆØÅ]\w+ AS{_END}"),
    ("SE", rf"\b\w+ AB{_END}|Med vänlig hälsning"),
    ("FI", rf"\bOyj?{_END}"),
    ("PT", r"\bLda\b\.?"),
    ("AE", r"\b(?:FZE|FZCO|FZ-LLC|Dubai|Sharjah|Abu Dhabi)\b"),
    ("ZA", r"\(Pty\)"),
    ("GB", r"\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[ABD-HJLN-UW-Z]{2}\b|\bPLC\b|\bplc\b|\bLLP\b|\bVAT\b"),
    ("US", rf"\bLLC\b|\bInc\b|,? [A-Z]{{2}} \d{{5}}(?:-\d{{4}})?{_END}|\bCorp\b"),
)
_COMPILED = tuple((country, re.compile(pattern)) for country, pattern in _FORMS)
_NAMES = re.compile(
    r"\b(?:(?P<IN>India|Mumbai|Delhi|Chennai|Pune|Bengaluru|Hyderabad)|(?P<GB>U\.?K\.?|England"
    r"|Scotland|Wales|London)|(?P<AU>Australia|NSW|Queensland|Victoria 3)|(?P<NZ>New Zealand)"
    r"|(?P<US>U\.?S\.?A\.?)|(?P<DE>Germany|Deutschland)|(?P<FR>France)|(?P<IT>Ital(?:y|ia))"
    r"|(?P<ES>Spain|España)|(?P<PL>Poland|Polska)|(?P<NL>Netherlands|Nederland)|(?P<BE>Belgi\w+)"
    r"|(?P<SE>Sweden|Sverige)|(?P<NO>Norway|Norge)|(?P<DK>Denmark|Danmark)|(?P<FI>Finland)"
    r"|(?P<TR>Turkey|Türkiye)|(?P<BR>Bra[sz]il)|(?P<MX>M[eé]xico)|(?P<JP>Japan)"
    r"|(?P<KR>Korea)|(?P<TH>Thailand)|(?P<VN>Vietnam)|(?P<MY>Malaysia)|(?P<SG>Singapore)"
    r"|(?P<ID>Indonesia)|(?P<ZA>South Africa)|(?P<IE>Ireland)|(?P<CZ>Czech\w*)|(?P<CA>Canada)"
    r"|(?P<RU>Russia)|(?P<HK>Hong Kong)|(?P<TW>Taiwan))\b"
)
_DOMAINS = {"uk": "GB", "eu": "", "co": "", "io": "", "me": "", "tv": "", "ai": "", "cc": ""}
_CURRENCIES = (("GBP|£", "GB"), ("INR|₹", "IN"), ("AUD", "AU"), ("JPY", "JP"), ("HKD|HK\\$", "HK"))
_CLOCKS: dict[float, tuple[str, ...]] = {
    -8: ("US",),
    -7: ("US",),
    -6: ("US", "MX"),
    -5: ("US", "PE", "CO"),
    -4: ("US", "CL"),
    -3: ("BR", "AR", "CL"),
    0: ("GB", "IE", "PT"),
    2: ("ZA", "FI", "EG", "IL", "GR", "ZM"),
    3: ("TR", "FI", "KE", "SA", "RU", "GR", "TZ", "UG"),
    4: ("AE", "OM"),
    5: ("PK",),
    5.5: ("IN", "LK"),
    5.75: ("NP",),
    6: ("BD",),
    7: ("TH", "VN", "ID"),
    8: ("CN", "AU", "SG", "MY", "HK", "TW", "PH"),
    9: ("JP", "KR"),
    9.5: ("AU",),
    10: ("AU",),
    10.5: ("AU",),
    11: ("AU",),
    12: ("NZ",),
    13: ("NZ",),
}


_SPANISH = re.compile(
    r"saludos|atentamente|buen[oa]s d|buenas tardes|\bing\. |compras|\bcel\.|pedido"
    r"|orden de compra|cotizaci|abra[çz]o|obrigad"
    r"|suprimentos",
    re.I,
)
_LATIN: dict[float, tuple[str, ...]] = {
    -6: ("MX",),
    -5: ("CO", "PE"),
    -4: ("CL",),
    -3: ("BR", "AR", "CL"),
}
_EUROPE = ("DE", "FR", "IT", "ES", "PL", "NL", "BE", "AT", "CH", "SE", "NO", "DK", "CZ")
_ISLES = ("GB", "IE", "PT")


def countries_of(words: str, domain: str, clock: datetime | None) -> tuple[str, ...]:
    """ISO codes of the countries that come into question, the likeliest first; () if none."""
    return tuple(dict.fromkeys(code for code in _told(words, domain, clock) if code))


def _told(words: str, domain: str, clock: datetime | None) -> Iterator[str]:
    plain = narrow(words)
    top = domain.rpartition(".")[2].lower()
    if len(top) == 2:
        yield _DOMAINS.get(top, top.upper())
    if clock is not None and _SPANISH.search(plain):
        yield from _LATIN.get((clock.utcoffset() or timedelta()).total_seconds() / 3600, ())
    yield from (country for country, form in _COMPILED if form.search(plain))
    yield from (hit.lastgroup or "" for hit in _NAMES.finditer(plain))
    chinese = 4 * len(re.findall(r"[\u4e00-\u9fff]", plain)) > len(re.findall("[A-Za-z]", plain))
    if chinese:
        if sum(a != b for a, b in zip(plain, simplified(plain), strict=False)) >= 5:
            yield from ("TW", "HK")
        yield "JP" if clock is not None and clock.utcoffset() == timedelta(hours=9) else "CN"
    yield from (country for money, country in _CURRENCIES if re.search(money, plain))
    if clock is not None:
        yield from _by_clock(clock, chinese=chinese)


def _by_clock(clock: datetime, *, chinese: bool) -> Iterator[str]:
    """Countries on this clock; ours is no evidence where nothing else is Chinese."""
    hours = (clock.utcoffset() or timedelta()).total_seconds() / 3600
    likely = _CLOCKS.get(hours, ())
    summer = (3, 29) <= (clock.month, clock.day) <= (10, 26)
    if hours in (1, 2):
        likely = (_ISLES if summer else _EUROPE) if hours == 1 else _EUROPE if summer else likely
    if hours == 8 and not chinese:
        yield from (*(code for code in likely if code != "CN"), "CN")
    else:
        yield from likely
