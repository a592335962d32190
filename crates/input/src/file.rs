//! Regular files, and none but them.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// Opens a regular file for reading, whatever name it has, through links too. A pipe, a device, a
/// socket or a folder is refused, and nothing of that waits: what was opened is judged and not what
/// had the name a moment before.
///
/// # Errors
/// The system's, and `InvalidData` for what is no regular file.
pub fn open(path: &Path) -> Result<File> {
    // Opening alone sets some devices going: what is one already now is not opened at all.
    judge(&std::fs::metadata(path).map_err(in_words)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        // A pipe that took the name meanwhile must not wait for its other end, and a terminal must
        // not become this program's.
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    }
    let file = options.open(path).map_err(in_words)?;
    judge(&file.metadata()?)?;
    Ok(file)
}

/// The two answers of a system that a user can do something about, with what.
fn in_words(error: Error) -> Error {
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such file; check its name and its folder",
        ErrorKind::PermissionDenied => "may not be read by this user; check the file's rights",
        _ => return error,
    };
    Error::new(error.kind(), words)
}

fn judge(about: &Metadata) -> Result<()> {
    match about {
        _ if about.is_file() => Ok(()),
        _ if about.is_dir() => Err(invalid("is a folder; give a file")),
        _ => Err(invalid("is no regular file")),
    }
}

pub(crate) fn invalid(reason: &str) -> Error {
    Error::new(ErrorKind::InvalidData, reason)
}

/// The text of a regular file of at most so many bytes.
///
/// # Errors
/// The system's, and `InvalidData` for what is no regular file, longer, no UTF-8, or holds a NUL
/// byte, which no text does.
pub fn read_text(path: &Path, most: u64) -> Result<String> {
    let file = open(path)?;
    let too_long = || invalid(&format!("is longer than {} KiB", most >> 10));
    if file.metadata()?.len() > most {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    // It may grow meanwhile, and some files of the system do not tell their length.
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_long());
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(invalid(&format!("is no text: byte {} is NUL", at + 1)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        invalid(&format!("is no UTF-8 text: byte {at} is wrong"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn told(path: &Path, most: u64) -> String {
        read_text(path, most).unwrap_err().to_string()
    }

    #[test]
    fn only_texts_that_are_short_enough_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        fs::write(&path, "a\u{e9}\r\n").unwrap();
        assert_eq!(read_text(&path, 1024).unwrap(), "a\u{e9}\r\n");
        fs::write(&path, vec![b'a'; 1025]).unwrap();
        assert_eq!(told(&path, 1024), "is longer than 1 KiB");
        fs::write(&path, b"ab\xff").unwrap();
        assert_eq!(told(&path, 1024), "is no UTF-8 text: byte 3 is wrong");
        fs::write(&path, b"ab\0c").unwrap();
        assert_eq!(told(&path, 1024), "is no text: byte 3 is NUL");
        assert_eq!(told(folder.path(), 1024), "is a folder; give a file");
        let nothing = read_text(&folder.path().join("nothing"), 1024).unwrap_err();
        assert_eq!(nothing.kind(), ErrorKind::NotFound);
        assert!(nothing.to_string().starts_with("there is no such file; check"), "{nothing}");
        // Long without taking any room.
        File::create(&path).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(told(&path, 1024), "is longer than 1 KiB");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_no_file_is_refused_at_once_also_behind_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let link = folder.path().join("link");
        for place in [pipe.as_path(), Path::new("/dev/zero"), Path::new("/dev/tty")] {
            std::os::unix::fs::symlink(place, &link).unwrap();
            for path in [place, &link] {
                assert_eq!(told(path, 1024), "is no regular file", "{}", path.display());
            }
            fs::remove_file(&link).unwrap();
        }
        // Longer than its length of 0 says.
        assert!(read_text(Path::new("/proc/self/status"), 1 << 20).unwrap().contains("Name:"));
        assert_eq!(told(Path::new("/proc/self/status"), 1 << 9), "is longer than 0 KiB");
    }
}
