//! A ledger for a person, in 80 columns.

mod inputs;

use super::{LedgerReport, LedgerResultRow};
use hashwatt::text::{WIDTH, grouped, plain, wrapped_within};
use std::fmt::{self, Formatter};

impl fmt::Display for LedgerReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let currency = &self.currency;
        writeln!(
            f,
            "Who gains and who pays: a year of {} TWh and {} BTC",
            grouped(self.energy_twh, 3),
            grouped(self.btc_per_year, 1)
        )?;
        wrapped(
            f,
            &format!(
                "hours {}, capacity payments {}, tariff {}; amounts in millions of {currency} unless \
                 said",
                self.hours_case, self.capacity_mode, self.tariff.status
            ),
            2,
        )?;
        self.write_matrix(f)?;
        self.write_national(f)?;
        self.write_references(f)?;
        self.write_months(f)?;
        self.write_capacity(f)?;
        self.write_tariff(f)?;
        self.write_hours(f)?;
        self.write_uses(f)?;
        self.write_border(f)?;
        self.write_carbon(f)?;
        self.write_results(f)?;
        writeln!(f, "\nFlows, formulas and inputs")?;
        for flow in self.flows.iter().filter(|flow| flow.amount != 0.0) {
            let amount = millions(flow.amount);
            wrapped(f, &format!("{} = {amount}: {}", flow.name, flow.formula), 2)?;
            wrapped(f, &format!("{} > {}, {}", flow.from, flow.to, flow.means), 4)?;
        }
        for row in self.resources.iter().filter(|row| row.amount != 0.0) {
            let amount = millions(row.amount);
            wrapped(f, &format!("{} = {amount}: {}", row.name, row.formula), 2)?;
            wrapped(f, &format!("borne by {}", row.bearer), 4)?;
        }
        self.write_inputs(f)?;
        writeln!(f, "\nWarnings")?;
        self.warnings.iter().try_for_each(|warning| wrapped(f, warning, 2))
    }
}

impl LedgerReport {
    /// Payers by rows, payees by columns, numbered; in millions, or in billions where these are too many.
    fn write_matrix(&self, f: &mut Formatter) -> fmt::Result {
        let cells = self.matrix.iter().map(|cell| cell.amount);
        let nets = self.parties.iter().map(|party| party.net);
        let most = cells.chain(nets).fold(0.0, |most: f64, amount| most.max(amount.abs()));
        let (unit, named) = if most >= 1e11 { (1e9, "billions") } else { (1e6, "millions") };
        let currency = &self.currency;
        writeln!(f, "\nPayers (rows) and payees (columns), {named} of {currency}")?;
        write!(f, "{:<17}", "")?;
        for (place, _) in self.parties.iter().enumerate() {
            write!(f, "{:>9}", place + 1)?;
        }
        writeln!(f)?;
        for (place, from) in self.parties.iter().enumerate() {
            write!(f, "{:<17}", format!("{} {}", place + 1, from.party))?;
            for to in &self.parties {
                let cell = self.matrix.iter().find(|c| c.from == from.party && c.to == to.party);
                let text = cell.map_or("-".to_owned(), |cell| short(cell.amount, unit));
                write!(f, "{text:>9}")?;
            }
            writeln!(f)?;
        }
        for (label, of) in [
            ("transfers", (|p| p.transfers) as fn(&super::PartyRow) -> f64),
            ("resources", |p| p.resources),
            ("net", |p| p.net),
        ] {
            write!(f, "{label:<17}")?;
            self.parties.iter().try_for_each(|p| write!(f, "{:>9}", short(of(p), unit)))?;
            writeln!(f)?;
        }
        wrapped(f, &format!("transfers sum to {} {currency}, to the hundredth", self.sum()), 2)
    }

