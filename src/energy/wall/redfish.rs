//! Management controllers with Redfish (DMTF DSP0266; the schemas `Power`, DSP0268 6.88, and
//! the newer `EnvironmentMetrics`, <https://redfish.dmtf.org/schemas/v1/>).
//!
//! A service is followed by its own links: root, `Chassis`, each member's `EnvironmentMetrics` and
//! `Power`. Of these, `PowerWatts.Reading` and `PowerConsumedWatts` of the machine's entry in
//! `PowerControl` are watts, as a rule whole; `EnergykWh.Reading` is kilowatt-hours, taken in steps of
//! 1 Wh (3,600 J). How often a controller renews them is its own affair; 10 s is taken, the slow end of
//! what they do. The supplies of a `PowerSubsystem` are not added up: some are counted before their
//! losses and some after.

mod control;
mod figures;
mod link;
mod login;
mod service;

use super::super::text::printable;
use super::super::{EnergyMeter, MeterDescriptor, MeterError, Reading};
use super::address::{Address, Schemes, bad_url};
use super::descriptor::{controller_tolerance, descriptor};
use super::http::Transport;
use super::opening::{Opening, View};
use super::remote::RemoteMeter;
use crate::units::Seconds;
use figures::{Figures, Nothing, energy_view};
use link::Link;
use login::LOGIN;
use std::sync::Arc;
use std::time::Duration;

/// A controller does TLS on a small processor: it gets more time than a plug.
const DEADLINE: Duration = Duration::from_secs(5);
const REFRESH: Seconds = Seconds::from_seconds(10.0);

/// One value of a chassis: its power or its energy.
#[derive(Debug)]
pub struct RedfishMeter(RemoteMeter);

impl RedfishMeter {
    /// The power, and the energy where the controller has one, of a chassis at
    /// `https://HOST[:PORT][#CHASSIS]`; a bare host means HTTPS. The only chassis with a power is
    /// taken; of several, or of more than 32 chassis, one must be named. Both see the same joules:
    /// they are compared, not added. A request may take 5 s; a controller that asks for time is
    /// waited for, up to 10 s in all.
    ///
    /// The login is taken from the environment variables `HASHWATT_REDFISH_USER` and
    /// `HASHWATT_REDFISH_PASSWORD`, and sent over HTTPS or within the machine only. Certificates
    /// are verified, against Mozilla's list or the file of `HASHWATT_REDFISH_CA` (PEM); there is
    /// no way around it.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for the address, the environment, or a chassis that is not there
    /// or must be named; [`MeterError::NotPresent`] where nobody answers,
    /// [`MeterError::PermissionDenied`] where the login or the certificate is refused,
    /// [`MeterError::Unsupported`] where no chassis has a power figure, and [`MeterError::Busy`],
    /// [`MeterError::Timeout`] or [`MeterError::Malformed`] for answers that are none.
    pub fn open(url: &str) -> Result<Vec<Self>, MeterError> {
        Self::open_within(url, DEADLINE)
    }

    /// As [`Self::open`], with another deadline for each request.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_within(url: &str, deadline: Duration) -> Result<Vec<Self>, MeterError> {
        let address = Address::parse(url, Schemes::HttpsOrHttp)?;
        let transport = login::transport(&address, deadline, &login::environment)?;
        Self::open_over(&address, Arc::new(transport))
    }

    fn open_over(
        address: &Address,
        transport: Arc<dyn Transport>,
    ) -> Result<Vec<Self>, MeterError> {
        let opening = Opening::new(&transport, &address.base, "redfish", LOGIN);
        let chassis = service::chassis(&opening, address.part.as_deref())?;
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for link in &chassis {
            match Figures::ask(&opening, link)? {
                Ok(figures) => with.push(figures),
                Err(nothing) => without.push((link, nothing)),
            }
        }
        let [figures] = with.as_slice() else {
            return Err(match with.as_slice() {
                [] => none(&opening, without),
                several => which(several),
            });
        };
        let views = views(&format!("{}#{}", opening.device, figures.chassis.id()), figures);
        Ok(opening.meters(views)?.into_iter().map(Self).collect())
    }
}

impl EnergyMeter for RedfishMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.0.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        self.0.read()
    }
}

fn views(device: &str, figures: &Figures) -> Vec<View> {
    let tolerance = || Some(controller_tolerance());
    let (page, field) = &figures.power;
    let name = field.name().map(|name| format!(" `{name}`")).unwrap_or_default();
    let (quantity, extract) = field.clone().view();
    let power = descriptor(format!("{device} power{name}"), quantity, REFRESH, tolerance(), None);
    let mut views: Vec<View> = vec![(page.path().to_owned(), power, extract)];
    if let Some(page) = &figures.energy {
        let (quantity, extract) = energy_view();
        let energy = descriptor(format!("{device} energy"), quantity, REFRESH, tolerance(), None);
        views.push((page.path().to_owned(), energy, extract));
    }
    views
}

/// The error where no chassis has a power.
fn none(opening: &Opening<'_>, without: Vec<(&Link, Nothing)>) -> MeterError {
    let told = |(link, nothing): &(&Link, Nothing)| {
        format!("{} has {}", printable(link.id(), 60), nothing.words())
    };
    let words: Vec<_> = without.iter().map(told).collect();
    // An answer that was none is the reason, rather than what the others lack.
    let problem = without.into_iter().find_map(|(_, nothing)| nothing.problem);
    problem.unwrap_or_else(|| {
        opening.unsupported(format!("no chassis has a power figure: {}", words.join("; ")))
    })
}

/// The error where several chassis have one.
fn which(several: &[Figures]) -> MeterError {
    let links: Vec<Link> = several.iter().map(|figures| figures.chassis.clone()).collect();
    bad_url(&format!(
        "several chassis of the controller have a power figure: {}; add the machine's own, such as \
         #{}",
        service::ids(&links),
        printable(links.first().map_or("1", Link::id), 60)
    ))
}

#[cfg(test)]
mod tests;
