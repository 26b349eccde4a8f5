from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbYamlInClassicFile(ProblemRule):
    """The file holds YAML, but Fluent Bit will read it as its classic format.

    ## Why it matters
    Fluent Bit goes by the name of a file: only `.yaml` and `.yml` are YAML, all others are in the
    classic format. A pipeline in YAML below another name stops the start at its first line.

    ## Example
    ```conf bad
    pipeline:
      outputs:
        - name: stdout
          match: '*'
    ```
    ```conf fixed
    [OUTPUT]
        Name stdout
        Match *
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/yaml
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
    """

    code = "FLB107"
    name = "flb-yaml-in-classic-file"
    severity = "error"
