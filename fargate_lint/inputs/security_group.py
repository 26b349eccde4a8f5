"""Security groups in a document: who may reach what, and what may be reached."""

from __future__ import annotations

from fargate_lint.source.unknown import Unknown, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from fargate_lint.source.document import Document, Path

# https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml
PROTOCOLS = {"-1": "all", "6": "tcp", "17": "udp"}
#: Lists of peers in a permission: the member of each that names it, and its kind.
PEERS = {
    "IpRanges": ("CidrIp", "ipv4"),
    "Ipv6Ranges": ("CidrIpv6", "ipv6"),
    "PrefixListIds": ("PrefixListId", "prefix list"),
    "UserIdGroupPairs": ("GroupId", "group"),
}
#: The same for `describe-security-group-rules`, which has one rule for each peer.
RULE_PEERS = (("CidrIpv4", "ipv4"), ("CidrIpv6", "ipv6"), ("PrefixListId", "prefix list"))


class Permit:
    """A rule of a group, for one peer.

    `kind` is `ipv4`, `ipv6`, `prefix list`, `group`, or `self` for the group itself. `protocol` is
    `tcp`, `udp`, `all` or a number, `ports` the first and the last, None for all. What isn't known
    of these is taken for all, and then the permit isn't `sure`.
    """

    __slots__ = ("egress", "kind", "path", "peer", "ports", "protocol", "sure")

    def __init__(self, kind: str, peer: object, rule: dict[str, Any], path: Path) -> None:
        self.kind = kind
        self.peer = text_of(peer)
        self.protocol, self.ports, known = _range(rule)
        self.sure = known and isinstance(peer, str)
        self.path = path
        self.egress = False

    def reaches(self, protocol: str, port: int) -> bool:
        """Whether the permit holds for a port of a protocol."""
        return self.protocol in {"all", protocol} and (
            self.ports is None or self.ports[0] <= port <= self.ports[1]
        )


class SecurityGroup:
    """A security group. `permits` are those in the file; `id` is "" when it has none.

    `egress` says that the file shows what the group lets out.
    """

    __slots__ = ("document", "egress", "id", "path", "permits")

    def __init__(self, document: Document, path: Path, name: str, permits: list[Permit]) -> None:
        self.document = document
        self.path = path
        self.id = name
        self.permits = permits
        self.egress = any(permit.egress for permit in permits)

    def reaching(self, port: int, *, egress: bool = False, sure: bool = True) -> list[Permit]:
        """The permits for a port, TCP or UDP, of peers from outside or, with `egress`, to them.

        Without `sure`, also those that may be for it.
        """
        return [
            permit
            for permit in self.permits
            if permit.egress == egress
            and (permit.sure or not sure)
            and any(permit.reaches(protocol, port) for protocol in ("tcp", "udp"))
        ]


def security_groups(document: Document) -> list[SecurityGroup]:
    """The security groups of a document, in order.

    Read are the output of `describe-security-groups` and of `describe-security-group-rules`, and
    one group or a list of them.
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html
    """
    value = document.value
    path: Path = ()
    if isinstance(value, dict) and isinstance(value.get("SecurityGroupRules"), list):
        return _from_rules(document, value["SecurityGroupRules"])
    if isinstance(value, dict) and isinstance(value.get("SecurityGroups"), list):
        value, path = value["SecurityGroups"], ("SecurityGroups",)
    items: Iterable[tuple[Path, Any]] = [(path, value)]
    if isinstance(value, list):
        items = [((*path, index), item) for index, item in enumerate(value)]
    found = []
    for at, item in items:
        if isinstance(item, dict) and ("IpPermissions" in item or "IpPermissionsEgress" in item):
            permits = list(_permits(item, at))
            group = SecurityGroup(document, at, text_of(item.get("GroupId")), permits)
            group.egress = isinstance(item.get("IpPermissionsEgress"), list)
            found.append(group)
    return found


def _permits(group: dict[str, Any], path: Path) -> Iterator[Permit]:
    own = text_of(group.get("GroupId"))
    for member in ("IpPermissions", "IpPermissionsEgress"):
        for at, item in _objects(group.get(member), (*path, member)):
            for key, (name, kind) in PEERS.items():
                for where, peer in _objects(item.get(key), (*at, key)):
                    found = Permit(kind, peer.get(name), item, where)
                    found.egress = member == "IpPermissionsEgress"
                    yield _own(found, own)


def _own(permit: Permit, group: str) -> Permit:
    """A permit, of kind `self` when it is the group's own."""
    if permit.kind == "group" and permit.peer == group:
        permit.kind = "self"
    return permit


def _from_rules(document: Document, rules: list[Any]) -> list[SecurityGroup]:
    groups: dict[str, SecurityGroup] = {}
    for path, item in _objects(rules, ("SecurityGroupRules",)):
        own = text_of(item.get("GroupId"))
        group = groups.setdefault(own, SecurityGroup(document, path, own, []))
        peers = [(kind, item[key]) for key, kind in RULE_PEERS if item.get(key)]
        referenced = item.get("ReferencedGroupInfo")
        if isinstance(referenced, dict):
            peers.append(("group", referenced.get("GroupId")))
        for kind, peer in peers:
            found = Permit(kind, peer, item, path)
            found.egress = item.get("IsEgress") is True
            found.sure = found.sure and isinstance(item.get("IsEgress"), bool)
            group.permits.append(_own(found, own))
            group.egress = group.egress or found.egress
    return list(groups.values())


def _objects(value: object, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield (*path, index), item


def _range(item: dict[str, Any]) -> tuple[str, tuple[int, int] | None, bool]:
    """Protocol and ports of a rule, and whether they are known."""
    written = item.get("IpProtocol")
    text = str(written).lower() if isinstance(written, (str, int)) else ""
    protocol = PROTOCOLS.get(text, text)
    if not protocol:
        return "all", None, False
    first, last = _port(item.get("FromPort")), _port(item.get("ToPort"))
    if protocol == "all" or first == -1 or (first is None and last is None):
        return protocol, None, True
    if isinstance(first, int) and isinstance(last, int):
        return protocol, (first, last), True
    return protocol, None, False


def _port(value: object) -> int | Unknown | None:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 5:
        return int(value)
    return value if value is None or isinstance(value, int) else Unknown()
