//! Runs a child process with a deadline and a bounded output.

use std::fmt::Debug;
use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The maximum output of a program that gives one reading.
const MAX_OUTPUT_BYTES: u64 = 64 << 10;
/// The interval at which a child that has closed its output is checked.
const POLL_INTERVAL: Duration = Duration::from_millis(2);

/// Runs programs, or simulates their faults in a test.
pub(super) trait CommandRunner: Debug + Send + Sync {
    /// The output of the program, if it exits within the deadline.
    fn run(
        &self,
        program: &str,
        arguments: &[&str],
        deadline: Duration,
    ) -> Result<CommandOutput, CommandError>;
}

/// The output of a program that has exited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CommandOutput {
    pub success: bool,
    pub stdout: String,
    pub stderr: String,
}

/// Why a program gave no valid output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CommandError {
    /// The program does not exist.
    NotInstalled,
    /// This user has no permission to run it.
    PermissionDenied,
    /// It had not exited at the deadline and was killed.
    Timeout,
    /// Its output is longer than 64 KiB or not valid UTF-8.
    Malformed(String),
    /// Another error, with the system's message.
    Failed(String),
}

/// The programs of the system, found through `PATH`.
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
            // Messages are recognised by their English words.
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => CommandError::NotInstalled,
            io::ErrorKind::PermissionDenied => CommandError::PermissionDenied,
            _ => CommandError::Failed(error.to_string()),
        })?;
        let output = collect_output(&mut child, end);
        if output.is_err() {
            // It may have exited in the meantime, and then there is nothing to kill.
            let _ = child.kill();
            // A child that hangs in the kernel does not exit at once, so it is not waited for here.
            thread::spawn(move || child.wait());
        }
        output
    }
}

fn collect_output(child: &mut Child, end: Instant) -> Result<CommandOutput, CommandError> {
    let stdout = read_pipe(child.stdout.take());
    let stderr = read_pipe(child.stderr.take());
    let (stdout, stderr) = (pipe_text(&stdout, end)?, pipe_text(&stderr, end)?);
    loop {
        let status = child.try_wait().map_err(|error| CommandError::Failed(error.to_string()))?;
        if let Some(status) = status {
            return Ok(CommandOutput { success: status.success(), stdout, stderr });
        }
        if Instant::now() >= end {
            return Err(CommandError::Timeout);
        }
        thread::sleep(POLL_INTERVAL);
    }
}

/// Reads a pipe on its own thread: otherwise the child could block on one pipe while the other is
/// read, and a grandchild could hold the pipe open past the deadline.
fn read_pipe(pipe: Option<impl Read + Send + 'static>) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = match pipe {
            Some(pipe) => pipe.take(MAX_OUTPUT_BYTES + 1).read_to_end(&mut bytes).map(|_| bytes),
            None => Ok(bytes),
        };
        // After the deadline the receiver is gone.
        let _ = sender.send(read);
    });
    receiver
}

fn pipe_text(pipe: &Receiver<io::Result<Vec<u8>>>, end: Instant) -> Result<String, CommandError> {
    let left = end.saturating_duration_since(Instant::now());
    let bytes = match pipe.recv_timeout(left) {
        Ok(bytes) => bytes.map_err(|error| CommandError::Failed(error.to_string()))?,
        Err(RecvTimeoutError::Timeout) => return Err(CommandError::Timeout),
        Err(RecvTimeoutError::Disconnected) => {
            return Err(CommandError::Failed("its output was lost".to_owned()));
        }
    };
    if bytes.len() as u64 > MAX_OUTPUT_BYTES {
        return Err(CommandError::Malformed("an output of more than 64 KiB".to_owned()));
    }
    String::from_utf8(bytes)
        .map_err(|_| CommandError::Malformed("an output that is not UTF-8".to_owned()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    fn sh(script: &str, deadline: Duration) -> Result<CommandOutput, CommandError> {
        SystemCommands.run("sh", &["-c", script], deadline)
    }

    #[test]
    fn output_of_both_pipes_is_returned() {
        let output = sh("echo out; echo err >&2; exit 3", LONG).unwrap();
        let expected =
            CommandOutput { success: false, stdout: "out\n".into(), stderr: "err\n".into() };
        assert_eq!(output, expected);
        // More than the capacity of a pipe, on the pipe that is read second.
        let output = sh("head -c 65536 /dev/zero | tr '\\0' e >&2; echo out", LONG).unwrap();
        assert_eq!((output.stderr.len(), output.stdout.as_str()), (65_536, "out\n"));
    }

    #[test]
    fn hanging_program_is_killed() {
        let short = Duration::from_millis(100);
        assert_eq!(sh("exec sleep 600", short), Err(CommandError::Timeout));
        // Still running with closed pipes.
        assert_eq!(sh("exec sleep 600 >&- 2>&-", short), Err(CommandError::Timeout));
        // Exited, with a grandchild that holds the pipe open.
        assert_eq!(sh("sleep 5 & exit 0", short), Err(CommandError::Timeout));
    }

    #[test]
    fn endless_output_and_invalid_text_are_refused() {
        for script in ["exec yes", "exec yes >&2", "printf '\\377'"] {
            let output = sh(script, LONG);
            assert!(matches!(output, Err(CommandError::Malformed(_))), "{script}: {output:?}");
        }
    }

    #[test]
    fn missing_program_is_not_found() {
        let run = |program| SystemCommands.run(program, &[], LONG);
        assert_eq!(run("hashwatt-no-such-program"), Err(CommandError::NotInstalled));
        // A folder cannot be run, not even by root.
        assert_eq!(run("/"), Err(CommandError::PermissionDenied));
    }
}
