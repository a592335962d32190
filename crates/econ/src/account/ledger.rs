//! The accounts of a path: by year and kind of flow, in dollars, in local money and as present value.

use super::{FlowKind, Party};

/// A time, with its price levels, exchange rate and discount factors (equation M24).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct When {
    /// Seconds from the start.
    pub at: f64,
    /// Index of the calendar year.
    pub year: usize,
    /// The dollar price level, 1 on day one.
    pub usd: f64,
    /// Nominal dollars for one unit of local money at day-one prices.
    pub local: f64,
    /// Nominal dollars for one unit of local money at day-one prices that is indexed to the dollar.
    pub local_in_usd: f64,
    /// Local money for a dollar.
    pub rate: f64,
    /// Present value of a nominal dollar at the time.
    pub discount: f64,
    /// Like `discount`, but at the state's discount rate.
    pub discount_state: f64,
}

/// An amount, or the sum of a kind's flows in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// Nominal dollars.
    pub usd: f64,
    /// Nominal local money, each flow at the exchange rate of its own time.
    pub local: f64,
    /// Present value in dollars of day one.
    pub pv: f64,
}

/// The specification of a quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct QuantitySpec {
    /// The key in machine formats.
    pub key: &'static str,
    /// Its unit.
    pub unit: crate::params::Unit,
    /// Its equations, by their numbers in `METHODS.md`.
    pub equations: &'static str,
    /// A description for readers.
    pub text: &'static str,
}

macro_rules! quantities {
    ($( $kind:ident = $key:literal, $unit:ident, $equations:literal, $text:literal; )+) => {
        /// A non-monetary quantity that is counted by year.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Quantity { $( #[doc = $text] $kind, )+ }

        impl Quantity {
            /// All quantities.
            pub const ALL: &[Self] = &[ $( Self::$kind, )+ ];
            const SPECS: &[QuantitySpec] = &[ $( QuantitySpec {
                key: $key, unit: crate::params::Unit::$unit, equations: $equations, text: $text,
            }, )+ ];
            /// The number of quantities.
            pub const COUNT: usize = Self::ALL.len();

            /// The specification.
            pub fn spec(self) -> &'static QuantitySpec {
                &Self::SPECS[self as usize]
            }

            /// Whether it is a stock at the year's end, and not a flow summed over the year.
            pub fn is_stock(self) -> bool {
                matches!(self, Self::LossCarried | Self::TaxBook | Self::Debt)
            }
        }
    };
}

quantities! {
    Btc = "btc", Btc, "M4", "Bitcoin mined, after the pool";
    Energy = "energy_mwh", Mwh, "M8", "Energy at the site's meter";
    MiningEnergy = "mining_energy_mwh", Mwh, "M8", "Energy used by mining machines";
    AiEnergy = "ai_energy_mwh", Mwh, "M12", "Energy used by AI";
    StandbyEnergy = "standby_energy_mwh", Mwh, "M8", "Standby energy of stopped machines";
    GpuHours = "gpu_hours", One, "M12", "GPU hours sold";
    Burnt = "served_mwh", Mwh, "M19", "Energy generated for the site";
    Short = "short_mwh", Mwh, "M19", "Energy that plants cannot supply, at the plant";
    Curtailed = "curtailed_mwh", Mwh, "M19", "Energy curtailed because the system is short";
    EmergencyEnergy = "emergency_mwh", Mwh, "M11", "Energy not taken in emergency calls";
    MarginalT = "marginal_t", Tonnes, "M26", "CO2 of the plants that serve the site";
    AverageT = "average_t", Tonnes, "M26", "CO2 at the grid's average";
    EmbodiedT = "embodied_t", Tonnes, "M26", "Embodied CO2 of the machines";
    DisplacedT = "displaced_t", Tonnes, "M26", "CO2 of displaced miners";
    OwnHashes = "own_hashes_eh", One, "M4", "Hashes computed, EH";
    Taxable = "taxable_usd", Usd, "M17", "Taxable profit after loss carry-forward";
    LossCarried = "loss_carried_usd", Usd, "M17", "Losses carried forward";
    TaxBook = "tax_book_usd", Usd, "M17", "Remaining tax book value at the horizon";
    Debt = "debt_usd", Usd, "M16", "Debt at the year's end";
    CircularDebt = "circular_debt_usd", Usd, "M21", "Circular debt: shortfall that no party covers";
    EnergyDiscounted = "energy_discounted_mwh", Mwh, "M34", "Energy times the real discount factor, for levelised values";
    EnergyUsdInUsd = "energy_usd_level_mwh", Mwh, "M24", "Energy times the dollar price level: converts a day-one dollar price to nominal dollars";
    EnergyUsdInLocal = "energy_usd_level_local_mwh", Mwh, "M24", "Energy times the dollar price level and the exchange rate: converts a day-one dollar price to nominal local money";
    EnergyLocalInUsd = "energy_local_level_usd_mwh", Mwh, "M24", "Energy times the local price level over the exchange rate: converts a day-one local price to nominal dollars";
    EnergyLocalInLocal = "energy_local_level_mwh", Mwh, "M24", "Energy times the local price level: converts a day-one local price to nominal local money";
    ResoldEnergy = "resold_mwh", Mwh, "M10", "Contracted energy that is resold";
    ForeignClaim = "foreign_claim_usd", Usd, "M25", "Foreign owners' profit not yet remitted";
    BillInUsd = "bill_in_usd", Usd, "M25", "Bills denominated in dollars: hard-currency income of the power system";
}

