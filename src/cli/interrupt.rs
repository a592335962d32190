//! Ctrl-C and SIGTERM ask a run to stop; its partial result is printed, marked incomplete, and
//! the exit code tells which it was.

use super::Failure;
use hashwatt::scan::StopToken;
use signal_hook::consts::{SIGINT, SIGTERM};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(super) struct Interrupt {
    stop: StopToken,
    signal: Arc<AtomicUsize>,
}

impl Interrupt {
    /// From here on the signals set the token. A second one does no more: `timeout` and some
    /// shells send two at once, and the partial result comes at the end of the batch in hand anyway.
    pub(super) fn listen() -> Result<Self, Failure> {
        let stop = StopToken::new();
        let signal = Arc::new(AtomicUsize::new(0));
        for (number, code) in [(SIGINT, 130), (SIGTERM, 143)] {
            let register = || {
                signal_hook::flag::register_usize(number, Arc::clone(&signal), code)?;
                signal_hook::flag::register(number, stop.flag())
            };
            register().map_err(|error| Failure::Run(format!("signals: {error}")))?;
        }
        Ok(Self { stop, signal })
    }

    pub(super) fn token(&self) -> &StopToken {
        &self.stop
    }

    /// The code of the signal that came; plain failure where none did.
    pub(super) fn exit_code(&self) -> ExitCode {
        match self.signal.load(Ordering::Relaxed) {
            0 => ExitCode::FAILURE,
            code => u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from),
        }
    }
}
