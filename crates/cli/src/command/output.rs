//! Where results go: stdout, or a file that is whole or not there.

use super::Failure;
use hashwatt_report::to_json;
use serde::Serialize;
use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Prints a report, as JSON or for a person.
pub(super) fn print(report: &(impl Serialize + Display), json: bool) -> Result<(), Failure> {
    write(&rendered(report, json)?)
}

/// Prints a report as CSV, as JSON or for a person.
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

/// A report as JSON or for a person.
pub(super) fn rendered(report: &(impl Serialize + Display), json: bool) -> Result<String, Failure> {
    match json {
        true => to_json(report).map_err(|error| Failure::Run(error.to_string())),
        false => Ok(report.to_string()),
    }
}

/// Prints a text.
pub(super) fn write(text: &str) -> Result<(), Failure> {
    let written = std::io::stdout().lock().write_all(text.as_bytes());
    printed(written).map_err(|error| Failure::Run(format!("stdout: {error}")))
}

/// What became of a text that was printed. A reader that closed the pipe has what it wanted: that is
/// no failure.
pub(super) fn printed(written: std::io::Result<()>) -> std::io::Result<()> {
    match written.and_then(|()| std::io::stdout().flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// Tells a person something beside the result. Where nobody listens to stderr nothing is lost, and
/// nothing fails.
pub(super) fn tell(message: &str) {
    const LONGEST: usize = 2_000;
    // What the user typed or a file held stands in the message: no line break or escape of theirs
    // gets out, and no more than a screen of it.
    let shown = message.chars().take(LONGEST);
    let line: String = shown.map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A file that a result is to go to.
pub(super) struct Place {
    path: PathBuf,
    force: bool,
}

impl Place {
    /// Looks whether the result can go there, before anybody works for it: nothing is there yet, or
    /// a regular file that may be replaced by `force`, and its folder takes files.
    pub(super) fn new(path: &Path, force: bool) -> Result<Self, Failure> {
        let mut place = Self { path: path.to_owned(), force };
        match std::fs::symlink_metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(place.wrong(&error)),
            Ok(_) if !force => return Err(place.wrong(&Self::THERE)),
            Ok(_) => {
                // The file behind a link is replaced, and not the link; a device never is.
                place.path = path.canonicalize().map_err(|error| place.wrong(&error))?;
                let about = place.path.metadata().map_err(|error| place.wrong(&error))?;
                if !about.is_file() {
                    return Err(place.wrong(&"is there and no regular file; give another name"));
                }
            }
        }
        if path.file_name().is_none() {
            return Err(place.wrong(&"is no name of a file"));
        }
        place.beside().map(drop)?;
        Ok(place)
    }

    const THERE: &str = "is there already; give another name, or --force to replace it";

    /// Writes all of it beside the place and puts it there by its name in one step.
    pub(super) fn write(&self, text: &str) -> Result<(), Failure> {
        let failed =
            |error: &dyn Display| Failure::Run(format!("{}: {error}", self.path.display()));
        let mut file = self.beside()?;
        // By the file itself: its errors do not tell the name of the half file, which is nobody's concern.
        file.as_file_mut()
            .write_all(text.as_bytes())
            .and_then(|()| file.as_file().sync_all())
            .map_err(|error| failed(&format!("{error}; nothing is left of it")))?;
        let put = match self.force {
            true => file.persist(&self.path),
            false => file.persist_noclobber(&self.path),
        };
        match put {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
                Err(failed(&Self::THERE))
            }
            Err(error) => Err(failed(&error.error)),
        }
    }

    /// A file of no name that anybody looks for, with the permissions that any new file has.
    fn beside(&self) -> Result<tempfile::NamedTempFile, Failure> {
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let refused =
            |error: &dyn Display| self.wrong(&format!("its folder takes no file: {error}"));
        std::fs::metadata(folder).map_err(|error| refused(&error))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".hashwatt-").suffix(".half");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        // What kind of error alone: the name of the half file is nobody's concern.
        builder.tempfile_in(folder).map_err(|error| refused(&error.kind()))
    }

    fn wrong(&self, reason: &dyn Display) -> Failure {
        Failure::Input(format!("{}: {reason}", self.path.display()))
    }
}

/// Writes that would pass the limit on a file's length (`ulimit -f`) fail as on a full disk, in
/// place of ending the program with half a file left.
pub(super) fn outlive_file_limit() {
    #[cfg(unix)]
    {
        let noted = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        // Without it the limit ends the program, as it did before.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, noted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn told(result: Result<impl Sized, Failure>) -> String {
        match result {
            Ok(_) => panic!("went through"),
            Err(Failure::Input(told) | Failure::Run(told)) => told,
            Err(Failure::Inputs(told)) => told.join("\n"),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_is_whole_new_and_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        Place::new(&path, false).ok().unwrap().write("one").ok().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert!(told(Place::new(&path, false)).contains("--force"));
        Place::new(&path, true).ok().unwrap().write("two").ok().unwrap();
        assert_eq!(
            (fs::read_to_string(&path).unwrap().as_str(), names(folder.path()).len()),
            ("two", 1)
        );
        // One that came meanwhile is not replaced either.
        let late = folder.path().join("late");
        let place = Place::new(&late, false).ok().unwrap();
        fs::write(&late, "mine").unwrap();
        assert!(told(place.write("yours")).contains("is there already"));
        assert_eq!(
            (fs::read_to_string(&late).unwrap().as_str(), names(folder.path()).len()),
            ("mine", 2)
        );
    }

    #[test]
    fn what_cannot_be_written_is_said_before_the_work() {
        let folder = tempfile::tempdir().unwrap();
        for (path, reason) in [
            (folder.path().join("none/out"), "its folder takes no file"),
            (folder.path().to_owned(), "is there already"),
        ] {
            assert!(told(Place::new(&path, false)).contains(reason), "{}", path.display());
        }
        assert!(told(Place::new(folder.path(), true)).contains("no regular file"));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_never_replaced_and_a_links_file_is() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        assert!(told(Place::new(Path::new("/dev/null"), true)).contains("no regular file"));
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        symlink(&file, &link).unwrap();
        assert!(told(Place::new(&link, false)).contains("--force"));
        Place::new(&link, true).ok().unwrap().write("new").ok().unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(link.symlink_metadata().unwrap().is_symlink());
        // Others may read it, as far as the umask goes.
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o600, 0o600);
    }
}
