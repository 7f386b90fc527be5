"""Who decides what, what customers say, how long somebody may keep silent."""

DECIDES = {
    "intake": ("wu.fang",),
    "confirm": ("li.ming", "zhao.wen"),
    "plan": ("li.ming", "zhao.wen"),
    "completion": ("zhou.min",),
    "close": ("li.ming", "zhao.wen"),
    "cancel": ("li.ming", "zhao.wen"),
    "trouble": ("chen.yu",),
}
OWNER = "chen.yu"
MEDDLER = "he.qing"
SILENCE_SECONDS = 20 * 86400
CUSTOMER_SAYS = {
    "customer_confirmation": ("confirmation", "确认", "确认,但第1行改18件"),
    "customer_acceptance": ("acceptance", "验收通过", "验收不通过\n1号轴镀层不均"),
}
ONLY_WAIT = ("until", "work", "hold", "customer_info")
