//! Who gains and who pays: the project's year against the same year without it.
//!
//! [`LedgerInputs`] is a list of inputs, each with its unit, date, source and range; [`LedgerInputs::ledger`]
//! makes a [`Ledger`] of them: a [`Matrix`] of payers and payees whose transfers sum to zero to the cent,
//! references side by side, capacity payments in four modes, hours in three cases, what a MWh does in
//! other uses, foreign exchange, carbon, and every result with its band and what turns its sign.
//!
//! All amounts are of one steady year, the network having taken the fleet in. Capital is spread over its
//! life, which stands for the repayment of what financed it. An average is never called marginal: "earns" is
//! said against the incremental cost of the month's plants alone.

mod book;
mod evaluate;
mod hours;
mod kinds;
mod made;
mod make;
mod matrix;
mod merit;
mod model;
mod party;
mod read;
mod reference;
mod results;
mod section;
mod uses;

pub use book::{LedgerInput, Spread};
pub use hours::{MonthHours, SurplusStep};
pub use kinds::{CapacityMode, HoursCase};
pub use made::{
    AiFacts, CapacityYear, CarbonMonth, CarbonYear, CorrectiveTax, FxYear, HoursCaseRow, Ledger,
    LedgerMonth, LedgerReference, ServedBy, Surplus, TariffTerms,
};
pub use matrix::{Flow, Matrix, Minor, NationalNet, Resource};
pub use model::LedgerInputs;
pub use party::{FlowSpec, Means, Party, ResourceSpec};
pub use reference::{MeteringPoint, ReferenceCost, ReferenceKind, Subsidy};
pub use results::{Flip, LedgerResult, LedgerSettings};
pub use section::{
    AiSection, ByYear, CapacitySection, CarbonSection, ForeignExchangeSection, LedgerHoursSection,
    LedgerMarketSection, LedgerSection, Line, LossesSection, OperatorSection, PayersSection,
    PlantSection, ReferenceSection, SupplySection, TaxLine, TermsSection, Tier, UsesSection,
};
pub use uses::{SplitPoint, Use};
