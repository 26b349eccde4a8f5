from __future__ import annotations

from fargate_lint.launch import Spot
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import Unknown, text_of
from fargate_lint_rules.ecs._shape import clip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch

#: What Fluent Bit does instead of running, by the kind of end that its words bring about.
INSTEAD = {
    "version": "prints its version",
    "help": "prints its options",
    "schema": "prints what it knows about its plugins",
    "plugin-help": "prints the options of a plugin",
}
#: Letters of these flags, and the beginnings of their long forms, which may be shortened.
SHORT = frozenset("hVDdJ")
LONG = frozenset({"he", "ve", "dr", "da", "sc", "h", "v", "d", "s"})
DRY_RUN = frozenset({"-D", "--dry-run"})
DAEMON = frozenset({"-d", "--daemon"})


class CommandOneshotFlag(Rule):
    """A word of the router's command makes Fluent Bit print something and end.

    ## Why it matters
    `-h` (help), `-V` (version) and `-D` (dry run) are for people at a terminal: Fluent Bit answers
    and ends with status 0. In a task that is a log router which stops as soon as it has started;
    if it is essential the task ends with it, again and again, with `Essential container in task
    exited` and exit code 0. In the background (`-d`) the first process ends as well, and a
    container lives no longer than that. A lower-case `-v` (more output) was often meant.

    ## Example
    ```json bad base=firelens
    {"containerDefinitions": [{"name": "log_router",
      "command": ["/fluent-bit/bin/fluent-bit", "-c", "/fluent-bit/etc/fluent-bit.conf", "-V"]}]}
    ```
    ```json fixed base=firelens
    {"containerDefinitions": [{"name": "log_router",
      "command": ["/fluent-bit/bin/fluent-bit", "-c", "/fluent-bit/etc/fluent-bit.conf", "-v"]}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "ECS602"
    name = "command-oneshot-flag"
    severity = "error"
    members = ("command",)

    def check_launch(self, launch: Launch) -> None:
        router = launch.router
        if router is None or launch.fluentd or not any(map(_may_be, router.words("command"))):
            return
        if not launch.argv:
            return
        line = launch.line
        if line.ending is not None:
            kind, _, index = line.ending
            if kind in INSTEAD:
                self._report(launch, index, INSTEAD[kind])
        elif line.dry_run:
            self._report(launch, _index(launch, DRY_RUN, "D"), "only checks its configuration")
        elif line.daemon:
            self._report(launch, _index(launch, DAEMON, "d"), "goes to the background")

    def _report(self, launch: Launch, index: int, does: str) -> None:
        origin = launch.word_origin(index)
        router = launch.router
        if router is None or origin is None or origin.path is None:
            return
        word = text_of(launch.argv[index + 1][0])
        self.report(
            Spot(launch.lens, origin.path),
            f"because of `{clip(word)}` Fluent Bit {does} and ends: `{router.title}` exits with 0",
            help='remove it, or write "-v" for more output' if word == "-V" else "remove it",
        )


def _may_be(word: str | Unknown) -> bool:
    """A quick look at a word: False only when it is no such flag."""
    if not isinstance(word, str) or word[:1] != "-":
        return False
    if word[1:2] == "-":
        return word[2:4] in LONG
    return not SHORT.isdisjoint(word)


def _index(launch: Launch, words: frozenset[str], letter: str) -> int:
    """The index of the first word that is an option, alone or among short ones (`-qD`)."""
    for index, (word, _) in enumerate(launch.argv[1:]):
        text = text_of(word)
        if text in words or (text[:1] == "-" and text[1:2] != "-" and letter in text[1:]):
            return index
    return 0
