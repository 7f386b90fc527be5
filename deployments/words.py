"""What `orderflow up` says, in Chinese and English."""

from dataclasses import asdict

from domain.errors import Refusal
from domain.names import Language

_SENTENCES = {
    "HomeUnusable": (
        "无法写入目录 {home}（{reason}）。请换一个目录：orderflow up --home 目录。",
        "The folder {home} cannot be written ({reason}). Choose another: orderflow up --home DIR.",
    ),
    "AlreadyRunning": (
        "目录 {home} 上已有一个 orderflow up 在运行（进程 {pid}）。请先停止它，或换一个 --home。",
        "orderflow up already runs on {home} (process {pid}). Stop it, or use another --home.",
    ),
    "StillStopping": (
        "目录 {home} 上次启动的进程 {pids} 尚未结束。请稍候再试，或结束它们。",
        "Processes {pids} of an earlier start on {home} have not ended. Wait, or end them.",
    ),
    "HomeNotEmpty": (
        "目录 {home} 不是空的。备份只恢复到空目录：请换一个 --home。",
        "The folder {home} is not empty, and a backup is restored into an empty one: use another "
        "--home.",
    ),
    "WrongKey": (
        "{file} 不是该备份所属系统的 secret.key。请换正确的文件，或不带 --key 恢复。",
        "{file} is not the secret.key of the installation that was backed up. Name the right one, "
        "or restore without --key.",
    ),
    "PortTaken": (
        "{name} 需要的端口 {port} 已被占用。请释放它或改用 {option} N（0 为任意空闲端口）。",
        "Port {port}, needed by {name}, is taken. Free it or choose another: {option} N (0 = any).",
    ),
    "ProgramMissing": (
        "找不到 {name} 所需的程序 {program}。请重新执行 make run 安装环境。",
        "{program}, needed by {name}, is missing. Run `make run` again to install the environment.",
    ),
    "NoNamespace": (
        "PostgreSQL 不能以 root 运行，本机又不允许用户命名空间（{reason}）。"
        "请以普通用户启动，或用 ORDERFLOW_PREFECT__DATABASE 和 --database 指定现有的 PostgreSQL。",
        "PostgreSQL does not run as root and this machine allows no user namespace ({reason}). "
        "Start as an ordinary user, or name a PostgreSQL with ORDERFLOW_PREFECT__DATABASE and "
        "--database.",
    ),
    "NeverAnswered": (
        "{name} 已启动但没有应答。请查看 {log}（最后一行：{last_line}）。",
        "{name} was started but does not answer. See {log} (last line: {last_line}).",
    ),
}

_LINES = {
    "starting": ("正在启动 Orderflow：{home}", "Starting Orderflow on {home}"),
    "part": ("  {name} 已就绪", "  {name} is ready"),
    "first": (
        "  首次启动需建立数据库，约一分钟。",
        "  The first start makes the databases: about a minute.",
    ),
    "ready": (
        "Orderflow 已启动。\n"
        "  审批（Prefect）  {prefect}\n"
        "  门户             {portal}\n"
        "  邮件 SMTP        {smtp}\n"
        "  邮箱目录         {maildir}\n"
        "接着试试：打开审批页面，按状态 Suspended 筛选；在另一个终端运行\n"
        "  {command} gates                    谁在等待谁\n"
        "  {command} code li.ming --gate G-1  审批表单要填的验证码\n"
        "  {command} demo --watch             三个订单的完整过程\n"
        "寄一封客户邮件：curl smtp://{smtp} --mail-from a@b.example "
        "--mail-rcpt {mailbox} --upload-file mail.eml\n"
        "按 Ctrl-C 停止。",
        "Orderflow is up.\n"
        "  approvals (Prefect)  {prefect}\n"
        "  portal               {portal}\n"
        "  mail (SMTP)          {smtp}\n"
        "  mailboxes            {maildir}\n"
        "Try next: open the approvals, filter by state Suspended; in another terminal\n"
        "  {command} gates                    who waits for whom\n"
        "  {command} code li.ming --gate G-1  a code for the approval form\n"
        "  {command} demo --watch             three orders from mail to archive\n"
        "Drop a customer's mail in: curl smtp://{smtp} --mail-from a@b.example "
        "--mail-rcpt {mailbox} --upload-file mail.eml\n"
        "Ctrl-C stops everything.",
    ),
    "restarted": (
        "{name} 意外结束（{how}），{seconds:.0f} 秒后重新启动。",
        "{name} ended unexpectedly ({how}); it is started again in {seconds:.0f} s.",
    ),
    "restored": (
        "已在 {home} 恢复 {orders} 个订单（备份时间 {at}）。",
        "{home} holds the {orders} orders of {at}.",
    ),
    "no_key": (
        "没有原来的 secret.key：验证器须重新登记，已发出的链接失效。",
        "Without the original secret.key, authenticators must be enrolled anew, and links in mails "
        "already sent are void.",
    ),
    "violated": (
        "发现 {count} 处不符，请执行 orderflow verify 查看。",
        "{count} violations: see orderflow verify.",
    ),
    "held": (
        "此副本暂不收发邮件。请先确认原系统已停，启动 orderflow up 后执行 orderflow take-over。",
        "This copy takes in and sends nothing yet. Make sure that the original does not run, start "
        "orderflow up, then orderflow take-over.",
    ),
    "acts": (
        "请启动：orderflow up --home {home}",
        "Start it: orderflow up --home {home}",
    ),
    "stopping": ("正在停止……", "Stopping …"),
    "stopped": ("已停止。", "Stopped."),
}


def line(key: str, language: str, **facts: object) -> str:
    """The line in the language (Chinese unless English is asked for)."""
    return _in_language(_LINES[key], language).format(**facts)


def sentence(refusal: Refusal, language: str) -> str | None:
    """The refusal for a person; None for one that is none of ours."""
    pair = _SENTENCES.get(type(refusal).__name__)
    if pair is None:
        return None
    return _in_language(pair, language).format(**asdict(refusal))  # type: ignore[call-overload]


def _in_language(pair: tuple[str, str], language: str) -> str:
    return pair[1] if language == Language.EN else pair[0]
