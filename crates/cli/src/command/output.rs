//! Output of results: to stdout, or to a file that is written completely or not at all.

use super::Failure;
use hashwatt_report::to_json;
use serde::Serialize;
use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Prints a report as JSON or as text.
pub(super) fn print(report: &(impl Serialize + Display), json: bool) -> Result<(), Failure> {
    write(&render(report, json)?)
}

/// Prints a report as CSV, as JSON or as text.
pub(super) fn print_as<E: Display>(
    report: &(impl Serialize + Display),
    json: bool,
    csv: bool,
    to_csv: impl FnOnce() -> Result<String, E>,
) -> Result<(), Failure> {
    match csv {
        true => write(&to_csv().map_err(|error| Failure::Run(error.to_string()))?),
        false => print(report, json),
    }
}

/// Prints a report as JSON.
pub(super) fn print_json(report: &impl Serialize) -> Result<(), Failure> {
    write(&to_json(report).map_err(|error| Failure::Run(error.to_string()))?)
}

/// Renders a report as JSON or as text.
pub(super) fn render(report: &(impl Serialize + Display), json: bool) -> Result<String, Failure> {
    match json {
        true => to_json(report).map_err(|error| Failure::Run(error.to_string())),
        false => Ok(report.to_string()),
    }
}

/// Prints a text.
pub(super) fn write(text: &str) -> Result<(), Failure> {
    let written = std::io::stdout().lock().write_all(text.as_bytes());
    finish_stdout(written).map_err(|error| Failure::Run(format!("stdout: {error}")))
}

/// Flushes stdout after a write and returns the result of both. A closed pipe is not an error: the reader
/// needs no more.
pub(super) fn finish_stdout(written: std::io::Result<()>) -> std::io::Result<()> {
    match written.and_then(|()| std::io::stdout().flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// Prints a message to stderr. Errors of stderr are ignored.
pub(super) fn print_message(message: &str) {
    const MAX_CHARS: usize = 2_000;
    // The message may contain user input or file content: control characters are replaced, and the
    // length is limited to about a screen.
    let shown = message.chars().take(MAX_CHARS);
    let line: String = shown.map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A file to which a result will be written.
pub(super) struct OutputFile {
    path: PathBuf,
    force: bool,
}

impl OutputFile {
    /// Checks before the run that the file can be written: it does not exist yet or is a regular file
    /// that `force` allows to replace, and its folder is writable.
    pub(super) fn new(path: &Path, force: bool) -> Result<Self, Failure> {
        let mut file = Self { path: path.to_owned(), force };
        match std::fs::symlink_metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(file.failure(&error)),
            Ok(_) if !force => return Err(file.failure(&Self::EXISTS)),
            Ok(_) => {
                // The target of a link is replaced, not the link; devices are never replaced.
                file.path = path.canonicalize().map_err(|error| file.failure(&error))?;
                let metadata = file.path.metadata().map_err(|error| file.failure(&error))?;
                if !metadata.is_file() {
                    let reason = "exists and is not a regular file; give another name";
                    return Err(file.failure(&reason));
                }
            }
        }
        if path.file_name().is_none() {
            return Err(file.failure(&"is not a file name"));
        }
        file.temporary_file().map(drop)?;
        Ok(file)
    }

    const EXISTS: &str = "already exists; give another name, or --force to replace it";

    /// Writes a temporary file in the same folder and renames it in one step.
    pub(super) fn write(&self, text: &str) -> Result<(), Failure> {
        let failed =
            |error: &dyn Display| Failure::Run(format!("{}: {error}", self.path.display()));
        let mut file = self.temporary_file()?;
        // Writes to the inner file, whose errors do not contain the name of the temporary file.
        file.as_file_mut()
            .write_all(text.as_bytes())
            .and_then(|()| file.as_file().sync_all())
            .map_err(|error| failed(&format!("{error}; no partial file is left")))?;
        let renamed = match self.force {
            true => file.persist(&self.path),
            false => file.persist_noclobber(&self.path),
        };
        match renamed {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
                Err(failed(&Self::EXISTS))
            }
            Err(error) => Err(failed(&error.error)),
        }
    }

    /// Creates a temporary file in the same folder, with the permissions of a new file.
    fn temporary_file(&self) -> Result<tempfile::NamedTempFile, Failure> {
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let refused =
            |error: &dyn Display| self.failure(&format!("cannot write to the folder: {error}"));
        std::fs::metadata(folder).map_err(|error| refused(&error))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".hashwatt-").suffix(".half");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        // Only the kind of error: the full error contains the name of the temporary file.
        builder.tempfile_in(folder).map_err(|error| refused(&error.kind()))
    }

    fn failure(&self, reason: &dyn Display) -> Failure {
        Failure::Input(format!("{}: {reason}", self.path.display()))
    }
}

/// Makes writes beyond the file size limit (`ulimit -f`) fail as on a full disk, instead of ending the
/// program with a partial file left.
pub(super) fn ignore_file_size_signal() {
    #[cfg(unix)]
    {
        let flag = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        // If this fails, the signal ends the program as usual.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, flag);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn message(result: Result<impl Sized, Failure>) -> String {
        match result {
            Ok(_) => panic!("did not fail"),
            Err(Failure::Input(message) | Failure::Run(message)) => message,
            Err(Failure::Inputs(messages)) => messages.join("\n"),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn output_file_is_written_completely_and_replaced_only_with_force() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        OutputFile::new(&path, false).ok().unwrap().write("one").ok().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert!(message(OutputFile::new(&path, false)).contains("--force"));
        OutputFile::new(&path, true).ok().unwrap().write("two").ok().unwrap();
        assert_eq!(
            (fs::read_to_string(&path).unwrap().as_str(), names(folder.path()).len()),
            ("two", 1)
        );
        // A file created in the meantime is not replaced either.
        let late = folder.path().join("late");
        let file = OutputFile::new(&late, false).ok().unwrap();
        fs::write(&late, "mine").unwrap();
        assert!(message(file.write("yours")).contains("already exists"));
        assert_eq!(
            (fs::read_to_string(&late).unwrap().as_str(), names(folder.path()).len()),
            ("mine", 2)
        );
    }

    #[test]
    fn unwritable_output_file_is_refused_before_the_run() {
        let folder = tempfile::tempdir().unwrap();
        for (path, reason) in [
            (folder.path().join("none/out"), "cannot write to the folder"),
            (folder.path().to_owned(), "already exists"),
        ] {
            assert!(message(OutputFile::new(&path, false)).contains(reason), "{}", path.display());
        }
        assert!(message(OutputFile::new(folder.path(), true)).contains("not a regular file"));
    }

    #[cfg(unix)]
    #[test]
    fn device_is_not_replaced_and_link_target_is() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        assert!(
            message(OutputFile::new(Path::new("/dev/null"), true)).contains("not a regular file")
        );
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        symlink(&file, &link).unwrap();
        assert!(message(OutputFile::new(&link, false)).contains("--force"));
        OutputFile::new(&link, true).ok().unwrap().write("new").ok().unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(link.symlink_metadata().unwrap().is_symlink());
        // Permissions follow the umask, as for any new file.
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o600, 0o600);
    }
}
