"""The output of the definition that a line of a log is about."""

from __future__ import annotations

import re

from fargate_lint.diagnose import answers, exits, speakers
from fargate_lint.launch import routing
from fargate_lint.launch.sidecars import LOCAL, SYSLOG_PORT
from fargate_lint.source.patterns import lazily
from fargate_lint.source.unknown import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.diagnose.case import Case
    from fargate_lint.diagnose.delivery import Delivery
    from fargate_lint.diagnose.evidence import Evidence
    from fargate_lint.diagnose.tally import Sighting
    from fargate_lint.launch.sections import Section

#: Plug-ins whose default host is 127.0.0.1.
# https://docs.fluentbit.io/manual/data-pipeline/outputs
LOCAL_BY_DEFAULT = frozenset({
    "es", "forward", "gelf", "http", "influxdb", "loki", "opensearch", "opentelemetry",
    "prometheus_remote_write", "splunk", "tcp",
})  # fmt: skip
#: Beginning of the address that containers get credentials from.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
CREDENTIALS_ADDRESS = "169.254.170."
#: c-ares: ARES_ETIMEOUT. https://c-ares.org/docs/ares_strerror.html
DNS_TIMEOUT = "12"
ROUTER_LINE = lazily(
    r"\[(?:output|input|filter|aws_client|aws_credentials|signv4|FluentBit Init)|API responded"
    r"|\[(?:cloudwatch|firehose|kinesis) \d+\]|#<Aws|Raw \w+ response"
    r"|level=(?:error|warning|fatal) (?:caller=|msg=\S?\"(?:\[|.{1,400}status code: \d))"
)
HOST_AND_PORT = lazily(r"(?:\w+://)?(?P<host>[^\s:/]+):(?P<port>\d{1,5})")


#: Roles of lines that may be the body of a line of the router, without its head.
BODY_ROLES = frozenset({"answer", "code", "crash"})
# The beginning of an answer's body, or of what shells and debuggers print of a crash.
ANSWER_BODY = lazily(r"""\s*[{\["<}]|\s+\w|[\w/.-]+: (?:line \d+: )?|#\d""")


