//! The accounts of a path: by year and kind of flow, in dollars, in local money and as present value.

use super::{FlowKind, Party};

/// A moment, with what turns an amount into local money and present value (equation M24).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct When {
    /// Seconds from the start.
    pub at: f64,
    /// Place of the calendar year.
    pub year: usize,
    /// The dollar's price level, 1 on day one.
    pub usd: f64,
    /// Dollars of the moment for one unit of local money at day-one prices.
    pub local: f64,
    /// Dollars of the moment for one unit of local money at day-one prices that follows the dollar.
    pub local_in_usd: f64,
    /// Local money for a dollar.
    pub rate: f64,
    /// Present value of a dollar of the moment.
    pub discount: f64,
    /// The same at the state's rate.
    pub discount_state: f64,
}

/// An amount, or the sum of a kind's flows in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// Nominal dollars.
    pub usd: f64,
    /// Nominal local money, each flow at its own moment's rate.
    pub local: f64,
    /// Present value in dollars of day one.
    pub pv: f64,
}

/// What a quantity is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantitySpec {
    /// The key in machine formats.
    pub key: &'static str,
    /// Its unit.
    pub unit: crate::params::Unit,
    /// Numbers of the equations that make it.
    pub equations: &'static str,
    /// What it is, for a reader.
    pub text: &'static str,
}

macro_rules! quantities {
    ($( $kind:ident = $key:literal, $unit:ident, $equations:literal, $text:literal; )+) => {
        /// What is counted by year beside money.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Quantity { $( #[doc = $text] $kind, )+ }

        impl Quantity {
            /// All of them.
            pub const ALL: &[Self] = &[ $( Self::$kind, )+ ];
            const SPECS: &[QuantitySpec] = &[ $( QuantitySpec {
                key: $key, unit: crate::params::Unit::$unit, equations: $equations, text: $text,
            }, )+ ];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// What it is.
            pub fn spec(self) -> &'static QuantitySpec {
                &Self::SPECS[self as usize]
            }

            /// Whether it stands at a year's end, and is no sum of the year.
            pub fn stands(self) -> bool {
                matches!(self, Self::LossCarried | Self::TaxBook | Self::Debt)
            }
        }
    };
}

quantities! {
    Btc = "btc", Btc, "M4", "Bitcoin mined, after the pool";
    Energy = "energy_mwh", Mwh, "M8", "Energy at the site's meter";
    MiningEnergy = "mining_energy_mwh", Mwh, "M8", "Of it, by mining machines";
    AiEnergy = "ai_energy_mwh", Mwh, "M12", "Of it, by AI";
    StandbyEnergy = "standby_energy_mwh", Mwh, "M8", "Of it, on standby";
    GpuHours = "gpu_hours", One, "M12", "Hours of processors sold";
    Burnt = "served_mwh", Mwh, "M19", "Energy that plants make for the site";
    Short = "short_mwh", Mwh, "M19", "Energy that plants cannot make, at the plant";
    Curtailed = "curtailed_mwh", Mwh, "M19", "Energy not taken because the system is short";
    EmergencyEnergy = "emergency_mwh", Mwh, "M11", "Energy not taken in emergency calls";
    MarginalT = "marginal_t", Tonnes, "M26", "CO2 of the plants that serve the site";
    AverageT = "average_t", Tonnes, "M26", "CO2 at the grid's average";
    EmbodiedT = "embodied_t", Tonnes, "M26", "CO2 of making the machines";
    DisplacedT = "displaced_t", Tonnes, "M26", "CO2 of miners that are pushed out";
    OwnHashes = "own_hashes_eh", One, "M4", "Hashes computed, 10^18";
    Taxable = "taxable_usd", Usd, "M17", "Taxable profit after losses carried forward";
    LossCarried = "loss_carried_usd", Usd, "M17", "Losses carried forward";
    TaxBook = "tax_book_usd", Usd, "M17", "Remaining book value for tax at the horizon";
    Debt = "debt_usd", Usd, "M16", "Debt at the year's end";
    CircularDebt = "circular_debt_usd", Usd, "M21", "Shortfall that nobody covers";
    EnergyDiscounted = "energy_discounted_mwh", Mwh, "M34", "Energy times the real discount factor: what present values are levelised by";
    EnergyUsdInUsd = "energy_usd_level_mwh", Mwh, "M24", "Energy times the dollar's price level: what a day-one dollar price for it comes to in dollars";
    EnergyUsdInLocal = "energy_usd_level_local_mwh", Mwh, "M24", "The same in local money";
    EnergyLocalInUsd = "energy_local_level_usd_mwh", Mwh, "M24", "Energy times the local price level over the exchange rate: what a day-one local price for it comes to in dollars";
    EnergyLocalInLocal = "energy_local_level_mwh", Mwh, "M24", "The same in local money";
    ResoldEnergy = "resold_mwh", Mwh, "M10", "Contracted energy that is sold and not used";
    ForeignClaim = "foreign_claim_usd", Usd, "M25", "Profit of foreign owners that has not crossed the border";
    BillInUsd = "bill_in_usd", Usd, "M25", "Bills in dollars: what the power system takes in hard currency";
}

