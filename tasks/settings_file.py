"""HOME/orderflow.toml as it is first written: every key with its default, commented out."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, SecretStr

from tasks.settings import PREFIX, Settings

SAMPLED: dict[str, str] = {
    "policy.preset": "samples",
    "mail.archive": "archive@zheling.example",
}
"""Keys that are set in a sample installation: a day passes in minutes, the archive is a box of the
local loop."""

HEAD = """\
## Orderflow 设置 / settings
##
## 去掉一行前的“# ”即可修改；已列出的值是默认值。修改后重新启动。
## Take away "# " before a line to change it; the values shown are the defaults. Then start again.
## 每一项也可用环境变量 {prefix}<SECTION>__<KEY> 设置；密码只能用环境变量。
## Every key is also an environment variable {prefix}<SECTION>__<KEY>; passwords only there.
"""

SAYS: dict[str, str] = {
    "company": "我们是谁 / Who we are",
    "company.name_zh": "公司中文名 / Chinese name",
    "company.name_en": "公司英文名 / English name",
    "company.domain": "我们的邮件域名 / The domain of our own addresses",
    "company.timezone": "公司所在时区 / Zone of working hours, numbers and dates",
    "company.calendar": "工作日历 / Working calendar",
    "company.currency": "本位币 / Currency of limits and budgets",
    "company.languages": "使用的语言 / Languages that we speak",
    "mail": "邮件收发；默认是本机回环 / Mail in and out; the default is the loop on this machine",
    "mail.inboxes": "收单邮箱 / Boxes that the intake reads",
    "mail.imap": "IMAP 收单邮箱，密码只用 {prefix}MAIL__IMAP_PASSWORD / imaps://user@host/folder",
    "mail.imap_token_command": "输出 XOAUTH2 令牌的命令 / Command that prints an XOAUTH2 token",
    "mail.sender": "发件地址 / The address from which we write",
    "mail.host": "SMTP 服务器 / SMTP server",
    "mail.port": "SMTP 端口，0 为本机回环 / SMTP port, 0 = the loop on this machine",
    "mail.tls": "none（仅限本机）、starttls 或 ssl / none (this machine only), starttls or ssl",
    "mail.user": "SMTP 用户 / SMTP user; the password only in {prefix}MAIL__PASSWORD",
    "mail.maildir": "邮箱目录，空为 HOME/mail / Folder of the boxes, empty = HOME/mail",
    "mail.archive": "存档地址，收外发邮件副本 / Gets a copy of each mail, and heads of histories",
    "mail.archive_box": "存档邮箱目录，本机回环可空 / Where it can be read; loop: may be empty",
    "mail.authserv_id": "可信的验证标识 / Whose Authentication-Results we trust",
    "database": "数据保存在哪里 / Where the truth is kept",
    "database.url": "空为内置 PostgreSQL / SQLAlchemy URL; empty = the PostgreSQL that comes along",
    "prefect": "流程引擎 / The engine (a password for it: {prefix}PREFECT__AUTH)",
    "prefect.database": "Prefect 的 PostgreSQL，空为自带的 / Its PostgreSQL; empty = embedded",
    "prefect.api": "API 地址，空为自带的 / Address of its API; empty = our own server",
    "prefect.ui": "页面地址 / Address of its pages",
    "portal": "浏览器门户 / Pages for people",
    "portal.url": "本机地址，启动时填入 / Address on this machine, filled at the start",
    "portal.port": "端口，0 为任意 / Port, 0 = any",
    "portal.public_url": "邮件中链接的开头 / What links in mails begin with, for customers",
    "policy": "期限与阈值 / Deadlines and thresholds",
    "policy.preset": "standard，或 samples：小时变分钟 / standard, or samples: minutes for hours",
    "policy.rates": "各币种折合本位币 / Value of one unit of each currency in ours",
    "policy.question_rounds": "向客户追问几次后转人工 / Question mails before a person takes over",
    "policy.lease_seconds": "运行租约（秒） / Seconds until a silent run is replaced",
    "policy.leg_seconds": "进程最长运行时间（秒） / Seconds after which a run's process is ended",
    "policy.stage_attempts": "阶段重试次数 / Attempts of a stage before a person is asked",
    "policy.planning_trials": "排程尝试次数 / Trials of a plan",
    "policy.promise_runs": "交期模拟次数 / Simulated runs behind a promised date",
    "policy.confirm_reminders_days": "提醒客户确认（天） / Days until a customer is reminded",
    "policy.confirm_expires_days": "确认书有效（工作日） / Days until a confirmation expires",
    "policy.warranty_months": "质保（月） / Months of warranty",
    "policy.retention_years": "存档（年） / Years for which an archive is kept",
    "policy.look_back_days": "验收后几个工作日复盘 / Working days from acceptance to looking back",
    "policy.survey_days": "验收后几天调查满意度 / Days from acceptance to the survey",
    "policy.park_after_days": "等待几天后停放，0 为从不 / Days until a wait is parked, 0 = never",
    "opinion": "语言模型的第二意见，默认关闭 / A language model's second opinion; off by default",
    "opinion.url": "OpenAI 兼容地址，空为关闭 / OpenAI-compatible address, empty = off",
    "opinion.model": "模型；密钥只用 {prefix}OPINION__KEY / Model; its key only in the environment",
    "opinion.timeout_seconds": "最长等待（秒） / Seconds after which an answer is not waited for",
    "chat": "聊天群通知 / Chat groups",
    "trackers": "任务系统 / Trackers of tasks",
}
"""What each section and key means, in Chinese and English."""

ELSEWHERE = ("home", "samples")
"""Settings that are no section: the folder itself, and the word on top."""


def settings_file(*, samples: bool) -> str:
    """The text of the file; with `samples` it says so at its very top, and sets `SAMPLED`."""
    top = "samples = true\n\n" if samples else ""
    parts = [top + HEAD.format(prefix=PREFIX)]
    for name, field in Settings.model_fields.items():
        if name not in ELSEWHERE:
            parts.append("\n".join(_section(name, field.default, samples)) + "\n")
    return "\n".join(parts)


def _section(name: str, section: Any, samples: bool) -> Iterator[str]:
    yield from _says(name)
    yield f"[{name}]"
    if not isinstance(section, BaseModel):
        return
    for key, value in section:
        if isinstance(value, SecretStr):
            continue
        yield from _says(f"{name}.{key}")
        own = SAMPLED.get(f"{name}.{key}") if samples else None
        yield f"{key} = {_toml(own)}" if own else f"# {key} = {_toml(value)}"


def _says(name: str) -> Iterator[str]:
    if name in SAYS:  # a test keeps them complete; a first start does not fail for a remark
        yield "## " + SAYS[name].format(prefix=PREFIX)


def _toml(value: Any) -> str:
    """The value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    return str(value)
