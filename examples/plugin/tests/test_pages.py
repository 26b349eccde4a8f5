from acme_fargate_lint.team_label_missing import TeamLabelMissing

from fargate_lint.testing import failures


def test_every_example_of_the_page_does_as_it_says() -> None:
    assert list(failures(TeamLabelMissing)) == []
