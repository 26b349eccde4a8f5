from __future__ import annotations

from fargate_lint_rules.document._faults import FaultRule


class YamlSyntax(FaultRule):
    """The text is not YAML.

    ## Why it matters
    A YAML file with one wrong indentation can't be read at all, or means something else. Tabs are
    not allowed for indentation, a colon with a blank inside a value needs quotes, and `*`, `&`,
    `@`, `%` can't begin a value.

    ## Example
    ```yaml bad base=none
    family: shop
    containerDefinitions:
      - name: web
       image: web:1.4.2
    ```
    ```yaml fixed base=none
    family: shop
    containerDefinitions:
      - name: web
        image: web:1.4.2
    ```

    ## References
    - https://yaml.org/spec/1.2.2/
    """

    code = "DOC106"
    name = "yaml-syntax"
    severity = "error"