/// Accounts of a path by year.
#[derive(Clone, Debug, PartialEq)]
pub struct Accounts {
    cells: Box<[[Cell; FlowKind::COUNT]]>,
    quantities: Box<[[f64; Quantity::COUNT]]>,
    /// Present value of the state's flows at its own rate.
    state_value: f64,
}

impl Accounts {
    /// Empty accounts of so many years.
    pub fn new(years: usize) -> Self {
        Self {
            cells: vec![[Cell::default(); FlowKind::COUNT]; years].into(),
            quantities: vec![[0.0; Quantity::COUNT]; years].into(),
            state_value: 0.0,
        }
    }

    /// Ready for the next path.
    pub(crate) fn clear(&mut self) {
        self.cells.fill([Cell::default(); FlowKind::COUNT]);
        self.quantities.fill([0.0; Quantity::COUNT]);
        self.state_value = 0.0;
    }

    /// How many calendar years there are.
    pub fn years(&self) -> usize {
        self.cells.len()
    }

    /// The sum of a kind's flows in a year, from 0.
    pub fn cell(&self, kind: FlowKind, year: usize) -> Cell {
        self.cells[year][kind.index()]
    }

    /// The cells of a year, by kind.
    pub(crate) fn year(&self, year: usize) -> &[Cell; FlowKind::COUNT] {
        &self.cells[year]
    }

    /// A quantity of a year.
    pub fn quantity(&self, quantity: Quantity, year: usize) -> f64 {
        self.quantities[year][quantity as usize]
    }

    /// A quantity over all years.
    pub fn total(&self, quantity: Quantity) -> f64 {
        self.quantities.iter().map(|year| year[quantity as usize]).sum()
    }

    /// The sum of a kind's flows over all years.
    pub fn sum(&self, kind: FlowKind) -> Cell {
        self.cells.iter().fold(Cell::default(), |sum, year| {
            let cell = year[kind.index()];
            Cell { usd: sum.usd + cell.usd, local: sum.local + cell.local, pv: sum.pv + cell.pv }
        })
    }

    /// Present value of the state's flows at its own rate (equation M27), USD.
    pub fn state_value(&self) -> f64 {
        self.state_value
    }

    pub(crate) fn add(&mut self, quantity: Quantity, year: usize, amount: f64) {
        self.quantities[year][quantity as usize] += amount;
    }

    /// The quantities of a year, by place.
    pub(crate) fn quantities_mut(&mut self, year: usize) -> &mut [f64; Quantity::COUNT] {
        &mut self.quantities[year]
    }

    /// Adds flows of a kind of which nobody else hears.
    pub(crate) fn add_flows(&mut self, kind: FlowKind, year: usize, sum: Cell) {
        let cell = &mut self.cells[year][kind.index()];
        cell.usd += sum.usd;
        cell.local += sum.local;
        cell.pv += sum.pv;
    }

    /// Adds the state's flows of a time at its own rate.
    pub(crate) fn add_state_value(&mut self, usd: f64) {
        self.state_value += usd;
    }

    pub(crate) fn set(&mut self, quantity: Quantity, year: usize, amount: f64) {
        self.quantities[year][quantity as usize] = amount;
    }

    /// Books a flow of so many nominal dollars.
    #[inline]
    pub(crate) fn book(&mut self, kind: FlowKind, usd: f64, when: &When, log: &mut impl FlowLog) {
        let amount = Cell { usd, local: usd * when.rate, pv: usd * when.discount };
        self.book_worth(kind, amount, when, log);
    }

    /// The same where local money and present value are not those of the moment.
    #[inline]
    pub(crate) fn book_worth(
        &mut self,
        kind: FlowKind,
        amount: Cell,
        when: &When,
        log: &mut impl FlowLog,
    ) {
        let Cell { usd, local, pv } = amount;
        // Most kinds do not occur in most scenarios.
        if usd == 0.0 && pv == 0.0 {
            return;
        }
        let cell = &mut self.cells[when.year][kind.index()];
        cell.usd += usd;
        cell.local += local;
        cell.pv += pv;
        log.record(kind, usd, pv, when);
        let state = kind.sign(Party::State);
        if state != 0.0 {
            self.state_value += state * usd * when.discount_state;
        }
    }
}

/// A flow at its moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DatedFlow {
    /// Which.
    pub kind: FlowKind,
    /// Seconds from the start.
    pub at: f64,
    /// Place of the calendar year.
    pub year: usize,
    /// Nominal dollars.
    pub usd: f64,
    /// Present value in dollars of day one.
    pub pv: f64,
}

/// Somebody who hears of every flow.
pub trait FlowLog {
    /// Whether each flow has to be told at its moment; else running flows may be booked by the year.
    const DATED: bool = true;

    /// A flow was booked.
    fn record(&mut self, kind: FlowKind, usd: f64, pv: f64, when: &When);
}

/// Nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoLog;

impl FlowLog for NoLog {
    const DATED: bool = false;

    #[inline]
    fn record(&mut self, _: FlowKind, _: f64, _: f64, _: &When) {}
}

impl FlowLog for Vec<DatedFlow> {
    fn record(&mut self, kind: FlowKind, usd: f64, pv: f64, when: &When) {
        if usd != 0.0 || pv != 0.0 {
            self.push(DatedFlow { kind, at: when.at, year: when.year, usd, pv });
        }
    }
}
