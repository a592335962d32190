//! A snapshot for a person: figures with their units, every input with its origin, the warnings.

use super::{Input, Snapshot};
use crate::Subsidy;
use crate::text::{Sheet, grouped, plain};
use crate::units::{JoulesPerHash, UsdPerBtc};
use std::fmt;

impl fmt::Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::new(f);
        self.write_figures(&mut sheet)?;
        self.write_inputs(&mut sheet)
    }
}

impl Snapshot {
    /// What the budget becomes, and what it costs where a tariff is given.
    ///
    /// # Errors
    /// The formatter's.
    pub fn write_figures(&self, sheet: &mut Sheet<'_, '_>) -> fmt::Result {
        let machine = self.machine.as_ref().map_or(String::new(), |name| format!(", {name}"));
        let mw = plain(self.mining_power.as_mw());
        let j_per_th = plain(self.efficiency.value().as_j_per_th());
        sheet.title(&format!("{mw} MW mining at {j_per_th} J/TH{machine}"))?;
        sheet.row("Hashrate, all running", self.nameplate.as_eh_s(), 3, "EH/s")?;
        sheet.row("Hashrate, average", self.average.as_eh_s(), 3, "EH/s")?;
        if let Some(machines) = self.machines {
            sheet.row("Machines", machines, 0, "")?;
        }
        sheet.row("Share of all blocks", self.share_of_blocks * 100.0, 3, "%")?;
        sheet.row("Energy", self.energy_per_day.as_mwh(), 0, "MWh/day")?;
        sheet.row("", self.energy_per_year.as_twh(), 3, "TWh/year")?;

        sheet.columns("", "before retarget", "after")?;
        let (network, joined) = (self.network.value().as_eh_s(), self.network_after.as_eh_s());
        sheet.pair("Network", network, joined, 1, "EH/s")?;
        let [steady, risen] = [self.difficulty, self.difficulty_after].map(|d| d.value() / 1e12);
        sheet.pair("Difficulty", steady, risen, 3, "T")?;
        let (before, after) = (&self.before, &self.after);
        let (first, second) = (before.btc.as_btc_per_day(), after.btc.as_btc_per_day());
        sheet.pair("Income", first, second, 3, "BTC/day")?;
        sheet.pair("", before.usd.as_usd_per_day(), after.usd.as_usd_per_day(), 0, "USD/day")?;
        let [first, second] = [before, after].map(|income| income.hashprice.as_usd_per_ph_day());
        sheet.pair("Hashprice", first, second, 3, "USD/PH/day")?;
        let [first, second] =
            [before, after].map(|income| income.break_even.tariff.as_usd_per_kwh());
        sheet.pair("Break-even tariff", first, second, 5, "USD/kWh")?;
        self.write_cost(sheet)
    }

    /// What there is to say only with a tariff.
    fn write_cost(&self, sheet: &mut Sheet<'_, '_>) -> fmt::Result {
        let Some(cost) = self.energy_cost.map(|cost| cost.as_usd_per_day()) else {
            return sheet.note("no tariff given: cost, margin and subsidy are left out");
        };
        sheet.pair("Energy cost", cost, cost, 0, "USD/day")?;
        if let Some((before, after)) = self.margin_before.zip(self.margin_after) {
            let (before, after) = (before.as_usd_per_day(), after.as_usd_per_day());
            sheet.pair("Margin, energy only", before, after, 0, "USD/day")?;
        }
        if self.tariff.is_some_and(|tariff| tariff.as_usd_per_kwh() > 0.0) {
            let [before, after] = [&self.before, &self.after].map(|income| income.break_even);
            let usd = UsdPerBtc::as_usd_per_btc;
            let (first, second) = (before.price.map(usd), after.price.map(usd));
            sheet.pair_or_never("Break-even price", first, second, 0, "USD/BTC")?;
            let j_per_th = JoulesPerHash::as_j_per_th;
            let (first, second) = (before.efficiency.map(j_per_th), after.efficiency.map(j_per_th));
            sheet.pair_or_never("Break-even efficiency", first, second, 3, "J/TH")?;
        } else {
            sheet.note("energy costs nothing: every price and every efficiency pays for it")?;
        }
        if let Some((local, tariff)) = self.local_break_even().zip(self.local_tariff) {
            let unit = format!("{}/kWh", tariff.currency());
            sheet.row("Break-even tariff, after", local.as_per_kwh(), 3, &unit)?;
        }
        Ok(())
    }