    /// All that parties are paid less all that they pay, in the currency, from the cells' exact amounts.
    fn sum(&self) -> String {
        let of = |party: &super::PartyRow| {
            let exact = |cell: &super::MatrixCellRow| cell.hundredths.parse().unwrap_or(0i128);
            let sum = |mine: fn(&super::MatrixCellRow) -> &'static str| -> i128 {
                let here = self.matrix.iter().filter(|cell| mine(cell) == party.party);
                here.map(exact).sum()
            };
            sum(|cell| cell.to) - sum(|cell| cell.from)
        };
        let hundredths: i128 = self.parties.iter().map(of).sum();
        format!("{}.{:02}", hundredths / 100, hundredths.abs() % 100)
    }

    fn write_national(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(f, "\nThe nation: real resources, foreign exchange, stated externalities")?;
        let n = &self.national;
        for (label, amount) in [
            ("real resources", n.resources),
            ("foreign exchange", n.foreign_exchange),
            ("bitcoin held", n.bitcoin_held),
            ("money kept abroad", n.kept_abroad),
            ("sum without externalities", n.without_externalities),
            ("stated externalities", n.externalities),
            ("net", n.net),
        ] {
            writeln!(f, "  {label:<28}{:>16}", millions(amount))?;
        }
        Ok(())
    }

    fn write_references(&self, f: &mut Formatter) -> fmt::Result {
        let unit = format!("{}/kWh", self.currency);
        writeln!(f, "\nSubsidy against each reference (negative: the site brings more)")?;
        let (quoted, at) = ("quoted", "at meter");
        writeln!(
            f,
            "  {:<20}{quoted:>11}{:>8}{at:>11}{:>11}{:>14}",
            "against", "loss", "each", "year"
        )?;
        writeln!(f, "  {:<20}{unit:>11}{:>8}{unit:>11}{unit:>11}{:>14}", "", "%", "millions")?;
        for row in &self.references {
            writeln!(
                f,
                "  {:<20}{:>11}{:>8}{:>11}{:>11}{:>14}",
                row.kind,
                grouped(row.quoted_per_kwh, 3),
                grouped(row.loss_factor * 100.0, 2),
                grouped(row.at_customer_per_kwh, 3),
                grouped(row.subsidy_per_kwh, 3),
                millions(row.subsidy_per_year)
            )?;
            let date = row.origin.as_of.as_ref().map_or(String::new(), |d| format!(" {d}"));
            let month = row.month.map_or(String::new(), |m| format!(", month {m}"));
            let point = row.metering_point;
            wrapped(f, &format!("{} ({point}{month})", row.what), 4)?;
            wrapped(f, &format!("{}{date}: {}", row.origin.kind, row.origin.detail), 4)?;
        }
        Ok(())
    }

    fn write_months(&self, f: &mut Formatter) -> fmt::Result {
        let unit = format!("{}/kWh", self.currency);
        writeln!(f, "\nMonths: what the site earns the system against incremental cost")?;
        writeln!(
            f,
            "  {:<4}{:>7}{:>10}{:>8}{:>9}{:>12}{:>10}{:>14}",
            "", "served", "curtailed", "at risk", "GWh", "incremental", "paid", "earns"
        )?;
        writeln!(
            f,
            "  {:<4}{:>7}{:>10}{:>8}{:>9}{unit:>12}{unit:>10}{:>14}",
            "", "h", "h", "h", "", "millions"
        )?;
        for m in &self.months {
            writeln!(
                f,
                "  {:<4}{:>7}{:>10}{:>8}{:>9}{:>12}{:>10}{:>14}",
                m.month,
                grouped(m.served_hours, 0),
                grouped(m.curtailed_hours.round(), 0),
                grouped(m.at_risk_hours.round(), 0),
                grouped(m.energy_gwh, 1),
                grouped(m.incremental_per_kwh, 4),
                grouped(m.paid_per_kwh, 4),
                millions(m.earns_against_incremental)
            )?;
            let served: Vec<String> = m
                .served_by
                .iter()
                .map(|s| format!("{} {} %", s.plant, grouped((s.share * 100.0).round(), 0)))
                .collect();
            wrapped(f, &format!("served by {}", served.join(", ")), 6)?;
        }
        Ok(())
    }

    fn write_capacity(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(f, "\nCapacity payments: tariff less incremental cost less what counts")?;
        write!(f, "  {:<6}{:>9}{:>9}", "year", "in force", "due")?;
        let first = self.capacity.first();
        let modes = first.map(|year| year.modes.as_slice()).unwrap_or_default();
        for mode in modes {
            // Two words stand for three.
            let name = if mode.mode == "load_factor_share" { "load share" } else { mode.mode };
            write!(f, "{name:>13}")?;
        }
        writeln!(f)?;
        for year in &self.capacity {
            let (force, due) = (grouped(year.in_force, 2), grouped(year.take_or_pay, 2));
            write!(f, "  {:<6}{force:>9}{due:>9}", year.year)?;
            year.modes.iter().try_for_each(|mode| write!(f, "{:>13}", millions(mode.left)))?;
            writeln!(f)?;
        }
        Ok(())
    }

    fn write_tariff(&self, f: &mut Formatter) -> fmt::Result {
        let t = &self.tariff;
        writeln!(f, "\nTariff ({})", t.status)?;
        for (label, amount) in [
            ("energy charge", t.energy_charge),
            ("charge on contracted load", t.capacity_charge),
            ("adjustments", t.adjustments),
            ("recoverable tax", t.recoverable_tax),
            ("unrecoverable tax", t.unrecoverable_tax),
        ] {
            writeln!(f, "  {label:<28}{:>16}", millions(amount))?;
        }
        let each = grouped(t.paid_per_kwh, 4);
        writeln!(f, "  {:<28}{each:>16} {}/kWh before taxes", "all of it", self.currency)?;
        for tax in &self.corrective_taxes {
            let applied = if tax.applied { "applied" } else { "would raise" };
            let told = format!(
                "corrective tax {}, {} {}/kWh: {applied} {}",
                tax.name,
                grouped(tax.per_kwh, 4),
                self.currency,
                millions(tax.per_year)
            );
            wrapped(f, &told, 2)?;
        }
        Ok(())
    }

    fn write_hours(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(f, "\nHours of the year in three cases")?;
        writeln!(
            f,
            "  {:<14}{:>7}{:>10}{:>8}{:>8}{:>14}{:>15}",
            "", "served", "curtailed", "at risk", "factor", "profit", "national net"
        )?;
        for row in &self.hours {
            writeln!(
                f,
                "  {:<14}{:>7}{:>10}{:>8}{:>8}{:>14}{:>15}",
                row.case,
                grouped(row.served_hours, 0),
                grouped(row.curtailed_hours.round(), 0),
                grouped(row.at_risk_hours.round(), 0),
                grouped(row.capacity_factor, 3),
                millions(row.profit_after_tax),
                millions(row.national_net)
            )?;
            let even = |range: Option<[f64; 2]>| match range {
                None => "never".to_owned(),
                Some([least, most]) => format!("{} to {}", grouped(least, 3), grouped(most, 3)),
            };
            let told = format!(
                "cash costs met at factors {}, with capital {}; curtailed hours bear {} of the \
                 fixed charge and {} GWh of standby; emergency calls bring {} at {} minutes' notice",
                even(row.break_even_capacity_factor_cash),
                even(row.break_even_capacity_factor_with_capital),
                millions(row.fixed_charge_curtailed),
                grouped(row.standby_gwh, 1),
                millions(row.emergency_payment),
                plain(self.emergency_notice_minutes)
            );
            wrapped(f, &told, 4)?;
        }
        Ok(())
    }

    fn write_uses(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(f, "\nA MWh at the site's meter, USD/MWh")?;
        writeln!(
            f,
            "  {:<22}{:>10}{:>14}{:>15}{:>14}",
            "", "gross", "after energy", "after capital", "local value"
        )?;
        for row in &self.uses {
            let capital = row.after_capital_usd_per_mwh;
            writeln!(
                f,
                "  {:<22}{:>10}{:>14}{:>15}{:>14}",
                row.name,
                grouped(row.gross_usd_per_mwh, 1),
                grouped(row.after_energy_usd_per_mwh, 1),
                capital.map_or("-".to_owned(), |capital| grouped(capital, 1)),
                grouped(row.local_value_added_usd_per_mwh, 1)
            )?;
        }
        let rents: Vec<String> =
            self.ai.usd_per_gpu_hour_by_year.iter().map(|rent| grouped(*rent, 2)).collect();
        let told = format!(
            "AI: {} GPUs on all MW, {} kW each at the meter, {} M USD/MW, {} USD/GPU; rents by year \
             {} USD/GPU-h",
            grouped(self.ai.gpus_on_all_mw, 0),
            grouped(self.ai.kw_per_gpu_at_site, 3),
            grouped(self.ai.usd_per_mw / 1e6, 1),
            grouped(self.ai.usd_per_gpu, 0),
            rents.join(", ")
        );
        wrapped(f, &told, 2)?;
        writeln!(f, "\nFrom all mining to all AI, millions of USD a year")?;
        writeln!(
            f,
            "  {:<8}{:>12}{:>12}{:>12}{:>12}{:>15}",
            "mining", "BTC", "GPUs", "gross", "capital", "after capital"
        )?;
        for row in &self.split {
            writeln!(
                f,
                "  {:<8}{:>12}{:>12}{:>12}{:>12}{:>15}",
                format!("{} %", plain((row.mining_share * 100.0).round())),
                grouped(row.btc_per_year, 1),
                grouped(row.gpus, 0),
                grouped(row.gross_usd_per_year / 1e6, 1),
                grouped(row.capital_usd / 1e6, 0),
                grouped(row.after_capital_usd_per_year / 1e6, 1)
            )?;
        }
        Ok(())
    }

    fn write_border(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(f, "\nForeign exchange by year, millions of USD")?;
        writeln!(
            f,
            "  {:<5}{:>9}{:>9}{:>8}{:>9}{:>10}{:>8}{:>10}{:>10}",
            "year", "rate", "in", "fuel", "machines", "costs", "debt", "profit", "net"
        )?;
        let usd = |amount: f64| grouped(amount / 1e6, 1);
        for y in &self.foreign_exchange {
            writeln!(
                f,
                "  {:<5}{:>9}{:>9}{:>8}{:>9}{:>10}{:>8}{:>10}{:>10}",
                y.year,
                grouped(y.rate_per_usd, 2),
                usd(y.bitcoin_in_usd + y.ai_in_usd),
                usd(y.fuel_out_usd),
                usd(y.machines_out_usd + y.plants_out_usd),
                usd(y.spares_and_costs_out_usd),
                usd(y.debt_out_usd),
                usd(y.profit_out_usd),
                usd(y.net_usd)
            )?;
        }
        let held = self.foreign_exchange.first().map_or(0.0, |year| year.bitcoin_held_usd);
        wrapped(f, &format!("bitcoin held, which is in none of it: {} a year", usd(held)), 2)
    }

    fn write_carbon(&self, f: &mut Formatter) -> fmt::Result {
        let c = &self.carbon;
        writeln!(f, "\nCarbon, thousand tonnes of CO2 a year")?;
        for (label, tonnes) in [
            ("at the stated average", c.stated_average_t),
            ("at the months' average", c.average_t),
            ("of the plants that serve it", c.marginal_t),
            ("embodied, a year's part", c.embodied_t),
            ("of displaced miners", c.displaced_t),
            ("global net", c.global_net_t),
        ] {
            writeln!(f, "  {label:<28}{:>16}", grouped(tonnes / 1e3, 1))?;
        }
        let homes = grouped(c.households_equivalent, 0);
        wrapped(f, &format!("as much as {homes} households use: {}", c.households_note), 2)?;
        let each: Vec<String> = c
            .months
            .iter()
            .map(|m| {
                let average = m.average_g_per_kwh.map_or("-".to_owned(), |g| grouped(g, 0));
                format!("{}: {average}/{}", m.month, grouped(m.marginal_g_per_kwh, 0))
            })
            .collect();
        wrapped(f, &format!("g/kWh by month, average/marginal: {}", each.join(", ")), 2)
    }

    fn write_results(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(
            f,
            "\nResults: 5 %, half, 95 % of {} draws{}, and what turns the sign",
            self.samples,
            if self.complete { "" } else { " (interrupted)" }
        )?;
        for row in &self.results {
            let scale =
                if row.unit.starts_with(self.currency.as_str()) && row.unit.ends_with("/year") {
                    1e6
                } else {
                    1.0
                };
            let unit = if scale > 1.0 { format!("M {}", row.unit) } else { row.unit.clone() };
            wrapped(f, &format!("{} ({unit})", row.name), 2)?;
            let of = |value: f64| grouped(value / scale, 1);
            writeln!(
                f,
                "    {:>15}{:>15}{:>15}{:>15}   > 0: {} %",
                of(row.base),
                of(row.p5),
                of(row.p50),
                of(row.p95),
                grouped((row.probability_positive * 100.0).round(), 0)
            )?;
            wrapped(f, &turned(row), 4)?;
        }
        wrapped(f, "columns: with every input as taken, P5, P50, P95", 2)
    }
}

fn turned(row: &LedgerResultRow) -> String {
    match &row.flip {
        None => "turned by: none".to_owned(),
        Some(flip) => format!(
            "turned by {}: {} to {} {} ({} of its own range)",
            flip.input,
            plain(flip.base),
            plain(flip.threshold),
            flip.unit,
            grouped(flip.steps, 2)
        ),
    }
}

fn millions(amount: f64) -> String {
    grouped(amount / 1e6, if amount.abs() < 1e8 { 3 } else { 1 })
}

/// In so many units, in at most nine columns, of which one is a gap.
fn short(amount: f64, unit: f64) -> String {
    let units = amount / unit;
    match units.abs() {
        0.0 => "0".to_owned(),
        u if u < 0.005 => "~0".to_owned(),
        u if u < 1000.0 => grouped(units, 2),
        u if u < 1e6 => grouped(units, 0),
        _ => format!("{units:.1e}"),
    }
}

/// A key or a list of files may be longer than a line.
fn wrapped(f: &mut Formatter, text: &str, indent: usize) -> fmt::Result {
    let lines = wrapped_within(text, WIDTH, &" ".repeat(indent), indent);
    lines.iter().try_for_each(|line| writeln!(f, "{line}"))
}
