//! Faults of a device, and the errors that its driver reports asynchronously.

use crate::scan::error::ScanError;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The time limit for a response: longer than a dispatch should take, and longer than the time limits of
/// most drivers.
pub(super) const RESPONSE_TIMEOUT: Duration = Duration::from_secs(20);

/// A fault of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The device was lost; it can be reopened.
    Lost(String),
    /// The device did not respond in time.
    Timeout,
    /// The driver or wgpu reported an error.
    DriverError(String),
}

impl Fault {
    pub(super) fn into_error(self, device: &str) -> ScanError {
        let device = device.to_owned();
        match self {
            Self::Lost(reason) => ScanError::DeviceLost { device, reason },
            Self::Timeout => {
                ScanError::DeviceSilent { device, seconds: RESPONSE_TIMEOUT.as_secs() }
            }
            Self::DriverError(reason) => ScanError::DeviceRefused { device, reason },
        }
    }
}

/// The errors that the driver has reported.
#[derive(Clone, Debug, Default)]
pub(super) struct DriverErrors(Arc<Mutex<FirstErrors>>);

#[derive(Debug, Default)]
struct FirstErrors {
    lost: Option<String>,
    error: Option<String>,
}

impl DriverErrors {
    /// Records the errors of a device from now on.
    pub(super) fn watch(device: &wgpu::Device) -> Self {
        let errors = Self::default();
        let note = errors.clone();
        device.set_device_lost_callback(move |reason, message| {
            note.with(|errors| {
                errors.lost.get_or_insert(format!("{reason:?} {message}"));
            });
        });
        let note = errors.clone();
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            note.with(|errors| {
                errors.error.get_or_insert(error.to_string());
            });
        }));
        errors
    }

    /// Whether the driver has reported an error other than a loss.
    pub(super) fn has_error(&self) -> bool {
        self.with(|errors| errors.error.is_some())
    }

    /// Checks for errors.
    ///
    /// # Errors
    /// The first error reported; a loss takes precedence over other errors.
    pub(super) fn check(&self) -> Result<(), Fault> {
        self.with(|errors| match (&errors.lost, &errors.error) {
            (Some(reason), _) => Err(Fault::Lost(reason.clone())),
            (None, Some(reason)) => Err(Fault::DriverError(reason.clone())),
            (None, None) => Ok(()),
        })
    }

    fn with<T>(&self, access: impl FnOnce(&mut FirstErrors) -> T) -> T {
        access(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
