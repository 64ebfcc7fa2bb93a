from tests.benchmarks.suite import BENCHES


def test_every_bench_measures_what_is_there() -> None:
    """They run seldom: a name that moved would be seen by nobody."""
    assert BENCHES
