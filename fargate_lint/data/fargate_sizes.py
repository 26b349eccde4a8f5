"""The task sizes that Fargate offers: CPU units to MiB of memory, as of 2026-11-23.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html, and for
32 vCPU https://github.com/aws-cloudformation/cfn-lint/pull/4668 (three sizes, not a range).
Maintained by hand: the API's model names no sizes.
"""

from __future__ import annotations

DATE = "2026-11-23"

#: 77 sizes. 8192 CPU units and more need platform version 1.4.0.
LINUX = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4096 + 1, 1024)),
    1024: tuple(range(2048, 8192 + 1, 1024)),
    2048: tuple(range(4096, 16384 + 1, 1024)),
    4096: tuple(range(8192, 30720 + 1, 1024)),
    8192: tuple(range(16384, 61440 + 1, 4096)),
    16384: tuple(range(32768, 122880 + 1, 8192)),
    32768: (61440, 122880, 249856),
}
#: 43 sizes.
WINDOWS = {cpu: LINUX[cpu] for cpu in (1024, 2048, 4096)}
