from __future__ import annotations

import pytest

from fargate_lint.ecs.image import Image
from fargate_lint.source.unknown import Unknown

ECR = "111122223333.dkr.ecr.us-east-1.amazonaws.com"


@pytest.mark.parametrize(
    ("reference", "registry", "repository", "tag", "digest"),
    [
        ("nginx", "docker.io", "library/nginx", "", ""),
        ("nginx:1.27", "docker.io", "library/nginx", "1.27", ""),
        ("fluent/fluent-bit:5.0.9", "docker.io", "fluent/fluent-bit", "5.0.9", ""),
        ("docker.io/nginx", "docker.io", "library/nginx", "", ""),
        ("index.docker.io/library/nginx", "docker.io", "library/nginx", "", ""),
        ("registry-1.docker.io/a/b", "docker.io", "a/b", "", ""),
        ("registry.hub.docker.com/a/b", "docker.io", "a/b", "", ""),
        ("localhost/web:1", "localhost", "web", "1", ""),
        ("registry:5000/team/web:1", "registry:5000", "team/web", "1", ""),
        ("localhost:5000/web", "localhost:5000", "web", "", ""),
        (f"{ECR}/team/sub/web:1@sha256:ab:cd", ECR, "team/sub/web", "1", "sha256:ab:cd"),
        ("web@sha256:ab@cd", "docker.io", "library/web", "", "sha256:ab@cd"),
        ("web:1:2", "docker.io", "library/web", "1:2", ""),
        ("<registry>/web", "<registry>", "web", "", ""),
        ("$REGISTRY/web:1", "$REGISTRY", "web", "1", ""),
        ("{{registry}}/web", "{{registry}}", "web", "", ""),
        ("#{registry}#/web", "#{registry}#", "web", "", ""),
        ("%REGISTRY%/web", "%REGISTRY%", "web", "", ""),
        ("", "docker.io", "library/", "", ""),
    ],
)
def test_a_reference_is_taken_apart_as_docker_does(
    reference: str, registry: str, repository: str, tag: str, digest: str
) -> None:
    image = Image(reference)
    assert (image.registry, image.repository, image.tag, image.digest) == (
        registry, repository, tag, digest,
    )  # fmt: skip
    assert image.certain
    assert image.name == repository.rpartition("/")[2]


def test_of_a_template_the_known_parts_are_filled_in() -> None:
    image = Image(Unknown("fluent/fluent-bit:${TAG}"))
    assert (image.certain, image.text) == (False, "fluent/fluent-bit:${TAG}")
    assert (image.registry, image.repository) == ("docker.io", "fluent/fluent-bit")


@pytest.mark.parametrize(
    ("registry", "found"),
    [
        (ECR, ("111122223333", "us-east-1")),
        ("111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn", ("111122223333", "cn-north-1")),
        (
            "111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com",
            ("111122223333", "us-gov-west-1"),
        ),
        ("111122223333.dkr-ecr.eu-west-1.on.aws", ("111122223333", "eu-west-1")),
        ("1111.dkr.ecr.us-east-1.amazonaws.com", None),
        (f"{ECR}.example.com", None),
        ("public.ecr.aws", None),
    ],
)
def test_a_private_registry_of_ecr_tells_its_account_and_region(
    registry: str, found: tuple[str, str] | None
) -> None:
    assert Image(f"{registry}/web:1").private_ecr == found
