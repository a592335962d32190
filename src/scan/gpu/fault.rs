//! What goes wrong on a device, and what its driver says of it outside of any call.

use crate::scan::error::ScanError;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long an answer is waited for: longer than any dispatch is meant to last, and than most
/// watchdogs allow.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// What went wrong on the device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The device is gone; another one can be opened.
    Lost(String),
    /// It did not answer in time.
    Silent,
    /// The driver or wgpu refused something.
    Refused(String),
}

impl Fault {
    pub(super) fn into_error(self, device: &str) -> ScanError {
        let device = device.to_owned();
        match self {
            Self::Lost(reason) => ScanError::DeviceLost { device, reason },
            Self::Silent => ScanError::DeviceSilent { device, seconds: PATIENCE.as_secs() },
            Self::Refused(reason) => ScanError::DeviceRefused { device, reason },
        }
    }
}

/// What the driver has reported so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Complaints(Arc<Mutex<Reported>>);

#[derive(Debug, Default)]
struct Reported {
    lost: Option<String>,
    refused: Option<String>,
}

impl Complaints {
    /// Those of a device from now on.
    pub(super) fn of(device: &wgpu::Device) -> Self {
        let complaints = Self::default();
        let note = complaints.clone();
        device.set_device_lost_callback(move |reason, message| {
            note.with(|reported| {
                reported.lost.get_or_insert(format!("{reason:?} {message}"));
            });
        });
        let note = complaints.clone();
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            note.with(|reported| {
                reported.refused.get_or_insert(error.to_string());
            });
        }));
        complaints
    }

    /// Whether the driver refused anything.
    pub(super) fn any_refusal(&self) -> bool {
        self.with(|reported| reported.refused.is_some())
    }

    /// # Errors
    /// The first complaint, if there is one; a loss before a refusal.
    pub(super) fn none(&self) -> Result<(), Fault> {
        self.with(|reported| match (&reported.lost, &reported.refused) {
            (Some(reason), _) => Err(Fault::Lost(reason.clone())),
            (None, Some(reason)) => Err(Fault::Refused(reason.clone())),
            (None, None) => Ok(()),
        })
    }

    fn with<T>(&self, look: impl FnOnce(&mut Reported) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