    /// The tariff against each reference, carbon, every input with its origin, the warnings.
    ///
    /// # Errors
    /// The formatter's.
    pub fn write_inputs(&self, sheet: &mut Sheet<'_, '_>) -> fmt::Result {
        if let Some(first) = self.subsidies.first() {
            sheet.title("Subsidy: reference less tariff (negative: the tariff brings more)")?;
            let currency = first.per_kwh.currency();
            let (each, year) = (format!("{currency}/kWh"), format!("bn {currency}/year"));
            sheet.cells("against", &each, &year)?;
        }
        self.subsidies.iter().try_for_each(|subsidy| write_subsidy(sheet, subsidy))?;
        sheet.title("Beside it")?;
        let mt = self.carbon_per_year.as_tonnes() / 1e6;
        sheet.row("Carbon, grid's average", mt, 3, "Mt CO2/year")?;
        sheet.row("Households using as much", self.households, 0, "(an equivalent)")?;

        sheet.title("Inputs")?;
        self.inputs.iter().try_for_each(|input| write_input(sheet, input))?;
        sheet.title("Warnings")?;
        self.warnings.iter().try_for_each(|warning| sheet.note(warning))
    }
}

fn write_subsidy(sheet: &mut Sheet<'_, '_>, subsidy: &Subsidy) -> fmt::Result {
    let each = grouped(subsidy.per_kwh.as_per_kwh(), 2);
    let year = grouped(subsidy.per_year.amount() / 1e9, 2);
    let reference = &subsidy.reference;
    sheet.cells(reference.kind.name(), &each, &year)?;
    sheet.aside(&format!("{} ({})", reference.what, reference.metering_point.name()))
}

fn write_input(sheet: &mut Sheet<'_, '_>, input: &Input) -> fmt::Result {
    let provenance = &input.provenance;
    let date = provenance.as_of().map_or(String::new(), |date| format!(" {date}"));
    let origin = format!("{}{date}: {}", provenance.kind(), provenance.detail());
    sheet.input(&input.field, input.value, &input.unit, &origin)
}

#[cfg(test)]
mod tests {
    use crate::uncertainty::Estimate;
    use crate::units::Watts;
    use crate::{Case, ReferenceCost, Tariff};

    fn headline() -> Case {
        let mut case = Case::new(Watts::from_mw(2000.0));
        let user = |text: &str| Estimate::user_reported(text.parse().unwrap(), "test");
        case.tariff = Some(Tariff {
            price: user("22.98 PKR/kWh"),
            exchange_rate: Some(Estimate::user_reported("281 PKR/USD".parse().unwrap(), "test")),
        });
        case.references = ReferenceCost::shipped("pakistan").unwrap();
        case
    }

    /// The words of the line that begins so.
    fn line(text: &str, label: &str) -> Vec<String> {
        let line = text.lines().find(|line| line.trim_start().starts_with(label));
        let line = line.unwrap_or_else(|| panic!("no `{label}` in\n{text}"));
        line.trim_start()[label.len()..].split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_text_has_each_figure_in_its_column_with_its_unit() {
        let text = headline().snapshot().unwrap().to_string();
        for (label, words) in [
            ("Hashrate, all running", &["126.984", "EH/s"][..]),
            ("Hashrate, average", &["120.635", "EH/s"]),
            ("Share of all blocks", &["11.762", "%"]),
            ("Energy cost", &["3,729,139", "3,729,139", "USD/day"]),
            ("Network", &["905.0", "1,025.6", "EH/s"]),
            ("Income", &["60.396", "53.292", "BTC/day"]),
            ("Hashprice", &["32.622", "28.785", "USD/PH/day"]),
            ("Break-even tariff, after", &["21.398", "PKR/kWh"]),
            ("Break-even price", &["61,745", "69,976", "USD/BTC"]),
            ("Margin, energy only", &["206,186", "-256,686", "USD/day"]),
            ("cost_of_service", &["11.02", "183.42"]),
            ("Carbon, grid's average", &["7.333", "Mt", "CO2/year"]),
        ] {
            assert_eq!(line(&text, label), words, "{label}");
        }
        assert!(text.contains("published 2026-08-21: mean of 30 days"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 100));
    }

    #[test]
    fn what_never_and_what_always_pays_is_said() {
        let text = |case: Case| case.snapshot().unwrap().to_string();
        let mut kept = headline();
        let all = crate::units::Fraction::ONE;
        kept.pool.fee = Estimate::user_reported(all, "test");
        let kept = text(kept);
        assert_eq!(line(&kept, "Break-even price"), ["never", "never", "USD/BTC"]);
        assert_eq!(line(&kept, "Break-even efficiency"), ["never", "never", "J/TH"]);

        let mut free = headline();
        let price = Estimate::user_reported("0 PKR/kWh".parse().unwrap(), "test");
        free.tariff = free.tariff.map(|tariff| Tariff { price, ..tariff });
        let free = text(free);
        assert!(free.contains("energy costs nothing") && !free.contains("Break-even price"));
    }

    #[test]
    fn without_a_tariff_the_text_says_what_is_left_out() {
        let case = Case { tariff: None, ..headline() };
        let text = case.snapshot().unwrap().to_string();
        assert!(text.contains("no tariff given") && !text.contains("Energy cost"));
    }
}
