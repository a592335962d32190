//! A server's own power figure by IPMI: DCMI's Get Power Reading (Intel, DCMI specification 1.5,
//! section 6.6.1), asked through `ipmitool dcmi power reading`. It gives whole watts.

use super::super::clock::{Clock, SystemClock};
use super::super::text::printable;
use super::super::{EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, RawValue, Reading};
use super::command::{CommandError, CommandOutput, CommandRunner, SystemCommands};
use super::descriptor::{controller_tolerance, descriptor};
use super::patience::Patience;
use crate::units::{Seconds, Watts};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// So much of its words is shown.
const MAX_SHOWN: usize = 120;
const PROGRAM: &str = "ipmitool";
const ARGUMENTS: [&str; 3] = ["dcmi", "power", "reading"];
/// A controller takes some tenths of a second; a hanging one many.
const DEADLINE: Duration = Duration::from_secs(5);
const ID: &str = "ipmi dcmi";
const READING: &str = "Instantaneous power reading";
const STATE: &str = "Power reading state is";

/// The power of the server as its management controller has it.
#[derive(Debug)]
pub struct IpmiMeter {
    runner: Arc<dyn CommandRunner>,
    descriptor: Arc<MeterDescriptor>,
}

impl IpmiMeter {
    /// The controller of this machine. A reading may take 5 s; a busy controller is waited for, up
    /// to 10 s.
    ///
    /// # Errors
    /// [`MeterError::NotPresent`] without `ipmitool` or a controller,
    /// [`MeterError::PermissionDenied`] where `/dev/ipmi0` is for others,
    /// [`MeterError::Unsupported`] where the controller has no power figure, marks it as not
    /// available, or says 0 W, and [`MeterError::Busy`], [`MeterError::NoAnswer`],
    /// [`MeterError::Timeout`] or [`MeterError::Malformed`] for answers that are none.
    pub fn open() -> Result<Self, MeterError> {
        Self::open_over(Arc::new(SystemCommands), &SystemClock)
    }

    fn open_over(runner: Arc<dyn CommandRunner>, clock: &dyn Clock) -> Result<Self, MeterError> {
        let descriptor = descriptor(
            ID.to_owned(),
            MeterQuantity::Power { resolution: Watts::from_watts(1.0), averaging: None },
            Seconds::from_seconds(1.0),
            Some(controller_tolerance()),
            Some("DCMI may leave GPUs out"),
        );
        let mut meter = Self { runner, descriptor: Arc::new(descriptor) };
        // Where there is no controller nothing is waited for.
        Patience::new(clock, DEADLINE).until_answered(|| match meter.read() {
            Err(busy @ MeterError::Busy { .. }) => Err(busy),
            answer => Ok(answer),
        })??;
        Ok(meter)
    }
}

impl EnergyMeter for IpmiMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let before = Instant::now();
        let said = self.runner.run(PROGRAM, &ARGUMENTS, DEADLINE).map_err(of_command)?;
        let power = power(&said)?;
        Ok(Reading::of_sensor(&self.descriptor, RawValue::Power(power), before))
    }
}

fn of_command(error: CommandError) -> MeterError {
    let meter = ID.to_owned();
    match error {
        CommandError::NotInstalled => MeterError::NotPresent {
            meter,
            remedy: "install ipmitool, and note that only servers have a controller".to_owned(),
        },
        CommandError::MayNotRun => MeterError::PermissionDenied {
            meter,
            remedy: "run as root, or as a user who may run ipmitool".to_owned(),
        },
        CommandError::Timeout => MeterError::Timeout { meter, millis: DEADLINE.as_millis() },
        CommandError::Malformed(text) => MeterError::malformed(ID, &text),
        CommandError::Failed(reason) => MeterError::NoAnswer { meter, reason },
    }
}

fn unsupported(reason: &str) -> MeterError {
    let reason = printable(reason, MAX_SHOWN);
    MeterError::Unsupported { meter: ID.to_owned(), reason }
}

