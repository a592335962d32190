//! Regular files only.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// Opens a regular file for reading; links are followed. A pipe, a device, a socket or a folder is refused without
/// blocking. The type is checked on the opened file, so that a file which is replaced meanwhile is not missed.
///
/// # Errors
/// The system's error, and `InvalidData` for anything that is not a regular file.
pub fn open(path: &Path) -> Result<File> {
    // Opening alone can start some devices, so the type is checked before the file is opened, too.
    require_regular(&std::fs::metadata(path).map_err(with_remedy)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        // A pipe that has taken the name meanwhile must not block, and a terminal must not become the
        // controlling terminal.
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    }
    let file = options.open(path).map_err(with_remedy)?;
    require_regular(&file.metadata()?)?;
    Ok(file)
}

/// Adds a remedy to the two system errors that a user can act on.
fn with_remedy(error: Error) -> Error {
    let message = match error.kind() {
        ErrorKind::NotFound => "file not found; check the path",
        ErrorKind::PermissionDenied => "cannot be read by this user; check the file's permissions",
        _ => return error,
    };
    Error::new(error.kind(), message)
}

fn require_regular(metadata: &Metadata) -> Result<()> {
    match metadata {
        _ if metadata.is_file() => Ok(()),
        _ if metadata.is_dir() => Err(invalid("is a folder; give a file")),
        _ => Err(invalid("is not a regular file")),
    }
}

pub(crate) fn invalid(reason: &str) -> Error {
    Error::new(ErrorKind::InvalidData, reason)
}

/// Reads the text of a regular file of at most `max_bytes` bytes: UTF-8, or UTF-16 as PowerShell's `>` writes it.
/// A byte-order mark at the beginning is removed.
///
/// # Errors
/// The system's error, and `InvalidData` for a file that is not regular, is longer, has another encoding, or
/// contains a NUL byte.
pub fn read_text(path: &Path, max_bytes: u64) -> Result<String> {
    let file = open(path)?;
    let too_long = || invalid(&format!("is longer than {} KiB", max_bytes >> 10));
    if file.metadata()?.len() > max_bytes {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    // The file may grow meanwhile, and some system files report a length of 0.
    file.take(max_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes {
        return Err(too_long());
    }
    decode(bytes)
}

/// Reads the beginning of a text file, at most `max_bytes` bytes. Bytes that are not valid text become replacement
/// characters.
///
/// # Errors
/// The system's error, and `InvalidData` for a file that is not regular, or UTF-16 without a byte-order mark.
pub fn read_beginning(path: &Path, max_bytes: u64) -> Result<String> {
    let mut bytes = Vec::new();
    open(path)?.take(max_bytes).read_to_end(&mut bytes)?;
    refuse_unmarked_utf16(&bytes)?;
    let utf16 = |rest: &[u8], to_unit: fn([u8; 2]) -> u16| {
        let units = rest.as_chunks::<2>().0.iter();
        let units: Vec<u16> = units.map(|unit| to_unit(*unit)).collect();
        String::from_utf16_lossy(&units)
    };
    Ok(match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(&bytes).into_owned(),
    })
}

const AS_UTF8: &str = "save it as UTF-8 (in Excel `CSV UTF-8`)";

fn decode(bytes: Vec<u8>) -> Result<String> {
    let utf16 = |rest: &[u8], to_unit: fn([u8; 2]) -> u16| {
        let (units, odd) = rest.as_chunks::<2>();
        let units: Vec<u16> = units.iter().map(|unit| to_unit(*unit)).collect();
        match String::from_utf16(&units) {
            Ok(text) if odd.is_empty() => refuse_nul(text),
            _ => Err(invalid(&format!("is not valid UTF-16 text; {AS_UTF8}"))),
        }
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    refuse_unmarked_utf16(&bytes)?;
    match String::from_utf8(bytes) {
        Ok(text) => match text.strip_prefix('\u{feff}') {
            Some(text) => refuse_nul(text.to_owned()),
            None => refuse_nul(text),
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..at).unwrap_or(&[]);
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(invalid(&format!(
                "is not valid UTF-8 text: byte {} on line {line} is invalid; {AS_UTF8}",
                at + 1
            )))
        }
    }
}

/// Refuses UTF-16 without a byte-order mark: most letters of a table have a NUL byte then, all on the same side.
fn refuse_unmarked_utf16(bytes: &[u8]) -> Result<()> {
    if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return Ok(());
    }
    let units = bytes.as_chunks::<2>().0;
    let nuls =
        |side: usize| units.iter().filter(move |unit| unit[side] == 0 && unit[1 - side] != 0);
    // Half of them is enough, so that a few letters without a NUL byte do not hide it.
    let is_utf16 = [0, 1].into_iter().any(|side| nuls(side).count() * 2 > units.len());
    match is_utf16 && units.len() > 1 {
        true => Err(invalid(&format!(
            "looks like UTF-16 without a byte-order mark: every second byte is NUL; {AS_UTF8}"
        ))),
        false => Ok(()),
    }
}

