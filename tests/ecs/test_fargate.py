from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fargate_lint.ecs.fargate import cpu_units, is_pair, memory_mib, next_size, sizes
from fargate_lint.source.unknown import Unknown


def pairs(os: str) -> set[tuple[int, int]]:
    return {(cpu, memory) for cpu, offered in sizes(os).items() for memory in offered}


def test_there_are_77_sizes_for_linux_and_43_for_windows() -> None:
    assert len(pairs("LINUX")) == 77
    assert len(pairs("WINDOWS_SERVER_2022_CORE")) == 43
    assert pairs("WINDOWS_SERVER_2022_CORE") < pairs("")


def test_32_vcpu_comes_in_three_sizes_that_are_no_range() -> None:
    assert sizes()[32768] == (61440, 122880, 249856)
    assert not is_pair(32768, 65536)


@pytest.mark.parametrize(
    ("value", "units"),
    [
        (256, 256),
        ("256", 256),
        (" 1024 ", 1024),
        (".25 vCPU", 256),
        ("0.25vCPU", 256),
        ("1 vCPU", 1024),
        ("1vcpu", 1024),
        ("2.0 VCPU", 2048),
        ("32 vCPU", 32768),
        ("300", 300),
        ("1 cpu", None),
        ("one", None),
        ("", None),
        (".3333 vCPU", None),
        ("٢", None),
        ("9" * 5000, None),
        ("9" * 5000 + " vCPU", None),
        (True, None),
        (None, None),
        (256.0, None),
        (Unknown("${cpu}"), None),
        (["256"], None),
    ],
)
def test_cpu_is_read_as_units(value: object, units: int | None) -> None:
    assert cpu_units(value) == units


@pytest.mark.parametrize(
    ("value", "mib"),
    [
        (512, 512),
        ("512", 512),
        ("0.5 GB", 512),
        (".5GB", 512),
        ("1gb", 1024),
        ("30 GB", 30720),
        ("1 GiB", 1024),
        ("512 MB", 512),
        ("512MiB", 512),
        ("1 G", None),
        ("1 TB", None),
        (Unknown("$MEMORY"), None),
    ],
)
def test_memory_is_read_as_mib(value: object, mib: int | None) -> None:
    assert memory_mib(value) == mib


@pytest.mark.parametrize(
    ("cpu", "needed", "size"),
    [
        (256, 757, (256, 1024)),
        (256, 512, (256, 512)),
        (256, 2049, (512, 3072)),
        (512, 100, (512, 1024)),
        (300, 100, (512, 1024)),
        (None, 2000, (256, 2048)),
        (16384, 122881, (32768, 249856)),
        (4096, 31000, (8192, 32768)),
        (256, 249857, None),
    ],
)
def test_the_next_size_keeps_the_cpu_where_it_can(
    cpu: int | None, needed: int, size: tuple[int, int] | None
) -> None:
    assert next_size(cpu, needed) == size


def test_windows_has_no_small_sizes() -> None:
    assert not is_pair(512, 1024, windows=True)
    assert is_pair(512, 1024)
    assert next_size(256, 100, windows=True) == (1024, 2048)


@given(st.text() | st.integers() | st.floats() | st.none() | st.lists(st.text()))
def test_reading_never_fails(value: object) -> None:
    for read in (cpu_units, memory_mib):
        assert read(value) is None or isinstance(read(value), int)


@given(st.sampled_from(sorted(pairs(""))), st.integers(0, 249856))
def test_the_next_size_exists_and_suffices(pair: tuple[int, int], needed: int) -> None:
    found = next_size(pair[0], needed)
    if found is None:
        assert needed > 249856
    else:
        assert is_pair(*found)
        assert found[1] >= needed
        assert found[0] >= pair[0]


@given(st.sampled_from(sorted(pairs(""))))
def test_both_spellings_mean_the_same_size(pair: tuple[int, int]) -> None:
    cpu, memory = pair
    assert cpu_units(f"{cpu / 1024} vCPU") == cpu
    assert memory_mib(f"{memory / 1024:g} GB") == memory
