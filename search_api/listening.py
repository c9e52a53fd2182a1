"""The port of the service, light enough to be tried before anything heavy is loaded."""

from __future__ import annotations

import errno
import socket

from graph.generations import Problem


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; Problem, in one line, when the address cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except UnicodeError:
        raise Problem(f"expected a host name or an address, got {host}") from None
    except OverflowError:
        raise Problem(f"expected a port from 0 to 65535, got {port}") from None
    except OSError as error:
        why = "the port is in use: name another with --port" if error.errno == errno.EADDRINUSE else error.strerror
        raise Problem(f"cannot serve on {host} port {port}: {why}") from error
    listener.set_inheritable(True)
    return listener
