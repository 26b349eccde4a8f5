"""Which programs well-known images have for a health check, as of 2026-11-23.

AWS for Fluent Bit: the packages that Dockerfile.main-release (2.x) and Dockerfile.deps-al2023
(3.x) of https://github.com/aws/aws-for-fluent-bit install. Fluent Bit's own image and those of
https://github.com/GoogleContainerTools/distroless have no shell outside of their debug tags
(https://github.com/fluent/fluent-bit-docker-image/issues/34).
Maintained by hand: there is no machine-readable source.
"""

from __future__ import annotations

DATE = "2026-11-23"

#: Registry → beginnings of repositories whose images have no shell; beside Fluent Bit's own.
WITHOUT_SHELL = {"gcr.io": ("distroless/",)}
#: Programs that health checks call and that images without a shell don't have either.
COMMON = frozenset({"ash", "bash", "curl", "nc", "netcat", "ncat", "sh", "wget"})
#: The lowest version of Fluent Bit in the images 3.x.
AWS_3_FLUENT_BIT = (3,)
#: Programs that 2.x installs and 3.x doesn't.
NOT_IN_AWS_3 = frozenset({"nc", "netcat", "ncat"})
