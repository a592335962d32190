//! The lots of machines that a scenario puts at its sites.

use super::read::{Read, Reader, wrong};
use super::{FleetSection, Scenario};
use crate::price_list::PriceList;
use crate::uncertainty::Estimate;
use crate::units::{Fraction, MachinePrice, Seconds, Watts};
use crate::{Case, Fleet, Lot, Machine, Site};
use jiff::civil::Date;

/// Years that a machine runs where a file says nothing.
pub(super) const LIFE_YEARS: f64 = 5.0;

/// Where lots stand, and who reads their values.
pub(super) struct Place<'a> {
    pub reader: &'a Reader<'a>,
    /// What the flat keys say.
    pub flat: &'a Case,
    pub name: &'a str,
    pub site: &'a Site,
    /// The site's power, where it is given.
    pub power: Option<Watts>,
}

impl Scenario {
    /// The lots that stand at a site; without sections one lot of all its power.
    pub(super) fn lots(&self, place: &Place) -> Read<Vec<Lot>> {
        let here = |lot: &FleetSection| lot.site.as_deref().is_none_or(|of| of == place.name);
        let sections: Vec<_> = self.fleet.iter().enumerate().filter(|(_, lot)| here(lot)).collect();
        if sections.is_empty() {
            let section = FleetSection::default();
            let whole = place.power.unwrap_or(Watts::ZERO);
            let place = Place { power: Some(whole), ..*place };
            return Ok(vec![self.lot(&place, "", &section, place.flat.fleet.clone())?]);
        }
        let mut lots = Vec::new();
        for (index, section) in sections {
            let prefix = format!("fleet[{index}].");
            let (machine, measured) = (section.machine.as_ref(), section.measured.as_ref());
            let j_per_th = section.j_per_th.as_ref();
            let fleet = place.reader.fleet(&prefix, j_per_th, machine, measured)?;
            let fleet = fleet.unwrap_or_else(|| place.flat.fleet.clone());
            lots.push(self.lot(place, &prefix, section, fleet)?);
        }
        if let Some(power) = place.power {
            let most = Lot::peak(lots.iter()).1.as_mw();
            if most > power.as_mw() * 1.000_001 {
                let (site, mw) = (place.name, power.as_mw());
                let reason = format!("lots take {most} MW at one time, and {site} has {mw} MW");
                return Err(wrong("fleet", reason));
            }
        }
        Ok(lots)
    }

    fn lot(&self, place: &Place, prefix: &str, section: &FleetSection, fleet: Fleet) -> Read<Lot> {
        let key = |name: &str| format!("{prefix}{name}");
        let fraction = |name: &str, value: Option<f64>| match value {
            Some(value) => Fraction::new(value).map_err(|e| wrong(&key(name), e)),
            None => Ok(Fraction::ZERO),
        };
        let name = section.name.clone().or(fleet.machine().map(Machine::name));
        let name =
            name.unwrap_or_else(|| format!("{:.1} J/TH", fleet.efficiency().value().as_j_per_th()));
        Ok(Lot {
            name,
            power: power(place, prefix, section, &fleet)?,
            begins: self.begins(place, prefix, section)?,
            delivery: Seconds::from_years(section.delivery_months.unwrap_or(0.0) / 12.0),
            life: Seconds::from_years(section.life_years.unwrap_or(LIFE_YEARS)),
            failure_per_year: fraction("failure_per_year", section.failure_per_year)?,
            drift_per_year: fraction("drift_per_year", section.drift_per_year)?,
            machine_price: machine_price(place, prefix, section, &fleet)?,
            duty: fraction("duty", section.duty)?,
            resale: fraction("resale", section.resale)?,
            status: section.status.unwrap_or_default(),
            fleet,
        })
    }

    /// From the project's first day.
    fn begins(&self, place: &Place, prefix: &str, section: &FleetSection) -> Read<Seconds> {
        let Some(text) = &section.begins else { return Ok(Seconds::ZERO) };
        let key = format!("{prefix}begins");
        let day: Date = text
            .parse()
            .map_err(|_| wrong(&key, format!("`{text}` is no day; give YYYY-MM-DD")))?;
        let start = self.start(place.flat)?;
        let days = f64::from(start.until(day).map_or(0, |span| span.get_days()));
        if days < 0.0 {
            let reason = format!("{text} is before the project's start, {start}");
            return Err(wrong(&key, reason));
        }
        Ok(Seconds::from_days(days))
    }
}

fn power(
    place: &Place,
    prefix: &str,
    section: &FleetSection,
    fleet: &Fleet,
) -> Read<Estimate<Watts>> {
    let key = |name: &str| format!("{prefix}{name}");
    match (&section.power_mw, section.count, place.power) {
        (Some(_), Some(_), _) => {
            Err(wrong(&key("power_mw"), "stands beside count; give one of the two"))
        }
        (Some(given), None, _) => place.reader.power(&key("power_mw"), given),
        (None, Some(count), _) => {
            let machine = fleet.machine().ok_or_else(|| {
                wrong(&key("count"), "needs a machine of the catalogue; give power_mw")
            })?;
            if !(count >= 0.0 && count.is_finite()) {
                return Err(wrong(&key("count"), format!("is {count}; give at least 0")));
            }
            let power = machine.power * (count * place.site.pue.value().value());
            Ok(Estimate::user_reported(power, (place.reader.source)(&key("count"))))
        }
        (None, None, Some(whole)) => {
            Ok(Estimate::new(whole, place.flat.allocation.power.provenance().clone()))
        }
        (None, None, None) => {
            let reason = "is missing; give power_mw or count, or the site's power";
            Err(wrong(&key("power_mw"), reason))
        }
    }
}

fn machine_price(
    place: &Place,
    prefix: &str,
    section: &FleetSection,
    fleet: &Fleet,
) -> Read<Option<Estimate<MachinePrice>>> {
    let key = |name: &str| format!("{prefix}{name}");
    match (&section.usd_per_th, section.price_from_list) {
        (Some(_), Some(true)) => {
            let reason = "stands beside price_from_list; give one of the two";
            Err(wrong(&key("usd_per_th"), reason))
        }
        (Some(given), _) => {
            let price =
                place.reader.number(&key("usd_per_th"), given, MachinePrice::from_usd_per_th_s);
            price.map(Some)
        }
        (None, Some(true)) => {
            let price = PriceList::shipped().and_then(|list| list.of(fleet.efficiency().value()));
            price.map(Some).map_err(|e| wrong(&key("price_from_list"), e))
        }
        (None, _) => Ok(None),
    }
}