/// The accounts of a path, by year.
#[derive(Clone, Debug, PartialEq)]
pub struct Accounts {
    cells: Box<[[Cell; FlowKind::COUNT]]>,
    quantities: Box<[[f64; Quantity::COUNT]]>,
    /// Present value of the state's flows at its own discount rate.
    state_value: f64,
}

impl Accounts {
    /// Creates empty accounts for a number of calendar years.
    pub fn new(years: usize) -> Self {
        Self {
            cells: vec![[Cell::default(); FlowKind::COUNT]; years].into(),
            quantities: vec![[0.0; Quantity::COUNT]; years].into(),
            state_value: 0.0,
        }
    }

    /// Clears the accounts for the next path.
    pub(crate) fn clear(&mut self) {
        self.cells.fill([Cell::default(); FlowKind::COUNT]);
        self.quantities.fill([0.0; Quantity::COUNT]);
        self.state_value = 0.0;
    }

    /// The number of calendar years.
    pub fn years(&self) -> usize {
        self.cells.len()
    }

    /// The sum of a kind's flows in a year; years count from 0.
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

    /// Present value of the state's flows at its own discount rate (equation M27), USD.
    pub fn state_value(&self) -> f64 {
        self.state_value
    }

    pub(crate) fn add(&mut self, quantity: Quantity, year: usize, amount: f64) {
        self.quantities[year][quantity as usize] += amount;
    }

    /// The quantities of a year, by index.
    pub(crate) fn quantities_mut(&mut self, year: usize) -> &mut [f64; Quantity::COUNT] {
        &mut self.quantities[year]
    }

    /// Adds a sum of flows of a kind without logging them.
    pub(crate) fn add_flows(&mut self, kind: FlowKind, year: usize, sum: Cell) {
        let cell = &mut self.cells[year][kind.index()];
        cell.usd += sum.usd;
        cell.local += sum.local;
        cell.pv += sum.pv;
    }

    /// Adds to the present value of the state's flows at its own discount rate.
    pub(crate) fn add_state_value(&mut self, usd: f64) {
        self.state_value += usd;
    }

    pub(crate) fn set(&mut self, quantity: Quantity, year: usize, amount: f64) {
        self.quantities[year][quantity as usize] = amount;
    }

    /// Books a flow in nominal dollars.
    #[inline]
    pub(crate) fn book(&mut self, kind: FlowKind, usd: f64, when: &When, log: &mut impl FlowLog) {
        let amount = Cell { usd, local: usd * when.rate, pv: usd * when.discount };
        self.book_amount(kind, amount, when, log);
    }

    /// Books a flow whose local money and present value are not those of its time.
    #[inline]
    pub(crate) fn book_amount(
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

/// A flow at its time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DatedFlow {
    /// The kind.
    pub kind: FlowKind,
    /// Seconds from the start.
    pub at: f64,
    /// Index of the calendar year.
    pub year: usize,
    /// Nominal dollars.
    pub usd: f64,
    /// Present value in dollars of day one.
    pub pv: f64,
}

/// Receives every flow as it is booked.
pub trait FlowLog {
    /// Whether each flow is logged at its time; otherwise running flows may be booked by the year.
    const DATED: bool = true;

    /// Records a booked flow.
    fn record(&mut self, kind: FlowKind, usd: f64, pv: f64, when: &When);
}

/// A log that discards every flow.
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
