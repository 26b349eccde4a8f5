from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fargate_lint.data.images import AGENT, AWS_FLUENT_BIT
from tests.build import fragment

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[..., list[str]]

ECR = "111122223333.dkr.ecr.us-east-1.amazonaws.com"
DIGEST = "@sha256:" + "0" * 64
AT_AGENT = "/containerDefinitions/1/image"
AT_ROUTER = "/containerDefinitions/2/image"


def image(name: str, reference: object, **members: Any) -> dict[str, Any]:
    return fragment(name, image=reference, **members)


def router(reference: object, **members: Any) -> dict[str, Any]:
    return image("log_router", reference, **members)


def severities(found: list[str]) -> list[str]:
    return [line.partition(" ")[0] for line in found]


def test_a_misspelled_public_image(report: Report) -> None:
    rule = "known-image-typo"
    assert report(rule, image("al-agent", "public.ecr.aws/alert-logic/al-agent:latest")) == [
        f"error {AT_AGENT} there is no image `public.ecr.aws/alert-logic/al-agent`"
    ]
    assert report(rule, router("aws-observability/aws-for-fluent-bit:stable")) == [
        f"error {AT_ROUTER} there is no image `aws-observability/aws-for-fluent-bit` on Docker Hub"
    ]


def test_a_misspelled_image_whose_tag_is_not_known(report: Report) -> None:
    reference = "public.ecr.aws/alertlogic/al-agent:${TAG}"
    assert report("known-image-typo", image("al-agent", reference)) == [
        f"error {AT_AGENT} there is no image `public.ecr.aws/alertlogic/al-agent`"
    ]


@pytest.mark.parametrize(
    "reference",
    [
        f"{ECR}/aws-for-fluent-bit:stable",
        f"{ECR}/aws-for-fluentbit:7",
        "${REGISTRY}/aws-for-fluentbit",
        "${IMAGE}",
        None,
        7,
        "",
    ],
)
def test_an_image_of_ones_own_may_have_any_name(report: Report, reference: object) -> None:
    assert report("known-image-typo", router(reference)) == []


def test_a_misspelled_image_plays_its_part_all_the_same(report: Report) -> None:
    fragment = image("al-agent", "public.ecr.aws/alertlogic/al-agent:latest", memory=64)
    assert len(report("al-agent-memory-limit", fragment)) == 1
    assert report("dockerhub-rate-limit", router("amazon/aws-for-fluentbit")) == []


def test_a_tag_that_the_repository_never_has(report: Report) -> None:
    rule = "known-image-unknown-tag"
    assert report(rule, router(f"{AWS_FLUENT_BIT}:stabel")) == [
        f"warning {AT_ROUTER} `aws-for-fluent-bit` has no tags like `stabel`"
    ]
    assert report(rule, router("fluent/fluent-bit:stable")) == [
        f"warning {AT_ROUTER} `fluent-bit` has no tags like `stable`"
    ]


@pytest.mark.parametrize(
    "reference",
    [
        f"{ECR}/aws-for-fluent-bit:build-7",
        f"{ECR}/fluent/fluent-bit:ours",
        f"{AWS_FLUENT_BIT}:init-debug-2.34.3",
        f"{AWS_FLUENT_BIT}:${{TAG}}",
        f"{AWS_FLUENT_BIT}{DIGEST}",
        AWS_FLUENT_BIT,
    ],
)
def test_a_copy_has_the_tags_that_its_owner_likes(report: Report, reference: str) -> None:
    assert report("known-image-unknown-tag", router(reference)) == []


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        (f"{AWS_FLUENT_BIT}:latest", ["warning"]),
        (AWS_FLUENT_BIT, ["warning"]),
        (f"{AWS_FLUENT_BIT}:init-latest", ["warning"]),
        (f"{ECR}/aws-for-fluent-bit:latest", ["warning"]),
        ("fluent/fluent-bit:latest", ["warning"]),
        (f"{AWS_FLUENT_BIT}:stable", ["info"]),
        (f"{ECR}/router:latest", ["info"]),
        (f"{AWS_FLUENT_BIT}:3", []),
        (f"{AWS_FLUENT_BIT}:2.34.3", []),
        (f"{AWS_FLUENT_BIT}:latest{DIGEST}", []),
        ("fluent/fluent-bit:4.2", []),
        ("${IMAGE}", []),
        (f"{AWS_FLUENT_BIT}:${{TAG}}", []),
    ],
)
def test_the_routers_tag_may_move(report: Report, reference: str, found: list[str]) -> None:
    assert severities(report("floating-image-tag", router(reference))) == found


