//! Power that a tenant leases.

use super::Resolver;
use super::lots::{begins, site_index};
use super::site_entry::SiteEntry;
use crate::params::inputs::LeaseBlock;
use crate::params::{Lease, ParamId};
use crate::scenario::error::{Problem, Read};
use crate::units::Seconds;
use jiff::Span;
use jiff::civil::Date;

/// Default duration of a lease, years.
const TERM_YEARS: f64 = 10.0;

/// The lease, if the scenario has the table.
pub(super) fn lease(
    r: &mut Resolver,
    places: &[SiteEntry],
    start: Date,
    has_own_ai: bool,
) -> Read<Option<LeaseBlock<ParamId>>> {
    if !r.document.has_table("lease") {
        return Ok(None);
    }
    if has_own_ai {
        let other =
            "[lease]; a site either leases power to a tenant or runs its own processors".to_owned();
        return Err(r.document.mistake("mining_share", Problem::Conflict { other }));
    }
    let specs = Lease::SPECS;
    let mw = r.if_given(&[specs.power.key], &specs.power, None)?.ok_or_else(|| {
        let remedy = "give the leased power at the site's meter, MW".to_owned();
        r.document.mistake(specs.power.key, Problem::Missing { remedy })
    })?;
    let site = site_index(r, places, "lease.")?;
    let begins = begins(r, "lease.begins", start)?;
    let term = r.document.number("lease.term_years").unwrap_or(TERM_YEARS);
    Ok(Some(LeaseBlock {
        site,
        mw,
        begins,
        term: Seconds::from_years(term).as_seconds().round(),
        out_of_use: out_of_use(r, start, begins)?,
        converts: r.document.flag("lease.converts"),
        terms: specs.try_map(|spec| r.spec(&spec))?,
    }))
}

/// Duration of the whole calendar months before the lease, seconds.
fn out_of_use(r: &Resolver, start: Date, begins: f64) -> Read<f64> {
    let key = "lease.months_out_of_use";
    let months = r.document.number(key).unwrap_or(0.0);
    let wrong = |_| {
        let reason = "is beyond the range of the calendar".to_owned();
        r.document.mistake(key, Problem::Other(reason))
    };
    let day = |date: Date| start.until(date).map(|span| f64::from(span.get_days()));
    let first = start.checked_add(Span::new().days((begins / 86_400.0) as i64)).map_err(wrong)?;
    let before = first.checked_sub(Span::new().months(months as i64)).map_err(wrong)?;
    let days = day(first).and_then(|first| Ok(first - day(before)?)).map_err(wrong)?;
    Ok(days * 86_400.0)
}