/// The watts in what `ipmitool` says.
fn power(said: &CommandOutput) -> Result<Watts, MeterError> {
    if let Some(refusal) = refusal(&said.stderr).or_else(|| refusal(&said.stdout)) {
        return Err(refusal);
    }
    if !said.success {
        let text = if said.stderr.trim().is_empty() { &said.stdout } else { &said.stderr };
        let reason = format!("ipmitool failed: {}", printable(text, MAX_SHOWN).trim());
        // One call that fails is no lost controller: they drop some under load.
        return Err(MeterError::NoAnswer { meter: ID.to_owned(), reason });
    }
    let field = |name: &str| {
        said.stdout.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            (key.trim() == name).then(|| value.trim())
        })
    };
    let missing = |name: &str| MeterError::malformed(ID, &format!("{name}: missing"));
    let state = field(STATE).ok_or_else(|| missing(STATE))?;
    let reading = field(READING).ok_or_else(|| missing(READING))?;
    if state != "activated" {
        // Never a remedy that arms something: `dcmi power activate` switches the controller's power
        // limit on and not its reading.
        return Err(unsupported(&format!(
            "the controller marks its reading as {state}, which is not available; use redfish: or \
             a plug"
        )));
    }
    let wrong = || MeterError::malformed(ID, &format!("{READING}: {reading}"));
    let watts: u32 =
        reading.strip_suffix("Watts").ok_or_else(wrong)?.trim().parse().map_err(|_| wrong())?;
    if watts == 0 {
        return Err(unsupported("it says 0 W, which no running machine draws"));
    }
    Ok(Watts::from_watts(f64::from(watts)))
}

/// What of `ipmitool`'s messages is a refusal, by its words.
fn refusal(text: &str) -> Option<MeterError> {
    let meter = || ID.to_owned();
    let line = |words: &[&str]| {
        text.lines().map(str::trim).find(|line| {
            let line = line.to_ascii_lowercase();
            words.iter().any(|word| line.contains(word))
        })
    };
    // Of the controller ("Node busy") or of its device ("Device or resource busy").
    if let Some(busy) = line(&["busy"]) {
        let reason = printable(busy, MAX_SHOWN);
        return Some(MeterError::Busy { meter: meter(), reason, wait: None });
    }
    if line(&["permission denied", "insufficient privilege"]).is_some() {
        return Some(MeterError::PermissionDenied {
            meter: meter(),
            // Whoever may write to the device may also switch the machine off.
            remedy:
                "run as root; the device also controls the machine, so no other user should have \
                     it"
                .to_owned(),
        });
    }
    if line(&["could not open device"]).is_some() {
        return Some(MeterError::NotPresent {
            meter: meter(),
            remedy: "only servers have a controller; on one, `lsmod` must show the kernel modules \
                     ipmi_si and ipmi_devintf"
                .to_owned(),
        });
    }
    let refused = ["invalid command", "not supported", "invalid data field", "is not present"];
    line(&refused).map(unsupported)
}

#[cfg(test)]
mod tests {
    use super::super::patience::played::Clock as PlayedClock;
    use super::*;
    use crate::uncertainty::Scope;
    use std::sync::Mutex;

    const GOOD: &str = "
    Instantaneous power reading:                   220 Watts
    Minimum during sampling period:                 18 Watts
    Maximum during sampling period:                483 Watts
    Average power reading over sample period:      218 Watts
    IPMI timestamp:                           Tue Feb  6 20:43:33 2024
    Sampling period:                          00000001 Seconds.
    Power reading state is:                   activated

";

    #[derive(Debug)]
    struct Played(Mutex<Result<CommandOutput, CommandError>>);

    impl CommandRunner for Played {
        fn run(
            &self,
            program: &str,
            arguments: &[&str],
            _: Duration,
        ) -> Result<CommandOutput, CommandError> {
            assert_eq!((program, arguments), (PROGRAM, &ARGUMENTS[..]));
            self.0.lock().unwrap().clone()
        }
    }

    fn said(stdout: &str, stderr: &str, success: bool) -> Result<CommandOutput, CommandError> {
        Ok(CommandOutput { success, stdout: stdout.to_owned(), stderr: stderr.to_owned() })
    }

    fn open(played: Result<CommandOutput, CommandError>) -> Result<IpmiMeter, MeterError> {
        let clock = PlayedClock::new();
        let opened = IpmiMeter::open_over(Arc::new(Played(Mutex::new(played))), &clock);
        let waited_for = matches!(opened, Err(MeterError::Busy { .. }));
        assert_eq!(!clock.slept().is_empty(), waited_for, "{opened:?}");
        opened
    }

