//! The power of a server through IPMI: DCMI's Get Power Reading (Intel, DCMI specification 1.5,
//! section 6.6.1), read with `ipmitool dcmi power reading`. It gives whole watts.

use super::super::clock::{Clock, SystemClock};
use super::super::text::printable;
use super::super::{EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, RawValue, Reading};
use super::command::{CommandError, CommandOutput, CommandRunner, SystemCommands};
use super::descriptor::{controller_tolerance, descriptor};
use super::retry::RetryBudget;
use crate::units::{Seconds, Watts};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The maximum length of a message from `ipmitool` that is shown.
const MAX_SHOWN: usize = 120;
const PROGRAM: &str = "ipmitool";
const ARGUMENTS: [&str; 3] = ["dcmi", "power", "reading"];
/// A controller usually takes some tenths of a second.
const DEADLINE: Duration = Duration::from_secs(5);
const ID: &str = "ipmi dcmi";
const READING: &str = "Instantaneous power reading";
const STATE: &str = "Power reading state is";

/// The power of the server as measured by its management controller.
#[derive(Debug)]
pub struct IpmiMeter {
    runner: Arc<dyn CommandRunner>,
    descriptor: Arc<MeterDescriptor>,
}

impl IpmiMeter {
    /// Opens the controller of this machine. A reading may take up to 5 s; requests to a busy
    /// controller are repeated for up to 10 s.
    ///
    /// # Errors
    /// [`MeterError::NotPresent`] without `ipmitool` or a controller,
    /// [`MeterError::PermissionDenied`] without access to `/dev/ipmi0`,
    /// [`MeterError::Unsupported`] if the controller has no power reading, marks it as not
    /// available, or gives 0 W, and [`MeterError::Busy`], [`MeterError::NoAnswer`],
    /// [`MeterError::Timeout`] or [`MeterError::Malformed`] for failed requests and invalid output.
    pub fn open() -> Result<Self, MeterError> {
        Self::open_over(Arc::new(SystemCommands), &SystemClock)
    }