fn refuse_nul(text: String) -> Result<String> {
    match text.find('\0') {
        Some(at) => Err(invalid(&format!("is not text: byte {} is NUL", at + 1))),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn error_message(path: &Path, max_bytes: u64) -> String {
        read_text(path, max_bytes).unwrap_err().to_string()
    }

    #[test]
    fn text_above_the_limit_or_invalid_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        fs::write(&path, "a\u{e9}\r\n").unwrap();
        assert_eq!(read_text(&path, 1024).unwrap(), "a\u{e9}\r\n");
        fs::write(&path, vec![b'a'; 1025]).unwrap();
        assert_eq!(error_message(&path, 1024), "is longer than 1 KiB");
        fs::write(&path, b"ab\xff").unwrap();
        let message = error_message(&path, 1024);
        assert!(
            message.starts_with("is not valid UTF-8 text: byte 3 on line 1 is invalid; save it"),
            "{message}"
        );
        fs::write(&path, b"ab\0c").unwrap();
        assert_eq!(error_message(&path, 1024), "is not text: byte 3 is NUL");
        assert_eq!(error_message(folder.path(), 1024), "is a folder; give a file");
        let missing = read_text(&folder.path().join("missing"), 1024).unwrap_err();
        assert_eq!(missing.kind(), ErrorKind::NotFound);
        assert!(missing.to_string().starts_with("file not found; check"), "{missing}");
        // A sparse file.
        File::create(&path).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(error_message(&path, 1024), "is longer than 1 KiB");
    }

    #[test]
    fn text_with_a_byte_order_mark_is_decoded_by_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let text = "power_w;\u{20ac}\r\n12,5;\u{1f50c}\r\n";
        let utf16 = |to_bytes: fn(u16) -> [u8; 2], mark: u16| -> Vec<u8> {
            [mark].into_iter().chain(text.encode_utf16()).flat_map(to_bytes).collect()
        };
        for bytes in [
            [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
            utf16(u16::to_le_bytes, 0xfeff),
            utf16(u16::to_be_bytes, 0xfeff),
        ] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(read_text(&path, 1024).unwrap(), text);
        }
        fs::write(&path, b"\xff\xfea\0b").unwrap();
        assert!(
            error_message(&path, 1024).starts_with("is not valid UTF-16 text; save it as UTF-8")
        );
        fs::write(&path, b"\xff\xfea\0\0\0").unwrap();
        assert_eq!(error_message(&path, 1024), "is not text: byte 2 is NUL");
    }

    #[test]
    fn utf16_without_a_byte_order_mark_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        // The euro sign and the accent have no NUL byte and are not valid UTF-8.
        let text = "Zeit;Leistung \u{20ac} \u{fc}\r\n1;2,5\r\n";
        for of in [u16::to_le_bytes, u16::to_be_bytes] {
            fs::write(&path, text.encode_utf16().flat_map(of).collect::<Vec<u8>>()).unwrap();
            let message = error_message(&path, 1024);
            let expected = "looks like UTF-16 without a byte-order mark: every second byte is NUL; \
                            save it as UTF-8 (in Excel `CSV UTF-8`)";
            assert_eq!(message, expected);
            assert_eq!(read_beginning(&path, 21).unwrap_err().to_string(), expected);
        }
        // With a mark it is read, and a NUL byte inside text does not count as UTF-16.
        fs::write(&path, b"\xff\xfea\0b\0c\0").unwrap();
        assert_eq!(read_text(&path, 1024).unwrap(), "abc");
        assert_eq!(read_beginning(&path, 1024).unwrap(), "abc");
        fs::write(&path, b"abc\0def\0ghi").unwrap();
        assert_eq!(error_message(&path, 1024), "is not text: byte 4 is NUL");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn pipe_or_device_is_refused_without_blocking_also_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let link = folder.path().join("link");
        for place in [pipe.as_path(), Path::new("/dev/zero"), Path::new("/dev/tty")] {
            std::os::unix::fs::symlink(place, &link).unwrap();
            for path in [place, &link] {
                assert_eq!(
                    error_message(path, 1024),
                    "is not a regular file",
                    "{}",
                    path.display()
                );
            }
            fs::remove_file(&link).unwrap();
        }
        // Longer than its reported length of 0.
        assert!(read_text(Path::new("/proc/self/status"), 1 << 20).unwrap().contains("Name:"));
        assert_eq!(error_message(Path::new("/proc/self/status"), 1 << 9), "is longer than 0 KiB");
    }
}
