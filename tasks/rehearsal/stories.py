"""Three orders as they are lived: by Excel and mail, with a second acceptance, by telephone."""

from collections.abc import Callable, Mapping

from domain.names import Purpose
from tasks.entering import enter
from tasks.rehearsal import letters
from tasks.rehearsal.cast import Cast
from tasks.rehearsal.letters import Letter
from tasks.rehearsal.story import Story, Tell

Play = Callable[[Cast, Tell], str]
"""Plays one order to its end; its number comes back."""


def by_table(cast: Cast, tell: Tell) -> str:
    """An Excel table without one quantity; a yes with a but; the plan approved by mail."""
    story = _opened(cast, tell, letters.with_table(_inbox(cast), at=cast.services.now()), zh=True)
    story.answers()
    story.form("confirm")
    story.customer_says(Purpose.CONFIRMATION, "确认,但第 2 行改 18 张")
    story.say("这不算确认:第 2 版,改动已标出", "that is no yes: version 2, the change is marked")
    story.form("confirm")
    story.customer_says(Purpose.CONFIRMATION, "确认", 2)
    story.manager_says("plan", "同意")
    story.work()
    story.form("completion")
    story.customer_says(Purpose.ACCEPTANCE, "验收通过")
    story.finish("5 5 4 5 9")
    return story.no


def in_english(cast: Cast, tell: Tell) -> str:
    """In English and euros; one thing is not accepted, corrected, and accepted by link then."""
    story = _opened(cast, tell, letters.in_english(_inbox(cast), at=cast.services.now()), zh=False)
    story.answers()
    story.form("confirm")
    story.customer_says(Purpose.CONFIRMATION, "Confirmed")
    story.form("plan")
    story.work()
    story.form("completion")
    story.customer_says(Purpose.ACCEPTANCE, "not accepted\nThe guard does not close")
    story.work(2)
    story.say("整改完成,第 2 轮只交付该项", "corrected: round 2 delivers just that")
    story.form("completion")
    story.accepts_by_link(2)
    story.finish("4 4 4 5 8")
    return story.no


def by_telephone(cast: Cast, tell: Tell) -> str:
    """Told on the telephone; a wrong code; a plan that is sent back once."""
    given = letters.on_the_telephone()
    no = enter(cast.services, given).order_no
    story = Story(cast, tell, no, given["mail"], zh=True)
    story.say("电话订单已录入(恒川水务集团)", "entered from the telephone (Hengchuan Water Group)")
    story.wrong_code("confirm")
    story.form("confirm")
    story.customer_says(Purpose.CONFIRMATION, "确认")
    story.form("plan", "reject", "装配时间不够")
    cast.until(lambda: cast.order(no).round == 2 or None, f"{no}: plan, round 2")
    story.say("计划退回,重新排程", "the plan goes back and is made again")
    story.form("plan")
    story.work()
    story.form("completion")
    story.customer_says(Purpose.ACCEPTANCE, "验收通过")
    story.finish("5 4 5 5 10")
    return no


def _inbox(cast: Cast) -> str:
    return cast.services.settings.mail.inboxes[0]


def _opened(cast: Cast, tell: Tell, letter: Letter, *, zh: bool) -> Story:
    cast.send(letter.raw, letter.sender)
    story = Story(cast, tell, cast.order_of(letter.message_id), letter.sender, zh)
    story.say(f"{letter.sender} 的邮件成为订单", f"a mail from {letter.sender} is an order now")
    return story


STORIES: Mapping[str, Play] = {
    "table": by_table,
    "english": in_english,
    "telephone": by_telephone,
}
