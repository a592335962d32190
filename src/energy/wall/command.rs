//! A program run as a child, within a deadline and with a bounded output.

use std::fmt::Debug;
use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// No program that is asked for one reading says more.
const MOST: u64 = 64 << 10;
/// How often a child is looked after that has closed its output.
const LOOK: Duration = Duration::from_millis(2);

/// Runs programs, or plays their faults in a test.
pub(super) trait CommandRunner: Debug + Send + Sync {
    /// What the program says, if it ends within the deadline.
    fn run(
        &self,
        program: &str,
        arguments: &[&str],
        deadline: Duration,
    ) -> Result<CommandOutput, CommandError>;
}

/// What a program that has ended said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CommandOutput {
    pub success: bool,
    pub stdout: String,
    pub stderr: String,
}

/// Why a program said nothing that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CommandError {
    /// There is no such program.
    NotInstalled,
    /// The system does not let this user run it.
    MayNotRun,
    /// It had not ended at the deadline and was killed.
    Timeout,
    /// It said more than 64 KiB, or what is no text.
    Malformed(String),
    /// The system's words.
    Failed(String),
}

/// The system's own programs, found by `PATH`.
#[derive(Clone, Copy, Debug)]
pub(super) struct SystemCommands;

impl CommandRunner for SystemCommands {
    fn run(
        &self,
        program: &str,
        arguments: &[&str],
        deadline: Duration,
    ) -> Result<CommandOutput, CommandError> {
        let end = Instant::now() + deadline;
        let child = Command::new(program)
            .args(arguments)
            // Messages are told apart by their English words.
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => CommandError::NotInstalled,
            io::ErrorKind::PermissionDenied => CommandError::MayNotRun,
            _ => CommandError::Failed(error.to_string()),
        })?;
        let said = listen(&mut child, end);
        if said.is_err() {
            // It may have ended by itself, and then there is nothing to kill.
            let _ = child.kill();
            // One that hangs in the kernel does not die at once: it is not waited for here.
            thread::spawn(move || child.wait());
        }
        said
    }
}

fn listen(child: &mut Child, end: Instant) -> Result<CommandOutput, CommandError> {
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let (stdout, stderr) = (text(&stdout, end)?, text(&stderr, end)?);
    loop {
        let status = child.try_wait().map_err(|error| CommandError::Failed(error.to_string()))?;
        if let Some(status) = status {
            return Ok(CommandOutput { success: status.success(), stdout, stderr });
        }
        if Instant::now() >= end {
            return Err(CommandError::Timeout);
        }
        thread::sleep(LOOK);
    }
}

/// Reads a pipe on a thread of its own: the child could otherwise wait for one pipe while the
/// other is read, and a grandchild could hold it open past the deadline.
fn drain(pipe: Option<impl Read + Send + 'static>) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = match pipe {
            Some(pipe) => pipe.take(MOST + 1).read_to_end(&mut bytes).map(|_| bytes),
            None => Ok(bytes),
        };
        // Nobody listens any more after the deadline.
        let _ = sender.send(read);
    });
    receiver
}

fn text(pipe: &Receiver<io::Result<Vec<u8>>>, end: Instant) -> Result<String, CommandError> {
    let left = end.saturating_duration_since(Instant::now());
    let bytes = match pipe.recv_timeout(left) {
        Ok(bytes) => bytes.map_err(|error| CommandError::Failed(error.to_string()))?,
        Err(RecvTimeoutError::Timeout) => return Err(CommandError::Timeout),
        Err(RecvTimeoutError::Disconnected) => {
            return Err(CommandError::Failed("its output was lost".to_owned()));
        }
    };
    if bytes.len() as u64 > MOST {
        return Err(CommandError::Malformed("more than 64 KiB".to_owned()));
    }
    String::from_utf8(bytes).map_err(|_| CommandError::Malformed("what is no text".to_owned()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    fn sh(script: &str, deadline: Duration) -> Result<CommandOutput, CommandError> {
        SystemCommands.run("sh", &["-c", script], deadline)
    }

    #[test]
    fn what_a_program_says_on_both_pipes() {
        let said = sh("echo out; echo err >&2; exit 3", LONG).unwrap();
        let expected =
            CommandOutput { success: false, stdout: "out\n".into(), stderr: "err\n".into() };
        assert_eq!(said, expected);
        // More than a pipe holds, on the one that is read second.
        let said = sh("head -c 65536 /dev/zero | tr '\\0' e >&2; echo out", LONG).unwrap();
        assert_eq!((said.stderr.len(), said.stdout.as_str()), (65_536, "out\n"));
    }

    #[test]
    fn a_program_that_hangs_is_killed() {
        let short = Duration::from_millis(100);
        assert_eq!(sh("exec sleep 600", short), Err(CommandError::Timeout));
        // The pipes closed, and still running.
        assert_eq!(sh("exec sleep 600 >&- 2>&-", short), Err(CommandError::Timeout));
        // Ended, with a grandchild that holds the pipe.
        assert_eq!(sh("sleep 5 & exit 0", short), Err(CommandError::Timeout));
    }

    #[test]
    fn endless_output_and_garbage_are_refused() {
        for script in ["exec yes", "exec yes >&2", "printf '\\377'"] {
            let said = sh(script, LONG);
            assert!(matches!(said, Err(CommandError::Malformed(_))), "{script}: {said:?}");
        }
    }

    #[test]
    fn a_program_that_is_not_there() {
        let run = |program| SystemCommands.run(program, &[], LONG);
        assert_eq!(run("hashwatt-no-such-program"), Err(CommandError::NotInstalled));
        // A folder may not be run, not even by root.
        assert_eq!(run("/"), Err(CommandError::MayNotRun));
    }
}
