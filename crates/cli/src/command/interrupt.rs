//! Ctrl-C and SIGTERM ask a run to stop; its partial result is printed, marked incomplete, and
//! the exit code tells which it was. Whoever asks again does not want to wait for that.

use super::Failure;
use hashwatt::scan::StopToken;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// `timeout` and some shells send a signal twice at once; a person does not press a key twice in
/// that time.
const ASKED_AGAIN: Duration = Duration::from_millis(250);

pub(super) struct Interrupt {
    stop: StopToken,
    signal: Arc<AtomicUsize>,
    /// Whether the next signal ends the program where it stands.
    at_once: Arc<AtomicBool>,
}

impl Interrupt {
    /// From here on the first signal sets the token, and one that comes a while after it leaves at
    /// once.
    pub(super) fn listen() -> Result<Self, Failure> {
        let stop = StopToken::new();
        let signal = Arc::new(AtomicUsize::new(0));
        let at_once = Arc::new(AtomicBool::new(false));
        let wrong = |error| Failure::Run(format!("signals: {error}"));
        for (number, code) in [(SIGINT, 130usize), (SIGTERM, 143)] {
            let register = || {
                let leave = Arc::clone(&at_once);
                signal_hook::flag::register_usize(number, Arc::clone(&signal), code)?;
                signal_hook::flag::register(number, stop.flag())?;
                let code = i32::try_from(code).unwrap_or(1);
                signal_hook::flag::register_conditional_shutdown(number, code, leave)
            };
            register().map_err(wrong)?;
        }
        let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(wrong)?;
        let leave = Arc::clone(&at_once);
        // It sleeps until a signal comes, and takes no time from what is measured.
        std::thread::spawn(move || {
            if signals.forever().next().is_some() {
                std::thread::sleep(ASKED_AGAIN);
                leave.store(true, Ordering::Relaxed);
            }
        });
        Ok(Self { stop, signal, at_once })
    }

    pub(super) fn token(&self) -> &StopToken {
        &self.stop
    }

    /// Runs what cannot be stopped half way and may take long: a signal meanwhile leaves at once,
    /// as there is no part of a result yet.
    pub(super) fn leaving_at_once<T>(&self, work: impl FnOnce() -> T) -> T {
        self.at_once.store(true, Ordering::Relaxed);
        let done = work();
        self.at_once.store(false, Ordering::Relaxed);
        done
    }

    /// The code of the signal that came; plain failure where none did.
    pub(super) fn exit_code(&self) -> ExitCode {
        match self.signal.load(Ordering::Relaxed) {
            0 => ExitCode::FAILURE,
            code => u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from),
        }
    }
}
