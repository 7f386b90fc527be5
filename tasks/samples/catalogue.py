"""What the sample company has sold in the last two years."""

from dataclasses import dataclass
from decimal import Decimal

from domain.names import OrderType


@dataclass(frozen=True)
class Good:
    """A thing or a service: names in both languages, its unit, its price in CNY, how many at most
    in a line, and what customers usually require of it."""

    order_type: OrderType
    zh: str
    en: str
    model: str
    unit_zh: str
    unit_en: str
    price: Decimal
    most: int
    requires_zh: str
    requires_en: str


def _good(kind: OrderType, names: str, price: int, most: int, requires: str) -> Good:
    zh, en, model, unit_zh, unit_en = (part.strip() for part in names.split("|"))
    requires_zh, requires_en = (part.strip() for part in requires.split("|"))
    return Good(
        kind, zh, en, model, unit_zh, unit_en, Decimal(price), most, requires_zh, requires_en
    )


MADE = OrderType.MANUFACTURE_TO_ORDER
SERVICE = OrderType.ENGINEERING_SERVICE
REPAIR = OrderType.AFTER_SALES

GOODS: tuple[Good, ...] = (
    _good(
        MADE, "压装工装 | Press fixture | ZL-PF-60 | 套 | sets", 4800, 6, "表面发黑 | Black oxide"
    ),
    _good(
        MADE,
        "定位托板 | Locating plate | ZL-TP-240 | 张 | pcs",
        240,
        40,
        "平面度 0.05 | Flatness 0.05",
    ),
    _good(
        MADE,
        "快换夹头 | Quick-change chuck | ZL-YT-08 | 件 | pcs",
        390,
        24,
        "附检验报告 | With inspection report",
    ),
    _good(
        MADE,
        "取样泵站 | Sampling pump station | ZL-QP-4 | 套 | sets",
        36800,
        2,
        "1.5 倍压力试验 | Pressure test at 1.5 times",
    ),
    _good(
        MADE,
        "输送滚筒 | Conveyor roller | ZL-GT-600 | 根 | pcs",
        310,
        60,
        "不锈钢 1.4301 | Stainless steel 1.4301",
    ),
    _good(
        SERVICE,
        "加药间管路改造 | Retrofit of the dosing room | – | 项 | job",
        86000,
        1,
        "不停水施工 | Without stopping the water supply",
    ),
    _good(
        SERVICE,
        "包装线安装调试 | Installation and commissioning of a packing line | – | 项 | job",
        64000,
        1,
        "含操作培训 | Operator training included",
    ),
    _good(
        OrderType.SOFTWARE,
        "泵站监控上位机软件 | Pump station monitoring software | ZL-SW-2 | 套 | sets",
        52000,
        1,
        "Modbus TCP 接口 | Modbus TCP interface",
    ),
    _good(
        REPAIR,
        "压装机维修 | Repair of a press | ZL-PF-40 | 台 | pcs",
        6200,
        2,
        "附维修记录 | With a record of the repair",
    ),
    _good(
        REPAIR,
        "取样泵返修 | Repair of a sampling pump | ZL-QP-2 | 台 | pcs",
        3900,
        3,
        "更换密封件 | New seals",
    ),
    _good(
        OrderType.SUBCONTRACT,
        "大件外协焊接机架 | Welded frame from a subcontractor | ZL-JJ-9 | 件 | pcs",
        28500,
        2,
        "探伤报告 | Report of the weld test",
    ),
)
"""Goods of each kind; those of making are ordered most."""

WEIGHTS = {MADE: 6, REPAIR: 3, SERVICE: 3, OrderType.SOFTWARE: 4, OrderType.SUBCONTRACT: 3}
"""How often each good of a kind is ordered."""
