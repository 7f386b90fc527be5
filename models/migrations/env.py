"""Where Alembic enters: it hands us its context, and finds our connection in it."""

from alembic import context

from models.migrations import configure

if __name__ == "env_py":  # the name under which Alembic loads this file; else nothing happens
    configure(context)  # type: ignore[arg-type]  # a module that stands for the object
    with context.begin_transaction():
        context.run_migrations()
