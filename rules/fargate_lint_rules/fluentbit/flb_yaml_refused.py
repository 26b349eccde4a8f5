from __future__ import annotations

from fargate_lint_rules.fluentbit._problems import ProblemRule


class FlbYamlRefused(ProblemRule):
    """Fluent Bit can't read this configuration in YAML.

    ## Why it matters
    Fluent Bit 1.9, which AWS's images of the 2.x line have, reads another YAML than newer versions:
    there the name of a plugin is the key of a map with its options. A file for newer versions ends
    its start with `YAML error found in file`.

    ## Example
    ```yaml bad base=none fluent-bit=1.9.10
    pipeline:
      outputs:
        - name: stdout
          match: '*'
    ```
    ```yaml fixed base=none
    pipeline:
      outputs:
        - name: stdout
          match: '*'
    ```

    ## References
    - https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/yaml
    """

    code = "FLB108"
    name = "flb-yaml-refused"
    severity = "error"
