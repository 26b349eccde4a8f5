from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.data.images import AGENT, AWS_FLUENT_BIT
from fargate_lint.ecs.image import Image
from fargate_lint.launch.images import RouterImage, correct, is_latest, is_published, kind_of
from fargate_lint.source.unknown import Unknown

ECR = "111122223333.dkr.ecr.us-east-1.amazonaws.com"
AWS = "906394416424.dkr.ecr.us-east-1.amazonaws.com"


@pytest.mark.parametrize(
    ("reference", "kind"),
    [
        (AGENT, "agent"),
        ("alertlogic/al-agent-container:latest", "agent"),
        (f"{ECR}/cache/al-agent-container:latest", "agent"),
        (f"{AWS_FLUENT_BIT}:stable", "aws"),
        ("amazon/aws-for-fluent-bit", "aws"),
        (f"{AWS}/aws-for-fluent-bit:latest", "aws"),
        (f"{ECR}/mirror/aws-for-fluent-bit:2.34.3", "aws"),
        ("fluent/fluent-bit:4.2", "upstream"),
        ("cr.fluentbit.io/fluent/fluent-bit:4.2.8", "upstream"),
        (f"{ECR}/fluent/fluent-bit:4.2.8", "upstream"),
        ("fluent/fluentd:v1.17-1", "fluentd"),
        (f"{ECR}/fluent-bit:7", ""),
        ("grafana/fluent-bit-plugin-loki:3", ""),
        ("nginx", ""),
        ("", ""),
    ],
)
def test_an_image_is_known_by_its_name(reference: str, kind: str) -> None:
    assert kind_of(Image(reference)) == kind


@pytest.mark.parametrize(
    ("reference", "right"),
    [
        ("public.ecr.aws/alertlogic/al-agent:latest", AGENT),
        ("public.ecr.aws/alert-logic/al-agent-container", AGENT),
        ("public.ecr.aws/alertlogic/al-agnet-container", AGENT),
        ("alert-logic/al-agent-container", AGENT),
        ("al-agent-container:latest", AGENT),
        ("public-ecr.aws/alertlogic/al-agent-container", AGENT),
        ("public.ecr.aws/aws-observability/aws-for-fluentbit:stable", AWS_FLUENT_BIT),
        ("public.ecr.aws/aws-observabilty/aws-for-fluent-bit", AWS_FLUENT_BIT),
        ("public.ecr.amazonaws.com/aws-observability/aws-for-fluent-bit", AWS_FLUENT_BIT),
        ("public.erc.aws/aws-observability/aws-for-fluent-bit", AWS_FLUENT_BIT),
        ("public.ecr.aws/aws-for-fluent-bit", AWS_FLUENT_BIT),
        ("aws-observability/aws-for-fluent-bit:stable", AWS_FLUENT_BIT),
        ("amazon/aws-for-fluentbit", AWS_FLUENT_BIT),
        (f"{AWS}/aws-for-fluentbit", f"{AWS}/aws-for-fluent-bit"),
        ("fluent/fluentbit:4.2", "fluent/fluent-bit"),
        ("cr.fluentbit.io/fluent-bit", "cr.fluentbit.io/fluent/fluent-bit"),
    ],
)
def test_a_misspelled_public_image_is_told_and_taken_for_what_it_should_be(
    reference: str, right: str
) -> None:
    assert correct(Image(reference)) == right
    assert kind_of(Image(reference)) == kind_of(Image(right))


@pytest.mark.parametrize(
    "reference",
    [
        AGENT,
        f"{AWS_FLUENT_BIT}:3",
        "alertlogic/al-agent-container",
        f"{ECR}/aws-for-fluent-bit:1",
        f"{ECR}/aws-for-fluentbit:1",
        f"{ECR}/alert-logic/al-agent",
        "registry.example.com/alertlogic/al-agent-container:latest",
        "public.ecr.aws/example/al-agent-container:latest",
        "public.ecr.aws/aws-observability/aws-otel-collector:latest",
        "amazon/aws-otel-collector",
        "127.0.0.1:51670/amazon/firelens-fluentbit:latest",
        "datadog/agent:latest",
        "public.ecr.aws/datadog/agent:latest",
        "fluent/fluentd",
        "fluentd",
        "newrelic/newrelic-fluentbit-output",
        "public.ecr.aws/AlertLogic/al-agent-container",
    ],
)
def test_an_image_that_may_well_exist_is_not_misspelled(reference: str) -> None:
    assert correct(Image(reference)) == ""


