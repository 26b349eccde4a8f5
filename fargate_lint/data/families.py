"""The families of rules: the letters of their codes, where their files are, what they are about."""

from __future__ import annotations

#: Letters → folder of `fargate_lint_rules`, title. In the order in which a task comes to life.
FAMILIES = {
    "DOC": ("document", "Reading the file"),
    "ECS": ("ecs", "What ECS refuses or ignores"),
    "FGT": ("fargate", "Fargate's limits"),
    "IMG": ("image", "Images"),
    "IAM": ("iam", "Roles"),
    "NET": ("network", "Ports and reachability"),
    "AGT": ("agent", "The Alert Logic agent"),
    "FLN": ("firelens", "FireLens"),
    "LCH": ("launcher", "The launcher, `fluent-launch`"),
    "FLB": ("fluentbit", "The final Fluent Bit configuration"),
    "OUT": ("output", "Destinations"),
    "SEC": ("secrets", "Secrets"),
    "RUN": ("runtime", "Evidence of a run"),
    "CFG": ("configuration", "Our own configuration"),
}
