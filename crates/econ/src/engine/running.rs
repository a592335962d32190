//! Running flows: income and costs of a segment, and their sums until a year is closed.

use crate::account::{Accounts, Cell, Class, FlowKind, FlowLog, Party, When};

macro_rules! running {
    ($($kind:ident),+ $(,)?) => {
        /// A kind of flow that accrues over time.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Running { $( $kind, )+ }

        const KINDS: &[FlowKind] = &[ $( FlowKind::$kind, )+ ];
    };
}

running!(
    BitcoinSold,
    BitcoinHeld,
    BitcoinAbroad,
    AiExported,
    AiSoldHome,
    Ancillary,
    EmergencyPayment,
    EnergyCharge,
    Adjustments,
    PeakCharge,
    DemandCharge,
    CapacityCharge,
    Levy,
    UnrecoverableTax,
    SalesTax,
    SalesTaxRefund,
    CostsHome,
    CostsAbroad,
    Spares,
    EnergyPurchase,
    FuelImport,
    FuelHome,
    UnservedBill,
    LeaseRent,
    LeaseRentHome,
    LeaseEnergy,
    LeaseEnergyHome,
    PriceRise,
    MarginalRent,
    NetworkRelief,
    NetworkBuilt,
    PowerContract,
    PowerResold,
    ContractDelivered,
);

/// The number of kinds, rounded up to a multiple of the SIMD lanes.
const WIDTH: usize = KINDS.len().next_multiple_of(LANES);
const LANES: usize = 4;

/// A segment's flows, nominal USD.
#[derive(Clone, Copy, Debug)]
pub(super) struct SegmentFlows {
    usd: [f64; WIDTH],
}

impl Default for SegmentFlows {
    fn default() -> Self {
        Self { usd: [0.0; WIDTH] }
    }
}

impl SegmentFlows {
    #[inline]
    pub(super) fn add(&mut self, kind: Running, usd: f64) {
        self.usd[kind as usize] += usd;
    }
}

/// +1 if the operator (as cash before tax and financing) or the state receives a flow, -1 if it pays it.
#[derive(Clone, Debug)]
struct Signs {
    operator: [f64; WIDTH],
    state: [f64; WIDTH],
}

impl Default for Signs {
    fn default() -> Self {
        let mut signs = Self { operator: [0.0; WIDTH], state: [0.0; WIDTH] };
        for (place, kind) in KINDS.iter().enumerate() {
            if kind.spec().class == Class::Operating {
                signs.operator[place] = kind.sign(Party::Operator);
            }
            signs.state[place] = kind.sign(Party::State);
        }
        signs
    }
}

/// Sums of segments' flows since the last year was closed.
#[derive(Clone, Debug)]
pub(super) struct RunningSums {
    signs: Signs,
    usd: [f64; WIDTH],
    local: [f64; WIDTH],
    pv: [f64; WIDTH],
    /// Present value of the state's flows at its own discount rate.
    state: f64,
}

impl Default for RunningSums {
    fn default() -> Self {
        let none = [0.0; WIDTH];
        Self { signs: Signs::default(), usd: none, local: none, pv: none, state: 0.0 }
    }
}

impl RunningSums {
    pub(super) fn clear(&mut self) {
        (self.usd, self.local, self.pv) = ([0.0; WIDTH], [0.0; WIDTH], [0.0; WIDTH]);
        self.state = 0.0;
    }

    /// Adds a segment's flows; returns the operator's cash from them, USD. A log of dated flows receives each at
    /// once; otherwise they are booked at the year's end.
    pub(super) fn add<L: FlowLog>(
        &mut self,
        flows: &SegmentFlows,
        when: &When,
        accounts: &mut Accounts,
        log: &mut L,
    ) -> f64 {
        let signed = |signs: &[f64; WIDTH]| -> f64 {
            let mut sums = [0.0; LANES];
            let (usd, signs) = (flows.usd.as_chunks::<LANES>().0, signs.as_chunks::<LANES>().0);
            for (usd, signs) in usd.iter().zip(signs) {
                for lane in 0..LANES {
                    sums[lane] += usd[lane] * signs[lane];
                }
            }
            sums.into_iter().sum()
        };
        let cash = signed(&self.signs.operator);
        if L::DATED {
            for (&kind, &usd) in KINDS.iter().zip(&flows.usd) {
                accounts.book(kind, usd, when, log);
            }
            return cash;
        }
        for place in 0..WIDTH {
            let usd = flows.usd[place];
            self.usd[place] += usd;
            self.local[place] += usd * when.rate;
            self.pv[place] += usd * when.discount;
        }
        self.state += signed(&self.signs.state) * when.discount_state;
        cash
    }

    /// Books the sums in a year of the accounts.
    pub(super) fn close_year(&mut self, accounts: &mut Accounts, year: usize) {
        for (place, &kind) in KINDS.iter().enumerate() {
            let sum = Cell { usd: self.usd[place], local: self.local[place], pv: self.pv[place] };
            accounts.add_flows(kind, year, sum);
        }
        accounts.add_state_value(self.state);
        self.clear();
    }
}
