"""At which addresses other machines in the room can reach this one."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import struct
import sys
from dataclasses import dataclass
from typing import Literal

from sim.errors import Phrase

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

Kind = Literal["lan", "public", "virtual", "alone"]
_RANK: dict[Kind, int] = {"lan": 0, "public": 1, "virtual": 2, "alone": 3}
# Interfaces that lead to programs on this machine, or into a tunnel, and to no phone.
_VIRTUAL = re.compile(
    r"docker|veth|br-|virbr|vmnet|vboxnet|vethernet|utun|tun|tap|wg|zt|tailscale|cni|flannel|podman"
)
# Nothing is sent there: the system only says from which address it would be.
_FAR_AWAY = ("192.168.255.254", "10.255.255.254", "172.31.255.254", "203.0.113.1")
# Addresses given out by tunnels and by whole providers.
_SHARED = ipaddress.ip_network("100.64.0.0/10")
_SIOCGIFADDR = 0xC0206921 if sys.platform == "darwin" else 0x8915
_PATIENCE_SECONDS = 3.0


@dataclass(frozen=True)
class Address:
    """An IPv4 address of this machine.

    interface  what the system calls the card, "" where it does not say
    kind       "lan": a private network, as in a classroom; "public"; "virtual": to programs on
               this machine or into a tunnel; "alone": no network at all
    """

    ip: str
    interface: str = ""
    kind: Kind = "lan"


def addresses() -> list[Address]:
    """All of this machine, the one to offer first; at least the one without a network."""
    found = dict(_by_interface())
    on_the_way = _on_the_way()
    for ip in [*on_the_way, *_by_name()]:
        found.setdefault(ip, "")
    known = [Address(ip, interface, _kind(ip, interface)) for ip, interface in found.items()]
    known = [address for address in known if address.kind != "alone"]
    known.sort(key=lambda each: (_RANK[each.kind], each.ip not in on_the_way, _order(each.ip)))
    return known or [Address("127.0.0.1", "", "alone")]


def to_choose_from(known: list[Address]) -> list[Address]:
    """Those between which only the instructor can decide: more than one where it is not plain."""
    best = known[0].kind
    return [address for address in known if address.kind == best]


def is_near(address: str) -> bool:
    """Whether somebody with this address sits at this machine."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    parsed = mapped or parsed
    return parsed.is_loopback or str(parsed) in {each.ip for each in addresses()}


def answers(ip: str, port: int) -> bool:
    """Whether our own server answers there. It cannot show what a firewall keeps from others."""
    connection = http.client.HTTPConnection(ip, port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def firewall_advice(port: int, platform: str = sys.platform) -> Phrase:
    """What to do when phones cannot open the page, for this operating system."""
    system = {"win32": "windows", "darwin": "mac"}.get(platform, "linux")
    return Phrase(f"classroom.firewall.{system}", port=port)


def _kind(ip: str, interface: str) -> Kind:
    parsed = ipaddress.ip_address(ip)
    if parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified:
        return "alone"
    if _VIRTUAL.match(interface.lower()) or parsed in _SHARED:
        return "virtual"
    return "lan" if parsed.is_private else "public"


def _order(ip: str) -> tuple[int, str]:
    """Homes, schools and hotspots use 192.168, larger networks 10, and programs 172.16 to 31."""
    first = {"192": 0, "10": 1, "172": 2}.get(ip.partition(".")[0], 3)
    return first, ip


def _on_the_way() -> list[str]:
    """The addresses from which something to private networks, and to anywhere, would be sent."""
    found: list[str] = []
    for target in _FAR_AWAY:
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            way.connect((target, 9))
            ip = way.getsockname()[0]
            if ip not in found:
                found.append(ip)
    return found


def _by_name() -> list[str]:
    """The addresses under this machine's own name; on Windows these are all."""
    with contextlib.suppress(OSError):
        return socket.gethostbyname_ex(socket.gethostname())[2]
    return []


def _by_interface() -> dict[str, str]:
    """Addresses with the names of their cards, where the system tells."""
    found: dict[str, str] = {}
    if fcntl is None:
        return found
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            wish = struct.pack("256s", name.encode()[:15])
            with contextlib.suppress(OSError):
                answer = fcntl.ioctl(asked.fileno(), _SIOCGIFADDR, wish)
                found[socket.inet_ntoa(answer[20:24])] = name
    return found
