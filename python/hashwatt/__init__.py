"""What a power budget becomes in Bitcoin's network: share, income, cost, subsidy, carbon, and who gains and who pays.

The economics of hashwatt for Python. Every number equals that of the command ``hashwatt``, to the last bit.

>>> import hashwatt
>>> result = hashwatt.estimate(mw=2000, tariff="0.06 USD/kWh")
>>> print(f"{result.share_of_blocks:.1%} of the network")
11.8% of the network
"""

from ._calls import estimate, ledger, project
from ._functions import (
    breakeven_tariff,
    btc,
    difficulty,
    hashprice,
    hashrate,
    marginal_value_blocks,
    marginal_value_per_mwh,
    network_share,
    retarget_step,
    steady_hashrate,
)
from ._lists import keys, machines, regions
from ._native import __version__
from ._results import Estimate, Interrupted, Ledger, Projection, Result
from ._scenario import Scenario
from ._search import Hit, Kernel, Scan, kernels, scan
from ._sweep import sweep
from ._sweep_result import Sweep

__all__ = [
    "Estimate",
    "Hit",
    "Interrupted",
    "Kernel",
    "Ledger",
    "Projection",
    "Result",
    "Scan",
    "Scenario",
    "Sweep",
    "__version__",
    "breakeven_tariff",
    "btc",
    "difficulty",
    "estimate",
    "hashprice",
    "hashrate",
    "kernels",
    "keys",
    "ledger",
    "machines",
    "marginal_value_blocks",
    "marginal_value_per_mwh",
    "network_share",
    "project",
    "regions",
    "retarget_step",
    "scan",
    "steady_hashrate",
    "sweep",
]
