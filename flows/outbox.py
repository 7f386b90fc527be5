"""The outbox, emptied: the backstop of the service, and the operator's button."""

from prefect import flow

from tasks.sending import send_due
from tasks.services import services


@flow(name="outbox", persist_result=False)
def outbox() -> int:
    """How many mails were handed over."""
    return send_due(services(), limit=500)
