import pytest
from tests.generated.test_fixed_part import *
pytestmark = pytest.mark.usefixtures("slow_time")
F=["pull-cross-loads","return-cross-loads","film-cross-opens","far-loads","after-cross-loads","purpose-none"]
@pytest.mark.parametrize("fault",F)
def test_g(fault):
    fault=FAULTS[fault]
    row=try_out(of(small(make_guilty(4,fault)[0].recipe),fault))
    print(fault.id,row.result,row.got,row.seconds,row.reasons.get(fault.rule))
    assert (row.result,row.got)==(EXACT,fault.outcome),row.reasons
@pytest.mark.parametrize("fault",F[:-1])
def test_i(fault):
    fault=FAULTS[fault]
    row=try_out(of(small(make_guilty(4,fault)[0].recipe),None))
    print(fault,row.result,row.accused,row.outcomes.get(fault.rule))
    assert (row.result,row.accused,row.problem)==(INNOCENT,{},"")
