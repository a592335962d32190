//! Effects of the project on the bills of other consumers (equation M22).

use super::{Bills, Price};

/// Inputs of the effects on other consumers' bills.
#[derive(Clone, Debug, PartialEq)]
pub struct BillEffects<T = f64> {
    /// Their parameters.
    pub terms: Bills<T>,
    /// Load of other consumers at the plants if the hours do not give it, MW.
    pub other_load_mw: Option<T>,
    /// The part of the site's bill that pays for shared networks and other fixed costs, money/kWh.
    pub network_charge: Price<T>,
    /// Classes of consumers; their shares of energy and of shared fixed costs each sum to 1.
    pub classes: Vec<ConsumerClass>,
}

/// A class of consumers.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerClass {
    /// The name of the class.
    pub name: String,
    /// Share of all other consumers' energy.
    pub energy_share: f64,
    /// Share of the shared fixed costs.
    pub network_share: f64,
    /// Share of the class's energy whose price follows the marginal plant; without it, that of all classes.
    pub at_marginal_price: Option<f64>,
    /// Number of consumers, if given.
    pub consumers: Option<f64>,
}

impl<T: Copy> BillEffects<T> {
    /// Maps every parameter.
    pub fn map<U>(&self, convert: &mut impl FnMut(T) -> U) -> BillEffects<U> {
        BillEffects {
            terms: self.terms.map(&mut *convert),
            other_load_mw: self.other_load_mw.map(&mut *convert),
            network_charge: self.network_charge.map(&mut *convert),
            classes: self.classes.clone(),
        }
    }
}

impl BillEffects {
    /// Share of a class's energy whose price follows the marginal plant.
    fn exposure(&self, class: &ConsumerClass) -> f64 {
        class.at_marginal_price.unwrap_or(self.terms.at_marginal_price)
    }

    /// Share of all other consumers' energy whose price follows the marginal plant.
    pub fn at_marginal_price(&self) -> f64 {
        if self.classes.is_empty() {
            return self.terms.at_marginal_price;
        }
        self.classes.iter().map(|class| class.energy_share * self.exposure(class)).sum()
    }

    /// A class's share of the cost of dearer energy.
    pub(crate) fn price_share(&self, class: &ConsumerClass) -> f64 {
        let all = self.at_marginal_price();
        if all > 0.0 { class.energy_share * self.exposure(class) / all } else { 0.0 }
    }
}
