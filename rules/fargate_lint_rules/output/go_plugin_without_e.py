from __future__ import annotations

from fargate_lint.data.images import GO_PLUGINS
from fargate_lint.lint.fix import Fix
from fargate_lint.lint.rule import Rule
from fargate_lint.source.unknown import text_of
from fargate_lint_rules.output.e_path_unknown import LOADED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch, Spot


class GoPluginWithoutE(Rule):
    """An output uses one of AWS's Go plug-ins, but Fluent Bit is not told to load it with `-e`.

    ## Why it matters
    `cloudwatch`, `firehose` and `kinesis` are shared objects beside Fluent Bit. The image's own
    start script loads all three; the launcher takes its place, and loads only what stands behind
    `-e`. Without it Fluent Bit stops with `tried to instance a plugin name that doesn't exist` and
    exit status 1, and the task stops with it.

    ## Example
    ```json bad base=agent
    {"taskRoleArn": "arn:aws:iam::111122223333:role/shop-task",
     "containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
       "Name": "cloudwatch", "region": "us-east-1", "log_group_name": "/shop/web",
       "log_stream_prefix": "web/", "log_key": "log"}}}]}
    ```
    ```json good base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {"Name": "cloudwatch"}}}]}
    ```

    ## References
    - https://github.com/aws/aws-for-fluent-bit/blob/mainline/README.md
    - https://github.com/alertlogic/al-agent-container/tree/master/fargate
    """

    code = "OUT101"
    name = "go-plugin-without-e"
    severity = "error"
    fixable = "safe"
    outranks = ("plugin-name-unknown",)

    def check_launch(self, launch: Launch) -> None:
        if launch.arguments is None or launch.router is None or not launch.arguments.certain:
            return
        if launch.sidecars.router_image.kind == "upstream":
            return
        loaded = {text_of(word).rpartition("/")[2] for _, word in launch.plugins_loaded()}
        users: dict[str, list[Spot]] = {}
        for output in launch.outputs:
            if output.plugin in GO_PLUGINS and f"{output.plugin}.so" not in loaded:
                spot = launch.spot(output.section.first("Name") or output.section)
                users.setdefault(output.plugin, []).append(spot)
        dashes = launch.arguments.dashes
        at = launch.word(dashes) if dashes is not None else ("command",)
        for plugin, spots in users.items():
            path = f"/fluent-bit/{plugin}.so"
            self.report(
                spots[0],
                f"`{plugin}` is not loaded: the command has no `-e {path}`",
                related=[(launch.router, at, "after this")],
                help=f'add "-e", "{path}" after `--` in the command of `{launch.router.name}`',
                subject=[LOADED, *(spot.path for spot in spots)],
                data=(plugin,),
                fix=_loaded(launch, path),
            )


def _loaded(launch: Launch, path: str) -> Fix | None:
    """The fix that has Fluent Bit load a plug-in."""
    router, arguments = launch.router, launch.arguments
    at = launch.word(arguments.dashes) if arguments and arguments.dashes is not None else ()
    if router is None or len(at) != 2 or not isinstance(at[1], int) or router.get(*at) != "--":
        return None
    return Fix(f'insert "-e", "{path}"').insert(router, (at[0], at[1] + 1), "-e", path)