def test_an_applications_tag_is_a_remark_and_the_agents_is_none(report: Report) -> None:
    rule = "floating-image-tag"
    assert severities(report(rule, image("web", f"{ECR}/web:latest"))) == ["info"]
    assert severities(report(rule, image("web", "nginx"))) == ["info"]
    assert report(rule, image("al-agent", f"{AGENT}:latest")) == []
    assert report(rule, image("al-agent", AGENT)) == []


def test_a_router_that_is_somebody_elses(report: Report) -> None:
    rule = "image-not-recommended"
    assert severities(report(rule, router("bitnami/fluent-bit:4"))) == ["warning"]
    assert severities(report(rule, router(f"{ECR}/log-router:7"))) == ["info"]


@pytest.mark.parametrize(
    "reference",
    [
        "amazon/aws-for-fluent-bit:2.34.3",
        "cr.fluentbit.io/fluent/fluent-bit:4.2.8",
        f"{ECR}/mirror/aws-for-fluent-bit:3",
        "fluent/fluentd:v1.17-1",
        "${IMAGE}",
        None,
    ],
)
def test_a_router_that_is_recommended_or_judged_elsewhere(
    report: Report, reference: object
) -> None:
    assert report("image-not-recommended", router(reference)) == []


def test_without_alert_logic_any_router_will_do(report: Report) -> None:
    assert report("image-not-recommended", router("bitnami/fluent-bit:4"), "firelens") == []


@pytest.mark.parametrize(
    "reference",
    ["amazon/aws-for-fluent-bit:3", "cr.fluentbit.io/fluent/fluent-bit:4.2.8", "a/b:1"],
)
def test_a_sidecar_from_docker_hub(report: Report, reference: str) -> None:
    assert report("dockerhub-rate-limit", router(reference)) == [
        (
            f"warning {AT_ROUTER} `log_router` is pulled from Docker Hub, which limits how often"
            " that may be"
        )
    ]
    login = {"credentialsParameter": "arn:aws:secretsmanager:us-east-1:111122223333:secret:hub"}
    assert report("dockerhub-rate-limit", router(reference, repositoryCredentials=login)) == []


def test_applications_may_come_from_where_they_like(report: Report) -> None:
    assert report("dockerhub-rate-limit", image("web", "nginx:1.27")) == []
    assert report("dockerhub-rate-limit", router(f"{ECR}/aws-for-fluent-bit:3")) == []
    assert report("dockerhub-rate-limit", router("ghcr.io/fluent/fluent-bit:4.2.8")) == []


@pytest.mark.parametrize(
    ("reference", "old"),
    [
        (f"{AWS_FLUENT_BIT}:2.34.3", True),
        (f"{AWS_FLUENT_BIT}:2.10.0", True),
        (f"{AWS_FLUENT_BIT}:stable", True),
        (AWS_FLUENT_BIT, True),
        (f"{ECR}/aws-for-fluent-bit:2.34.3", True),
        (f"{ECR}/aws-for-fluent-bit:stable", False),
        (f"{AWS_FLUENT_BIT}:3", False),
        (f"{AWS_FLUENT_BIT}:3.4.14", False),
        (f"{AWS_FLUENT_BIT}{DIGEST}", False),
        ("fluent/fluent-bit:2.2", False),
    ],
)
def test_aws_for_fluent_bit_2(report: Report, reference: str, *, old: bool) -> None:
    assert severities(report("aws-flb-2x-eol", router(reference))) == (["info"] if old else [])


def test_windows_with_sidecars_for_linux(report: Report) -> None:
    rule = "windows-with-linux-images"
    windows = {"runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}
    at = "/runtimePlatform/operatingSystemFamily"
    assert report(rule, windows) == [
        (
            f"error {at} the task is for WINDOWS_SERVER_2022_CORE, but `log_router` and `al-agent`"
            " are for Linux"
        )
    ]
    assert report(rule, windows, "firelens") == [
        f"error {at} the task is for WINDOWS_SERVER_2022_CORE, but `log_router` is for Linux"
    ]
    assert report(rule, windows, "plain") == []
    assert report(rule, {"runtimePlatform": {"operatingSystemFamily": "${os}"}}) == []


def test_an_init_image_that_never_inits(report: Report) -> None:
    rule = "init-image-with-launcher"
    assert report(rule, router(f"{AWS_FLUENT_BIT}:init-latest")) == [
        (
            f"error {AT_ROUTER} `init-latest` starts with its own entry point, which the launcher"
            " replaces"
        )
    ]
    assert report(rule, router(f"{AWS_FLUENT_BIT}:debug-latest")) == []
    assert report(rule, router(f"{AWS_FLUENT_BIT}:init-latest"), "firelens") == []
