from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import build
from tests.build import container

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]

AWS = "public.ecr.aws/aws-observability/aws-for-fluent-bit"
ECR = "111122223333.dkr.ecr.us-east-1.amazonaws.com"
DIGEST = "sha256:" + "0123456789abcdef" * 4


def task(image: Any, **members: Any) -> dict[str, Any]:
    return build.task(container(image=image, **members))


# image-reference-invalid


@pytest.mark.parametrize(
    "image",
    [
        "nginx", "nginx:1.27", "library/nginx:latest", f"{ECR}/shop/web:1.4.2",
        f"{ECR}/web@{DIGEST}", f"{ECR}/web:1.4.2@{DIGEST}", "localhost:5000/web",
        "registry.example.com:5000/a/b/c:v1",
        "REGISTRY.example.com/web", "a__b/c-d.e_f:V1.2_x", "${image}", "<IMAGE>", "{{ image }}",
        "IMAGE_NAME", "IMAGE:TAG", "web:TAG_HERE", f"{ECR}/REPOSITORY:TAG", f"{ECR}/web@DIGEST",
        "your image here", "the registry/image", "my image", "[image]", "", None, 7,
    ],
)  # fmt: skip
def test_images_that_are_named_or_to_be_filled_in(report: Report, image: Any) -> None:
    assert report("image-reference-invalid", task(image), None) == []


@pytest.mark.parametrize(
    ("image", "fault"),
    [
        ("nginx: 1.27", "has a blank in it"),
        (f"{ECR}/web 1.4.2", "has a blank in it"),
        (f"{ECR} /web:1.4.2", "has a blank in it"),
        ("nginx@sha256:" + "A" * 64, "has capital letters in its digest"),
        ("nginx:1.27 ", "has a blank before or after it"),
        ("\nnginx", "has a blank before or after it"),
        (f"https://{ECR}/web:1", "begins with `https://`"),
        ("docker://nginx", "begins with `docker://`"),
        (f"{ECR}/Shop/web:1", "has capital letters in `Shop`"),
        (f"{ECR}/shopWeb", "has capital letters in `shopWeb`"),
        ("nginx:", "ends in `:`, without a tag"),
        ("nginx:1.27+x", "has `1.27+x` for a tag"),
        ("nginx:" + "1" * 129, f"has `{'1' * 31}…` for a tag"),
        ("nginx@sha256:abc", "has a digest of 3 characters, not 64 hexadecimal digits"),
        ("nginx@sha256:" + "z" * 64, "has a digest of 64 characters, not 64 hexadecimal digits"),
        ("nginx@1.27", "has `1.27` for a digest"),
        (f"{ECR}//web:1", "has an empty part between slashes"),
        (f"{ECR}/web/", "has an empty part between slashes"),
        (f"{ECR}/web-:1", "has `web-` in it, which is no part of a repository's name"),
        (f"{ECR}/web,db:1", "has `web,db` in it, which is no part of a repository's name"),
        ("ex ample.com/web".replace(" ", "\\") + ":1", "has `ex\\ample.com` for a registry"),
        ("a" * 256, "is named with 256 characters"),
    ],
)
def test_images_that_nobody_can_pull(report: Report, image: str, fault: str) -> None:
    assert report("image-reference-invalid", task(image), None) == [
        f"error /containerDefinitions/0/image the image of `web` {fault}"
    ]


# version-consistency-floating-tag

CONSISTENCY = "version-consistency-floating-tag"


@pytest.mark.parametrize(
    ("image", "tag"),
    [
        ("nginx", "latest"),
        ("nginx:latest", "latest"),
        (f"{AWS}:stable", "stable"),
        ("nginx:1.27", ""),
        (f"nginx:latest@{DIGEST}", ""),
        ("${image}", ""),
        ("nginx:${tag}", ""),
    ],
)
def test_a_tag_that_moves_is_to_be_resolved_once(report: Report, image: str, tag: str) -> None:
    message = f"each task of `web` pulls what `{tag}` means when it starts"
    assert report(CONSISTENCY, task(image, versionConsistency="disabled"), None) == (
        [f"warning /containerDefinitions/0/versionConsistency {message}"] if tag else []
    )
    assert report(CONSISTENCY, task(image, versionConsistency="enabled"), None) == []
    assert report(CONSISTENCY, task(image), None) == []


def test_the_agents_latest_is_its_vendors_choice(report: Report) -> None:
    agent = {"name": "al-agent", "versionConsistency": "disabled"}
    (found,) = report(CONSISTENCY, {"containerDefinitions": [agent]})
    assert found.startswith("info ")


# image-not-mirrored


@pytest.mark.parametrize(
    ("image", "host"),
    [
        ("public.ecr.aws/nginx/nginx:1.27", "public.ecr.aws"),
        ("ghcr.io/shop/web:1", "ghcr.io"),
        ("nginx:1.27", ""),
        (f"{ECR}/web:1", ""),
        ("registry.example.com/web:1", ""),
        ("${image}", ""),
    ],
)
def test_public_registries(report: Report, image: str, host: str) -> None:
    message = f"each task pulls the image of `web` from `{host}`"
    assert report("image-not-mirrored", task(image), None) == (
        [f"info /containerDefinitions/0/image {message}"] if host else []
    )


def test_all_public_images_of_a_task_are_one_remark(report: Report) -> None:
    assert report("image-not-mirrored", {}) == [
        (
            "info /containerDefinitions/1/image each task pulls the image of `al-agent` from "
            "`public.ecr.aws` (and 1 more image)"
        )
    ]


# fluent-bit-known-bad-version

BAD = "fluent-bit-known-bad-version"
CRASH = "`cloudwatch_logs` crashes when a log group or stream doesn't exist"


@pytest.mark.parametrize(
    ("image", "plugin", "expected"),
    [
        (f"{AWS}:3.4.7", "cloudwatch_logs", f"Fluent Bit 5.0.7: {CRASH}"),
        (f"{AWS}:init-3.4.4", "cloudwatch_logs", f"Fluent Bit 5.0.7: {CRASH}"),
        ("fluent/fluent-bit:5.0.3", "cloudwatch_logs", f"Fluent Bit 5.0.3: {CRASH}"),
        (
            f"{AWS}:2.34.0",
            "datadog",
            (
                "`2.34.0`: it may stop at its start with "
                "`section 'env' is missing the 'name' property`"
            ),
        ),
        (f"{AWS}:3.4.7", "datadog", ""),
        (f"{AWS}:3.4.9", "cloudwatch_logs", ""),
        (f"{AWS}:3.2.1", "cloudwatch_logs", ""),
        (f"{AWS}:2.34.3", "cloudwatch_logs", ""),
        (f"{AWS}:3", "cloudwatch_logs", ""),
        (f"{AWS}:stable", "cloudwatch_logs", ""),
        ("fluent/fluent-bit:5.0.8", "cloudwatch_logs", ""),
        (f"{AWS}:${{tag}}", "cloudwatch_logs", ""),
    ],
)
def test_versions_that_are_known_to_fail(
    report: Report, image: str, plugin: str, expected: str
) -> None:
    web = {"name": "web", "logConfiguration": {"options": {"Name": plugin}}}
    fragment = {"containerDefinitions": [web, {"name": "log_router", "image": image}]}
    assert report(BAD, fragment, "firelens") == (
        [f"warning /containerDefinitions/1/image {expected}"] if expected else []
    )
