"""The bounds of a process that opens hostile files: memory, processor time, and no network."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from enum import StrEnum

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000  # linux/sched.h
_PR_SET_NO_NEW_PRIVS = 38  # linux/prctl.h
_LANDLOCK_CREATE_RULESET, _LANDLOCK_RESTRICT_SELF = 444, 446  # the same number on every architecture
_LANDLOCK_VERSION = 1
_LANDLOCK_NET_ABI = 4  # Linux 6.7
_LANDLOCK_BIND_TCP, _LANDLOCK_CONNECT_TCP = 1, 2
_LARGEST_FILE = 1 << 30  # bytes a page may leave in its temporary folder, a file


class NetworkGuard(StrEnum):
    """What keeps a reading process off the network, the strongest first."""

    NAMESPACE = "namespace"  # it has a network of its own, with nobody in it
    LANDLOCK = "landlock"  # the kernel refuses it TCP
    HOOK = "hook"  # Python refuses; a library that speaks to the kernel itself is not held


_libc = ctypes.CDLL(None, use_errno=True)


def without_network() -> NetworkGuard:
    """Takes the network from this process and all it starts, for good; how well comes back.

    To be called while the process has one thread: a namespace of users is not given to more.
    """
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    user, group = os.getuid(), os.getgid()
    if _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        _keep_names(user, group)
        return NetworkGuard.NAMESPACE
    if _libc.unshare(_CLONE_NEWNET) == 0:
        return NetworkGuard.NAMESPACE
    if _landlocked():
        return NetworkGuard.LANDLOCK
    sys.addaudithook(_refuse_sockets)
    return NetworkGuard.HOOK


def _keep_names(user: int, group: int) -> None:
    """In the new namespace the process is who it was; without this it would be nobody."""
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        try:
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
        except OSError:  # being nobody is no harm: the files it may read are told by the outer ids
            return


class _Ruleset(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64))


def _landlocked() -> bool:
    if _libc.syscall(_LANDLOCK_CREATE_RULESET, None, 0, _LANDLOCK_VERSION) < _LANDLOCK_NET_ABI:
        return False
    rules = _Ruleset(0, _LANDLOCK_BIND_TCP | _LANDLOCK_CONNECT_TCP)
    ruleset = _libc.syscall(_LANDLOCK_CREATE_RULESET, ctypes.byref(rules), ctypes.sizeof(rules), 0)
    if ruleset < 0:
        return False
    done = _libc.syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    return bool(done == 0)


def _refuse_sockets(event: str, arguments: Sequence[object]) -> None:
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"):
        raise PermissionError("no network here")


def guard_here() -> NetworkGuard:
    """Which guard this machine gives, found out in a process made for it."""
    code = "from digitize.isolation import without_network; print(without_network().value)"
    command = [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return NetworkGuard(told.stdout.strip())


def bound_memory(mib: int) -> None:
    """From now on this process, and each it starts, asks the kernel for `mib` of address space at most."""
    limit = mib << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would be a picture of the page


def allow_processor(seconds: float) -> None:
    """Grants so many more seconds of processor time; a process that takes more is ended by the kernel."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 1
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, most))
