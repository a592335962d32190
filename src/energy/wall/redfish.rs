//! Management controllers with Redfish (DMTF DSP0266; the schemas `Power`, DSP0268 6.88, and
//! the newer `EnvironmentMetrics`, <https://redfish.dmtf.org/schemas/v1/>).
//!
//! The links of the service are followed: root, `Chassis`, and each member's `EnvironmentMetrics`
//! and `Power`. `PowerWatts.Reading` and `PowerConsumedWatts` of the machine's entry in
//! `PowerControl` are watts, usually whole; `EnergykWh.Reading` is kilowatt-hours, read in steps of
//! 1 Wh (3,600 J). The refresh interval depends on the controller; 10 s is assumed, the slowest that
//! is common. The supplies of a `PowerSubsystem` are not added up: some are measured before their
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
use figures::{Figures, NoPower, energy_view};
use link::Link;
use login::LOGIN;
use std::sync::Arc;
use std::time::Duration;

/// Longer than for a plug, because a controller runs TLS on a small processor.
const DEADLINE: Duration = Duration::from_secs(5);
const REFRESH: Seconds = Seconds::from_seconds(10.0);

/// One value of a chassis: its power or its energy.
#[derive(Debug)]
pub struct RedfishMeter(RemoteMeter);

impl RedfishMeter {
    /// Opens the power and, if available, the energy of a chassis at
    /// `https://HOST[:PORT][#CHASSIS]`; the default scheme is HTTPS. If only one chassis has a power
    /// reading, it is used; with several, or with more than 32 chassis, one must be named. Power and
    /// energy measure the same subject: they are compared and not added. A request may take up to
    /// 5 s; requests with transient errors are repeated for up to 10 s in total.
    ///
    /// The login is read from the environment variables `HASHWATT_REDFISH_USER` and
    /// `HASHWATT_REDFISH_PASSWORD`, and sent only over HTTPS or to a loopback address. Certificates
    /// are always verified, with Mozilla's list or with the file of `HASHWATT_REDFISH_CA` (PEM).
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for the address, the environment, or a chassis that does not exist
    /// or must be named; [`MeterError::NotPresent`] if the controller is unreachable,
    /// [`MeterError::PermissionDenied`] if the login or the certificate is refused,
    /// [`MeterError::Unsupported`] if no chassis has a power reading, and [`MeterError::Busy`],
    /// [`MeterError::Timeout`] or [`MeterError::Malformed`] for failed requests and invalid
    /// responses.
    pub fn open(url: &str) -> Result<Vec<Self>, MeterError> {
        Self::open_within(url, DEADLINE)
    }

    /// Like [`Self::open`], but with another deadline for each request.
    ///
    /// # Errors
    /// Those of [`Self::open`].
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
        let chassis = service::chassis(&opening, address.fragment.as_deref())?;
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for link in &chassis {
            match Figures::fetch(&opening, link)? {
                Ok(figures) => with.push(figures),
                Err(no_power) => without.push((link, no_power)),
            }
        }
        let [figures] = with.as_slice() else {
            return Err(match with.as_slice() {
                [] => no_power_error(&opening, without),
                several => ambiguous_chassis_error(several),
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

/// The error if no chassis has a power reading.
fn no_power_error(opening: &Opening<'_>, without: Vec<(&Link, NoPower)>) -> MeterError {
    let message = |(link, no_power): &(&Link, NoPower)| {
        format!("{} has {}", printable(link.id(), 60), no_power.describe())
    };
    let descriptions: Vec<_> = without.iter().map(message).collect();
    // An invalid response takes precedence over missing readings of other chassis.
    let problem = without.into_iter().find_map(|(_, no_power)| no_power.problem);
    problem.unwrap_or_else(|| {
        opening.unsupported(format!("no chassis has a power reading: {}", descriptions.join("; ")))
    })
}

/// The error if several chassis have a power reading.
fn ambiguous_chassis_error(several: &[Figures]) -> MeterError {
    let links: Vec<Link> = several.iter().map(|figures| figures.chassis.clone()).collect();
    bad_url(&format!(
        "several chassis of the controller have a power reading: {}; add the one of the machine, \
         such as #{}",
        service::ids(&links),
        printable(links.first().map_or("1", Link::id), 60)
    ))
}

#[cfg(test)]
mod tests;