    fn open_over(runner: Arc<dyn CommandRunner>, clock: &dyn Clock) -> Result<Self, MeterError> {
        let descriptor = descriptor(
            ID.to_owned(),
            MeterQuantity::Power { resolution: Watts::from_watts(1.0), averaging: None },
            Seconds::from_seconds(1.0),
            Some(controller_tolerance()),
            Some("DCMI may exclude GPUs"),
        );
        let mut meter = Self { runner, descriptor: Arc::new(descriptor) };
        // Only a busy controller is retried: without a controller, retries are pointless.
        RetryBudget::new(clock, DEADLINE).retry(|| match meter.read() {
            Err(busy @ MeterError::Busy { .. }) => Err(busy),
            result => Ok(result),
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
        let output = self.runner.run(PROGRAM, &ARGUMENTS, DEADLINE).map_err(command_error)?;
        let power = power(&output)?;
        Ok(Reading::from_sensor(&self.descriptor, RawValue::Power(power), before))
    }
}

fn command_error(error: CommandError) -> MeterError {
    let meter = ID.to_owned();
    match error {
        CommandError::NotInstalled => MeterError::NotPresent {
            meter,
            remedy: "install ipmitool; only servers have a controller".to_owned(),
        },
        CommandError::PermissionDenied => MeterError::PermissionDenied {
            meter,
            remedy: "run as root or as a user with permission to run ipmitool".to_owned(),
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

/// The power in the output of `ipmitool`.
fn power(output: &CommandOutput) -> Result<Watts, MeterError> {
    if let Some(output_error) =
        output_error(&output.stderr).or_else(|| output_error(&output.stdout))
    {
        return Err(output_error);
    }
    if !output.success {
        let text = if output.stderr.trim().is_empty() { &output.stdout } else { &output.stderr };
        let reason = format!("ipmitool failed: {}", printable(text, MAX_SHOWN).trim());
        // A single failed call is transient: controllers fail some under load.
        return Err(MeterError::NoAnswer { meter: ID.to_owned(), reason });
    }
    let field = |name: &str| {
        output.stdout.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            (key.trim() == name).then(|| value.trim())
        })
    };
    let missing = |name: &str| MeterError::malformed(ID, &format!("{name}: missing"));
    let state = field(STATE).ok_or_else(|| missing(STATE))?;
    let reading = field(READING).ok_or_else(|| missing(READING))?;
    if state != "activated" {
        // Never suggest `dcmi power activate`: it enables the controller's power limit, not its
        // reading.
        return Err(unsupported(&format!(
            "the controller marks its power reading as {state}, so it is not available; use \
             redfish: or a plug"
        )));
    }
    let malformed = || MeterError::malformed(ID, &format!("{READING}: {reading}"));
    let watts: u32 = reading
        .strip_suffix("Watts")
        .ok_or_else(malformed)?
        .trim()
        .parse()
        .map_err(|_| malformed())?;
    if watts == 0 {
        return Err(unsupported("it gives 0 W, which is impossible for a running machine"));
    }
    Ok(Watts::from_watts(f64::from(watts)))
}

/// The error in a message of `ipmitool`, recognised by its words.
fn output_error(text: &str) -> Option<MeterError> {
    let meter = || ID.to_owned();
    let line = |words: &[&str]| {
        text.lines().map(str::trim).find(|line| {
            let line = line.to_ascii_lowercase();
            words.iter().any(|word| line.contains(word))
        })
    };
    // From the controller ("Node busy") or from its device ("Device or resource busy").
    if let Some(busy) = line(&["busy"]) {
        let reason = printable(busy, MAX_SHOWN);
        return Some(MeterError::Busy { meter: meter(), reason, wait: None });
    }
    if line(&["permission denied", "insufficient privilege"]).is_some() {
        return Some(MeterError::PermissionDenied {
            meter: meter(),
            // Write access to the device includes powering the machine off.
            remedy: "run as root; the device also controls the machine, so other users should not \
                     have access to it"
                .to_owned(),
        });
    }
    if line(&["could not open device"]).is_some() {
        return Some(MeterError::NotPresent {
            meter: meter(),
            remedy: "only servers have a controller; on a server, `lsmod` must list the kernel \
                     modules ipmi_si and ipmi_devintf"
                .to_owned(),
        });
    }
    let refusal_words =
        ["invalid command", "not supported", "invalid data field", "is not present"];
    line(&refusal_words).map(unsupported)
}

#[cfg(test)]
mod tests {
    use super::super::retry::mock::Clock as MockClock;
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
    struct MockRunner(Mutex<Result<CommandOutput, CommandError>>);

    impl CommandRunner for MockRunner {
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

    fn output(stdout: &str, stderr: &str, success: bool) -> Result<CommandOutput, CommandError> {
        Ok(CommandOutput { success, stdout: stdout.to_owned(), stderr: stderr.to_owned() })
    }

    fn open(result: Result<CommandOutput, CommandError>) -> Result<IpmiMeter, MeterError> {
        let clock = MockClock::new();
        let opened = IpmiMeter::open_over(Arc::new(MockRunner(Mutex::new(result))), &clock);
        let waited_for = matches!(opened, Err(MeterError::Busy { .. }));
        assert_eq!(!clock.slept().is_empty(), waited_for, "{opened:?}");
        opened
    }

    #[test]
    fn instantaneous_reading_gives_the_power() {
        let mut meter = open(output(GOOD, "", true)).unwrap();
        assert_eq!(meter.read().unwrap().raw(), RawValue::Power(Watts::from_watts(220.0)));
        let descriptor = meter.descriptor();
        assert_eq!((descriptor.scope, descriptor.subject.as_str()), (Scope::NodeWall, "node"));
        assert!(descriptor.caveat.as_deref().unwrap().contains("GPU"));
    }

    #[test]
    fn missing_program_or_device_is_not_present() {
        for result in [
            Err(CommandError::NotInstalled),
            output(
                "",
                "Could not open device at /dev/ipmi0 or /dev/ipmi/0: No such file or directory\n",
                false,
            ),
        ] {
            assert!(matches!(open(result), Err(MeterError::NotPresent { .. })));
        }
    }

    #[test]
    fn permission_denied_names_the_remedy() {
        let denied = "Could not open device at /dev/ipmi0 or /dev/ipmi/0: Permission denied\n";
        for result in [output("", denied, false), Err(CommandError::PermissionDenied)] {
            assert!(matches!(open(result), Err(MeterError::PermissionDenied { .. })));
        }
    }

    #[test]
    fn controller_without_power_reading_is_unsupported() {
        for stderr in [
            "    DCMI request failed because: Invalid command (c1)\n",
            "DCMI: power management is not supported\n",
        ] {
            let error = open(output("", stderr, false)).unwrap_err();
            assert!(matches!(&error, MeterError::Unsupported { .. }), "{error}");
        }
    }

    #[test]
    fn deactivated_or_zero_reading_is_an_error() {
        let off = GOOD.replace("activated", "deactivated");
        let error = open(output(&off, "", true)).unwrap_err();
        assert!(matches!(error, MeterError::Unsupported { .. }));
        assert!(error.to_string().contains("deactivated"), "{error}");
        // `dcmi power activate` enables a power limit, with a hard power-off if that is stored.
        assert!(!error.to_string().contains(" activate"), "{error}");
        assert!(error.to_string().contains("redfish:"), "{error}");
        let zero = GOOD.replace(" 220 Watts", "   0 Watts");
        assert!(matches!(open(output(&zero, "", true)), Err(MeterError::Unsupported { .. })));
    }

    #[test]
    fn slow_busy_and_failed_calls_are_transient() {
        let timeout = open(Err(CommandError::Timeout));
        assert!(matches!(timeout, Err(MeterError::Timeout { millis: 5000, .. })));
        let mut meter = open(output(GOOD, "", true)).unwrap();
        let mut error = |stderr: &str| {
            meter.runner = Arc::new(MockRunner(Mutex::new(output("", stderr, false))));
            meter.read().unwrap_err()
        };
        let busy = error("    DCMI request failed because: Node busy (c0)\n");
        assert!(matches!(busy, MeterError::Busy { .. }) && busy.to_string().contains("Node busy"));
        let failed = error("Error in open session\n");
        assert!(matches!(failed, MeterError::NoAnswer { .. }) && failed.is_transient(), "{failed}");
        assert!(failed.to_string().contains("Error in open session"), "{failed}");
        let busy = "Could not open device at /dev/ipmi0 or /dev/ipmi/0: Device or resource busy\n";
        assert!(matches!(open(output("", busy, false)), Err(MeterError::Busy { .. })));
    }

    #[test]
    fn invalid_output_names_the_field() {
        for (stdout, word) in [
            (String::new(), STATE),
            (GOOD.replace(STATE, "x"), STATE),
            (GOOD.replace(READING, "x"), READING),
            (GOOD.replace("220 Watts", "220"), READING),
            (GOOD.replace("220 Watts", "-220 Watts"), READING),
            (GOOD.replace("220 Watts", "nan Watts"), READING),
            (GOOD.replace("220 Watts", "99999999999 Watts"), READING),
        ] {
            let error = open(output(&stdout, "", true)).unwrap_err();
            let is_right = matches!(error, MeterError::Malformed { .. });
            assert!(is_right && error.to_string().contains(word), "{error}");
        }
    }
}
