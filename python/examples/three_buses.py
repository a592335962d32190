"""Tutorial: 100 MW of mining in a network of three buses with wind and gas, solved by HiGHS.

Run it with ``python three_buses.py``; it requires ``pip install 'hashwatt[pypsa]'``. PYPSA.md explains each step, and
the tests run both.
"""

import logging

import numpy as np
import pandas as pd
import pypsa

import hashwatt
from hashwatt.pypsa import FixedPoint, fixed_point

#: Wind and the demand of the town in MW for each hour of a day: a windy night and a calm evening.
WIND_MW = 380 * (0.52 + 0.48 * np.cos(2 * np.pi * (np.arange(24) - 3) / 24))
DEMAND_MW = 300 + 60 * np.sin(2 * np.pi * (np.arange(24) - 9) / 24)
#: Gas plants in MW and USD/MWh. The cost of the old one is below the income of mining today (80.57 USD/MWh), and above
#: that over the project, as other miners grow: it runs for mining in the first round, but not in the second.
GAS = {"combined cycle": (170.0, 58.0), "old": (90.0, 76.0), "turbine": (200.0, 140.0)}
#: The capacity of the line from the wind farm to the town in MW.
LINE_MW = 240.0


def network() -> pypsa.Network:
    """Wind in the north, a town in the middle and gas in the south, connected in a row."""
    n = pypsa.Network(snapshots=pd.date_range("2026-01-01", periods=24, freq="h"))
    n.add("Carrier", ["AC", "wind", "gas"])
    n.add("Bus", ["north", "town", "south"], carrier="AC")
    n.add("Line", "north to town", bus0="north", bus1="town", x=0.1, s_nom=LINE_MW, carrier="AC")
    n.add("Line", "south to town", bus0="south", bus1="town", x=0.1, s_nom=600, carrier="AC")
    n.add("Load", "town", bus="town", p_set=pd.Series(DEMAND_MW, n.snapshots))
    share = pd.Series(WIND_MW / WIND_MW.max(), n.snapshots)
    n.add("Generator", "wind", bus="north", carrier="wind", p_nom=WIND_MW.max(), p_max_pu=share)
    for name, (mw, usd_per_mwh) in GAS.items():
        n.add("Generator", name, bus="south", carrier="gas", p_nom=mw, marginal_cost=usd_per_mwh)
    return n


def scenario() -> hashwatt.Scenario:
    """100 MW at the wind farm. It has no tariff, since energy is paid at the nodal prices of the network."""
    return hashwatt.Scenario.from_dict(
        {
            "power_mw": 100,
            "efficiency_j_per_th": 15,
            "pue": 1.05,
            "uptime": 0.95,
            "pool_fee": 0.02,
            "other_costs_usd_per_mwh": 4,
            "price_usd_per_btc": 65_159,
            "network_hashrate_eh_per_s": 905,
            "height": 965_664,
            "fees_btc_per_block": 0.023,
            # An assumption for the tutorial, not a forecast.
            "market": {"others_growth_per_year": 0.15},
            "project": {"years": 2},
        }
    )


def main() -> tuple[pypsa.Network, FixedPoint]:
    """Iterates dispatch and project until they are consistent, and prints the result."""
    n = network()
    result = fixed_point(n, scenario(), "north")
    print(result.rounds.round(3).to_string())
    hours = pd.DataFrame(
        {
            "wind_mw": n.generators_t.p["wind"],
            "mining_mw": n.generators_t.p[result.names].sum(axis=1),
            "usd_per_mwh_north": n.buses_t.marginal_price["north"],
            "usd_per_mwh_town": n.buses_t.marginal_price["town"],
        }
    )
    print(hours.round(2).to_string())
    return n, result


if __name__ == "__main__":
    for logger in ("pypsa", "linopy"):
        logging.getLogger(logger).setLevel(logging.ERROR)
    main()