    #[test]
    fn an_instantaneous_reading() {
        let mut meter = open(said(GOOD, "", true)).unwrap();
        assert_eq!(meter.read().unwrap().raw(), RawValue::Power(Watts::from_watts(220.0)));
        let descriptor = meter.descriptor();
        assert_eq!((descriptor.scope, descriptor.subject.as_str()), (Scope::NodeWall, "node"));
        assert!(descriptor.caveat.as_deref().unwrap().contains("GPU"));
    }

    #[test]
    fn without_the_program_or_the_device() {
        for played in [
            Err(CommandError::NotInstalled),
            said(
                "",
                "Could not open device at /dev/ipmi0 or /dev/ipmi/0: No such file or directory\n",
                false,
            ),
        ] {
            assert!(matches!(open(played), Err(MeterError::NotPresent { .. })));
        }
    }

    #[test]
    fn a_device_for_others() {
        let denied = "Could not open device at /dev/ipmi0 or /dev/ipmi/0: Permission denied\n";
        for played in [said("", denied, false), Err(CommandError::MayNotRun)] {
            assert!(matches!(open(played), Err(MeterError::PermissionDenied { .. })));
        }
    }

    #[test]
    fn a_controller_without_power() {
        for stderr in [
            "    DCMI request failed because: Invalid command (c1)\n",
            "DCMI: power management is not supported\n",
        ] {
            let told = open(said("", stderr, false)).unwrap_err();
            assert!(matches!(&told, MeterError::Unsupported { .. }), "{told}");
        }
    }

    #[test]
    fn switched_off_or_zero_is_an_error_and_no_zero() {
        let off = GOOD.replace("activated", "deactivated");
        let told = open(said(&off, "", true)).unwrap_err();
        assert!(matches!(told, MeterError::Unsupported { .. }));
        assert!(told.to_string().contains("deactivated"), "{told}");
        // `dcmi power activate` arms a power limit, with a hard power-off where one is stored.
        assert!(!told.to_string().contains(" activate"), "{told}");
        assert!(told.to_string().contains("redfish:"), "{told}");
        let zero = GOOD.replace(" 220 Watts", "   0 Watts");
        assert!(matches!(open(said(&zero, "", true)), Err(MeterError::Unsupported { .. })));
    }

    #[test]
    fn slow_busy_and_failed_calls_pass() {
        let timeout = open(Err(CommandError::Timeout));
        assert!(matches!(timeout, Err(MeterError::Timeout { millis: 5000, .. })));
        let mut meter = open(said(GOOD, "", true)).unwrap();
        let mut told = |stderr: &str| {
            meter.runner = Arc::new(Played(Mutex::new(said("", stderr, false))));
            meter.read().unwrap_err()
        };
        let busy = told("    DCMI request failed because: Node busy (c0)\n");
        assert!(matches!(busy, MeterError::Busy { .. }) && busy.to_string().contains("Node busy"));
        let failed = told("Error in open session\n");
        assert!(matches!(failed, MeterError::NoAnswer { .. }) && failed.is_passing(), "{failed}");
        assert!(failed.to_string().contains("Error in open session"), "{failed}");
        let busy = "Could not open device at /dev/ipmi0 or /dev/ipmi/0: Device or resource busy\n";
        assert!(matches!(open(said("", busy, false)), Err(MeterError::Busy { .. })));
    }

    #[test]
    fn garbage_names_the_field() {
        for (stdout, word) in [
            (String::new(), STATE),
            (GOOD.replace(STATE, "x"), STATE),
            (GOOD.replace(READING, "x"), READING),
            (GOOD.replace("220 Watts", "220"), READING),
            (GOOD.replace("220 Watts", "-220 Watts"), READING),
            (GOOD.replace("220 Watts", "nan Watts"), READING),
            (GOOD.replace("220 Watts", "99999999999 Watts"), READING),
        ] {
            let told = open(said(&stdout, "", true)).unwrap_err();
            let is_right = matches!(told, MeterError::Malformed { .. });
            assert!(is_right && told.to_string().contains(word), "{told}");
        }
    }
}
