//! What a new load does to the bills of other consumers (equation M22).

use super::{Bills, Price};

/// Other consumers' bills, where the scenario asks for them.
#[derive(Clone, Debug, PartialEq)]
pub struct BillEffects<T = f64> {
    /// Their parameters.
    pub terms: Bills<T>,
    /// What others take at the plant where the hours do not say, MW.
    pub other_load_mw: Option<T>,
    /// Part of the site's bill that pays for shared networks and other fixed costs, money/kWh.
    pub network_charge: Price<T>,
    /// Classes of consumers; their shares of energy add up to 1, as do those of shared fixed costs.
    pub classes: Vec<ConsumerClass>,
}

/// Consumers who are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerClass {
    /// What they are called.
    pub name: String,
    /// Part of all other consumers' energy.
    pub energy_share: f64,
    /// Part of the shared fixed costs that they pay.
    pub network_share: f64,
    /// Part of their energy whose price follows the marginal plant; without it that of all.
    pub at_marginal_price: Option<f64>,
    /// How many they are, where somebody says.
    pub consumers: Option<f64>,
}

impl<T: Copy> BillEffects<T> {
    /// The same with something else in the parameters' places.
    pub fn map<U>(&self, of: &mut impl FnMut(T) -> U) -> BillEffects<U> {
        BillEffects {
            terms: self.terms.map(&mut *of),
            other_load_mw: self.other_load_mw.map(&mut *of),
            network_charge: self.network_charge.map(&mut *of),
            classes: self.classes.clone(),
        }
    }
}

impl BillEffects {
    /// Part of a class's energy whose price follows the marginal plant.
    fn exposure(&self, class: &ConsumerClass) -> f64 {
        class.at_marginal_price.unwrap_or(self.terms.at_marginal_price)
    }

    /// Part of all others' energy whose price follows the marginal plant.
    pub fn at_marginal_price(&self) -> f64 {
        if self.classes.is_empty() {
            return self.terms.at_marginal_price;
        }
        self.classes.iter().map(|class| class.energy_share * self.exposure(class)).sum()
    }

    /// A class's part of what dearer energy costs others.
    pub(crate) fn price_share(&self, class: &ConsumerClass) -> f64 {
        let all = self.at_marginal_price();
        if all > 0.0 { class.energy_share * self.exposure(class) / all } else { 0.0 }
    }
}