@pytest.mark.parametrize(
    ("tag", "version", "moving", "init"),
    [
        ("stable", "1.9.10", True, False),
        ("latest", "1.9.10", True, False),
        ("2.34.3", "1.9.10", False, False),
        ("2.34.3.20260818", "1.9.10", False, False),
        ("debug-2.32.0", "1.9.10", False, False),
        ("init-latest", "1.9.10", True, True),
        ("init-debug-2.32.0", "1.9.10", False, True),
        ("arm64-2.31.12", "1.9.10", False, False),
        ("3", "5.0.9", True, False),
        ("3.0.0", "4.1.0", False, False),
        ("3.1.1", "4.2.0", False, False),
        ("3.4.17", "5.0.9", False, False),
        ("2.10.0", "", False, False),
        ("windowsservercore-latest", "", False, False),
    ],
)
def test_a_tag_of_the_aws_image_tells_the_fluent_bit_in_it(
    tag: str, version: str, *, moving: bool, init: bool
) -> None:
    image = RouterImage(f"{AWS_FLUENT_BIT}:{tag}")
    assert (image.version, image.moving, image.init) == (version, moving, init)
    assert image.tag_known


@pytest.mark.parametrize("tag", ["stabel", "v2.34.3", "3.4", "2.34", "newest"])
def test_tags_that_the_aws_image_never_has(tag: str) -> None:
    assert not RouterImage(f"{AWS_FLUENT_BIT}:{tag}").tag_known


@pytest.mark.parametrize("tag", ["4.2.8", "4.2", "latest", "latest-debug", "4.2.8-debug", ""])
def test_tags_that_the_upstream_image_has(tag: str) -> None:
    assert RouterImage(f"fluent/fluent-bit:{tag}").tag_known


@pytest.mark.parametrize("tag", ["stable", "v4.2.8", "4"])
def test_tags_that_the_upstream_image_never_has(tag: str) -> None:
    assert not RouterImage(f"fluent/fluent-bit:{tag}").tag_known


def test_nothing_is_claimed_about_a_tag_that_a_template_decides() -> None:
    image = RouterImage(Unknown(AWS_FLUENT_BIT + ":${TAG}"))
    assert (image.kind, image.version, image.tag_known) == ("aws", "", True)
    assert RouterImage(Unknown("${REGISTRY}/aws-for-fluent-bit:stable")).version == "1.9.10"


@pytest.mark.parametrize(
    ("reference", "latest"),
    [
        ("nginx", True),
        ("nginx:latest", True),
        (f"{AWS_FLUENT_BIT}:init-latest", True),
        ("nginx:1.27", False),
        ("nginx@sha256:" + "0" * 64, False),
        ("nginx:latest@sha256:" + "0" * 64, False),
        (Unknown("${ECR}/web:latest"), True),
        (Unknown("${IMAGE}"), False),
        (Unknown("nginx:${TAG}"), False),
    ],
)
def test_no_tag_is_latest_and_a_digest_is_not(reference: str | Unknown, *, latest: bool) -> None:
    assert is_latest(Image(reference)) is latest


def test_a_copy_in_a_private_registry_is_not_the_published_image() -> None:
    assert is_published(Image(AGENT))
    assert is_published(Image(f"{AWS}/aws-for-fluent-bit:stable"))
    assert not is_published(Image(f"{ECR}/aws-for-fluent-bit:stable"))
    assert not is_published(Image("registry.example.com/amazon/aws-for-fluent-bit"))


@given(st.text(alphabet="abfl-_./:@gent", max_size=40) | st.text(max_size=40))
def test_any_text_may_be_an_image(text: str) -> None:
    image = RouterImage(text)
    assert image.kind in {"aws", "upstream", "fluentd", "agent", ""}
    assert isinstance(correct(image.image), str)
