//! Tax on profit with losses carried forward (equation M17).

/// The operator's tax position.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct IncomeTax {
    rate: f64,
    /// Whole years of straight-line depreciation.
    life: u32,
    /// Maximum share of a year's profit that losses may offset.
    loss_use: f64,
    carried: f64,
    /// Assets by annual depreciation and remaining years.
    assets: Vec<(f64, u32)>,
}

/// A year's tax.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct TaxYear {
    pub taxable: f64,
    pub tax: f64,
    pub carried: f64,
}

impl IncomeTax {
    pub(crate) fn begin(&mut self, rate: f64, life: f64, loss_use: f64) {
        (self.rate, self.loss_use) = (rate, loss_use);
        self.life = life.round().max(1.0) as u32;
        self.carried = 0.0;
        self.assets.clear();
    }

    /// Closes a year with its spending on assets and its profit before depreciation.
    pub(crate) fn close_year(&mut self, spent: f64, before_depreciation: f64) -> TaxYear {
        if spent != 0.0 {
            self.assets.push((spent / f64::from(self.life), self.life));
        }
        let depreciation: f64 = self.assets.iter().map(|(part, _)| part).sum();
        self.assets.retain_mut(|(_, left)| {
            *left -= 1;
            *left > 0
        });
        let profit = before_depreciation - depreciation;
        let used = self.carried.min(self.loss_use * profit.max(0.0));
        self.carried += (-profit).max(0.0) - used;
        let taxable = profit.max(0.0) - used;
        TaxYear { taxable, tax: self.rate * taxable, carried: self.carried }
    }

    /// The remaining tax book value of the assets.
    pub(crate) fn book(&self) -> f64 {
        self.assets.iter().map(|(part, left)| part * f64::from(*left)).sum()
    }

    /// The tax on a sale at the residual value; it may be negative.
    pub(crate) fn on_residual(&self, residual: f64) -> f64 {
        self.rate * (residual - self.book())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_are_carried_forward_and_tax_is_never_negative() {
        let mut tax = IncomeTax::default();
        tax.begin(0.25, 2.0, 0.5);
        // 100 spent, 50 written off a year.
        let first = tax.close_year(100.0, 20.0);
        assert_eq!((first.tax, first.carried, tax.book()), (0.0, 30.0, 50.0));
        // 60 of profit; losses offset at most half of it.
        let second = tax.close_year(0.0, 110.0);
        assert_eq!((second.taxable, second.tax, second.carried), (30.0, 7.5, 0.0));
        assert_eq!((tax.book(), tax.on_residual(40.0)), (0.0, 10.0));
    }
}
