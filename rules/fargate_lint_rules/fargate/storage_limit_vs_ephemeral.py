from __future__ import annotations

from fargate_lint.launch.values import size
from fargate_lint.lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fargate_lint.launch import Launch
    from fargate_lint.launch.sections import Entry

#: Options of outputs that bound what Fluent Bit keeps on disk.
LIMITS = ("storage.total_limit_size", "store_dir_limit_size")
DEFAULT = 20
GIB = 1024**3


class StorageLimitVsEphemeral(Rule):
    """Fluent Bit may keep more on disk than the task has disk.

    ## Why it matters
    With file system storage Fluent Bit writes what it can't deliver yet to files, up to
    `storage.total_limit_size` for each output; the `s3` output buffers in `store_dir` up to
    `store_dir_limit_size`. On Fargate these files are on the task's ephemeral storage, 20 GiB
    unless the definition asks for more, which images and applications use as well. When it is full
    nothing can be written any more, by any container of the task.

    ## Example
    ```json bad base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "storage.total_limit_size": "50G"}}}]}
    ```
    ```json fixed base=cloudwatch
    {"containerDefinitions": [{"name": "web", "logConfiguration": {"options": {
      "storage.total_limit_size": "5G"}}}]}
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/buffering-and-storage
    - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html
    """

    code = "FGT302"
    name = "storage-limit-vs-ephemeral"
    severity = "warning"
    places_are_one = True

    def check_launch(self, launch: Launch) -> None:
        task = launch.task
        if task.fargate is not True:
            return
        found: list[tuple[Entry, int]] = []
        for output in launch.outputs:
            for key in LIMITS:
                entry = output.section.first(key)
                amount = size(entry.value, launch.version) if entry and isinstance(entry.value, str) else None  # fmt: skip
                if entry is not None and amount:
                    found.append((entry, amount))
        if not found:
            return
        storage = task.number("ephemeralStorage", "sizeInGiB")
        if storage is not None and not isinstance(storage, int):
            return
        disk = (storage or DEFAULT) * GIB
        total = sum(amount for _, amount in found)
        if total > disk:
            entry = found[0][0]
            what = (
                f"`{entry.key}` of {entry.value}"
                if len(found) == 1
                else "the limits of all outputs"
            )
            self.report(
                launch.spot(entry),
                f"{what} may fill more than the {disk // GIB} GiB of disk that the task has",
                related=[(launch.spot(other), (), "and this one") for other, _ in found[1:]],
                help=f"write less, or raise ephemeralStorage.sizeInGiB (to 200) above {total // GIB} GiB",
            )
