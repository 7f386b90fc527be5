"""What stands before several servers: passes each connection to one that takes it.

`python -m tests.deployments.gateway PORT SERVER_PORT...`: a stand-in for the gateway of the
compose file, which cannot run without a container. It knows of a dead server by the refused
connection; open connections die with their server.
"""

import asyncio
import sys
from contextlib import suppress
from itertools import count

HOST = "127.0.0.1"


async def serve(port: int, servers: list[int]) -> None:
    """Passes on until it is killed."""
    turns = count()

    async def passed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        turn = next(turns)
        for number in range(len(servers)):
            with suppress(OSError):
                to = servers[(turn + number) % len(servers)]
                there, back = await asyncio.open_connection(HOST, to)
                await asyncio.gather(_copy(reader, back), _copy(there, writer))
                return
        writer.close()

    async with await asyncio.start_server(passed, HOST, port) as server:
        await server.serve_forever()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    with suppress(OSError):
        writer.close()


if __name__ == "__main__":
    own, *others = (int(word) for word in sys.argv[1:])
    asyncio.run(serve(own, others))
