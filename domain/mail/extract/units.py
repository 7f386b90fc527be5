"""Words for units of quantity, as the order desks of many countries write them."""

import re

from domain.mail.extract.chinese_forms import UNIT_ZH

_PIECES = (
    r"pcs?|pces?|pieces?|units?|nos?|each|ea|off|items?|stück|stueck|stuck|stk|stck|stuks?|st|styck(?:en)?"
    r"|szt|sztuk[ai]?|kpl|adet|ad|takım|takim|pz|pezz[oi]|nr|ks|kus[yů]?|db|darab|kom|kos|buc"
    r"|piezas?|pzas?|uds?|unidades|unid|und|un|peças?|pecas?|pçs?|pi[eè]ces?|шт|штук[аи]?|компл"
    r"|bộ|cái|chiếc|ชิ้น|ชุด|buah|개|대"
)
_SETS = (
    r"sets?|kits?|pairs?|prs?|satz|sätze|paar|komplet[yów]*|sada|sady|jeux?|sæt|sats(?:er)?|juegos?|jgo|conjuntos?"
    r"|lots?|assy|assembl(?:y|ies)|세트"
)
_PACKS = (
    r"rolls?|rl|reels?|coils?|boxes|box|cartons?|ctns?|cases?|packs?|packets?|pkts?|bags?|bottles?"
    r"|cans?|drums?|pails?|tins?|tubes?|cartridges?|sheets?|lengths?|pallets?|barrels?|bundles?"
    r"|tubs?"
    r"|strips?|loads?|batch(?:es)?|rollen?|rollos?|cajas?|karton(?:s|y)?|palett?en?|dosen?"
    r"|flaschen?|bidon[es]*"
)
_MEASURES = (
    r"m|mtrs?|mts?|metres?|meters?|metros?|mb|lfm|rm|rmt|ft|feet|foot|yards?|yds?|kgs?|kilos?|t"
    r"|to|tons?"
    r"|tonnes?|lbs?|l|ltrs?|lit(?:re|er)s?|gal(?:lons?)?|sqm|sq\.? ?(?:m|ft)|m2|m²|m3|m³|cbm|cum"
)
_WORK = (
    r"(?:man|person|work(?:ing)?)[- ]?(?:days?|hours?|weeks?|months?)|mandays?|manhours?|days?"
    r"|hours?|hrs?"
    r"|visits?|trips?|shifts?|tage?n?|std|stunden|licen[cs]es?|seats?|years?|months?"
)

COUNT_UNITS = rf"(?:{_PIECES}|{_SETS}|{_PACKS})"
MEASURE_UNITS = rf"(?:{_MEASURES})"
WORK_UNITS = rf"(?:{_WORK})"
UNITS_EN = rf"{_PIECES}|{_SETS}|{_PACKS}|{_MEASURES}|{_WORK}"
UNITS_ZH = (
    r"人天|人日|人月|工日|平方米|立方米|公斤|千克|公里|打(?![电印包扫算开])|粒(?![度径子])|包(?![装括含裹])"
    r"|面(?=\s*(?:[,、;。()]|$|\s|单价))"
    rf"|[{UNIT_ZH}㎡樘盏付支部领根顶捆筒盒袋罐枚]"
)
UNIT_CELL = rf"(?:(?:{UNITS_EN})\.?|{UNITS_ZH}|米|吨|批|年|天|次|升|盒|袋|副|式|本|枚|個)"
"""A cell that holds a unit and nothing else."""


def is_measure(unit: str | None) -> bool:
    """True for lengths, weights, areas and volumes: they may have decimals, or describe a thing."""
    return bool(
        unit and re.fullmatch(rf"(?:{_MEASURES})\.?|[米吨㎡升]|公斤|千克|[平立]方米", unit, re.I)
    )
