//! Ctrl-C and SIGTERM stop a run: its partial result is printed, marked as incomplete, and the exit
//! code shows which signal it was. A second signal ends the program at once.

use super::Failure;
use hashwatt::scan::StopToken;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// Signals within this time of the first one are ignored: `timeout` and some shells send a signal
/// twice, and a person does not press Ctrl-C twice that fast.
const REPEAT_WINDOW: Duration = Duration::from_millis(250);

pub(super) struct Interrupt {
    stop: StopToken,
    signal: Arc<AtomicUsize>,
    /// Whether the next signal ends the program at once.
    exit_at_once: Arc<AtomicBool>,
}

impl Interrupt {
    /// Installs the handlers: the first signal sets the token, and a later one ends the program at once.
    pub(super) fn listen() -> Result<Self, Failure> {
        let stop = StopToken::new();
        let signal = Arc::new(AtomicUsize::new(0));
        let exit_at_once = Arc::new(AtomicBool::new(false));
        let failure = |error| Failure::Run(format!("signals: {error}"));
        for (number, code) in [(SIGINT, 130usize), (SIGTERM, 143)] {
            let register = || {
                let exit = Arc::clone(&exit_at_once);
                signal_hook::flag::register_usize(number, Arc::clone(&signal), code)?;
                signal_hook::flag::register(number, stop.flag())?;
                let code = i32::try_from(code).unwrap_or(1);
                signal_hook::flag::register_conditional_shutdown(number, code, exit)
            };
            register().map_err(failure)?;
        }
        let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(failure)?;
        let exit = Arc::clone(&exit_at_once);
        // The thread sleeps until a signal arrives, and does not disturb a measurement.
        std::thread::spawn(move || {
            if signals.forever().next().is_some() {
                std::thread::sleep(REPEAT_WINDOW);
                exit.store(true, Ordering::Relaxed);
            }
        });
        Ok(Self { stop, signal, exit_at_once })
    }

    pub(super) fn token(&self) -> &StopToken {
        &self.stop
    }

    /// Runs work that cannot be interrupted and may take long: a signal ends the program at once,
    /// as there is no partial result yet.
    pub(super) fn exiting_at_once<T>(&self, work: impl FnOnce() -> T) -> T {
        self.exit_at_once.store(true, Ordering::Relaxed);
        let result = work();
        self.exit_at_once.store(false, Ordering::Relaxed);
        result
    }

    /// The exit code of the signal that was received; 1 if there was none.
    pub(super) fn exit_code(&self) -> ExitCode {
        match self.signal.load(Ordering::Relaxed) {
            0 => ExitCode::FAILURE,
            code => u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from),
        }
    }
}