class Destinations:
    """Matches names of instances in a log with outputs of the definitions.

    `general` is the state of all deliveries but the agent's, `failing` says whether any fails.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._sections: dict[str, Section] = {}
        for launch in case.launches:
            pipeline = launch.pipeline
            outputs = pipeline.outputs if pipeline is not None else []
            for name, section in zip(routing.instance_names(outputs), outputs, strict=True):
                self._sections.setdefault(name.lower(), section)
                alias = section.first("Alias")
                if alias is not None:
                    self._sections.setdefault(text_of(alias.value), section)
        deliveries = case.tally.deliveries.outputs.values()
        others = [one.state for one in deliveries if not self.agent(one)]
        self.failing = any(one.state == "failing" for one in deliveries)
        self.general = "failing"
        if others and "failing" not in others and "lost" in others:
            self.general = "lost"
        elif "healed" in others and "failing" not in others:
            self.general = "healed"

    def section(self, delivery: Delivery) -> Section | None:
        """The section of the configuration that made an instance, None if it is not known."""
        found = self._sections.get(delivery.name)
        if found is None:
            same = [
                section
                for name, section in self._sections.items()
                if name.rpartition(".")[0] == delivery.plugin
            ]
            found = same[0] if len(same) == 1 else None
        return found

    def agent(self, delivery: Delivery) -> bool:
        """Whether an output is the copy to the agent's collector."""
        if delivery.plugin != "syslog":
            section = self.section(delivery)
            name = section.first("Name") if section is not None else None
            if section is None or name is None or text_of(name.value).lower() != "syslog":
                return False
        section = self.section(delivery)
        host = section.first("Host") if section is not None else None
        local = host is None or text_of(host.value) in LOCAL
        address = HOST_AND_PORT.fullmatch(delivery.address)
        if address is not None:
            return address["host"] in LOCAL
        return local

    def covered_by_output(self, delivery: Delivery | None, cause: str) -> bool:
        """Whether a refused connection is the agent's, for which the clue of its output stands."""
        if delivery is not None:
            return self.agent(delivery)
        outputs = self._case.tally.deliveries.outputs.values()
        return cause == "al-agent-collector-unavailable" and any(map(self.agent, outputs))

    @property
    def agent_ended(self) -> bool:
        """Whether the agent ended before the other containers, or is not in the task."""
        case = self._case
        for state in case.states:
            for one in state.containers:
                gone = one.exit is not None or one.status == "STOPPED"
                early = state.running if one.exit in exits.ORDERLY else gone
                if case.role(one) == "agent" and gone and early:
                    return True
        return any(
            launch.sidecars.agent is None and launch.sidecars.certain for launch in case.launches
        )

    def delivery(self, sighting: Sighting) -> Delivery | None:
        """The delivery that a line is about, None if it is not known."""
        outputs = self._case.tally.deliveries.outputs
        groups = sighting.groups
        found = outputs.get(groups.get("name", "") or groups.get("old", ""))
        if found is None:
            match = re.search(r"\[output:[\w-]+:([^\]]+)\]", sighting.lines[0].text)
            found = outputs.get(match[1]) if match else None
        if found is None:
            match = re.search(r"\[(cloudwatch|firehose|kinesis) \d+\]", sighting.lines[0].text)
            for name, one in outputs.items() if match else ():
                if match is not None and name.startswith(f"{match[1]}."):
                    return one
        return found

    def of_router(self, text: str) -> bool:
        """Whether a line is the router's rather than that of an application that uses AWS."""
        return ROUTER_LINE.search(text) is not None

    def foreign(self, sighting: Sighting) -> bool:
        """Whether a line that any program may print is not the router's.

        It is not when the router prints to other streams, or heads its lines in this one.
        """
        line, one = sighting.lines[0], sighting.signature
        if not one.anyone or speakers.of_router(line.text):
            return False
        streams = self._case.tally.streams
        if not any("router" in found for found in streams.values()):
            return False
        if "router" not in streams.get(line.stream or line.file, ()):
            return True
        # In a file without streams several containers may speak.
        return not line.stream and (one.role not in BODY_ROLES or not ANSWER_BODY.match(line.text))

    def unsigned(self, sighting: Sighting) -> bool:
        """Whether a line that any program may print has no known speaker: no line is the router's.

        It may be an application's, about services of its own.
        """
        streams = self._case.tally.streams
        return (
            sighting.signature.anyone
            and not speakers.of_router(sighting.lines[0].text)
            and not any("router" in one for one in streams.values())
        )

    def unreachable(self, sighting: Sighting) -> str:
        """The cause that a failed connection points to."""
        name, groups = sighting.signature.id, sighting.groups
        if sighting.signature.cause == "tls-failure":
            return "tls-failure"
        address = groups.get("addr") or groups.get("old") or groups.get("host") or ""
        amazon = ".amazonaws.com" in address
        if CREDENTIALS_ADDRESS in sighting.lines[0].text:
            return "no-aws-credentials"
        if name == "dns":
            if groups.get("err") == DNS_TIMEOUT:
                return "dns-resolver-timeout"
            connects = self._case.tally.named("aws-connect")
            return "aws-endpoint-unreachable" if amazon and connects else sighting.signature.cause
        if amazon:
            return "aws-endpoint-unreachable"
        delivery = self.delivery(sighting)
        if delivery is not None:
            if delivery.plugin.startswith(answers.AWS_PLUGINS):
                return "aws-endpoint-unreachable"
            if not self.agent(delivery) and self.defaults(delivery):
                return "output-default-host"
        match = HOST_AND_PORT.match(address)
        if match is not None and match["host"] in LOCAL and name != "aws-connect":
            agents = match["port"] == str(SYSLOG_PORT)
            return "al-agent-collector-unavailable" if agents else "output-default-host"
        return sighting.signature.cause

    def defaults(self, delivery: Delivery) -> bool:
        """Whether an output uses its default host."""
        section = self.section(delivery)
        if section is None:
            return False
        given = any(section.first(key) is not None for key in ("Host", "Upstream"))
        return not given and delivery.plugin in LOCAL_BY_DEFAULT

    def explained(self, delivery: Delivery) -> bool:
        """Whether some line names a reason for an output's failures."""
        if delivery.reasons:
            return True
        go = self._case.tally.deliveries.outputs.get(delivery.plugin)
        if go is not None and go is not delivery and go.reasons:
            return True
        return bool(self._case.tally.all("running", "code")) or any(
            self.delivery(one) is None for one in self._case.tally.all("network", "answer")
        )

    def lines(self, delivery: Delivery) -> list[Evidence]:
        """The first lines about an output's failures, the reason first."""
        found = []
        for sighting in self._case.tally.all("network", "retry", "lost"):
            groups = sighting.groups
            if delivery.name in {groups.get("name"), groups.get("output"), groups.get("old")}:
                found.append(self._case.of_line(sighting.lines[0]))
        return found[:2]

    def lost(self, delivery: Delivery) -> list[Evidence]:
        """The first line about a chunk that was given up."""
        return [
            self._case.of_line(sighting.lines[0])
            for sighting in self._case.tally.all("lost")
            if sighting.groups.get("output") == delivery.name
        ][:1]
