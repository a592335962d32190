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

/// The text of a regular file of at most so many bytes: UTF-8, or UTF-16 as PowerShell's `>` writes it.
/// The mark of the byte order at its beginning is left out.
///
/// # Errors
/// The system's, and `InvalidData` for what is no regular file, longer, in another encoding, or holds a
/// NUL byte, which no text does.
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
    decoded(bytes)
}

/// The beginning of a text that may go on, of at most so many bytes: what of it is no text is shown as such.
///
/// # Errors
/// The system's, and `InvalidData` for what is no regular file, or UTF-16 without a byte-order mark.
pub fn read_beginning(path: &Path, most: u64) -> Result<String> {
    let mut bytes = Vec::new();
    open(path)?.take(most).read_to_end(&mut bytes)?;
    unless_unmarked_utf16(&bytes)?;
    let wide = |rest: &[u8], of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|unit| of(*unit)).collect();
        String::from_utf16_lossy(&units)
    };
    Ok(match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(&bytes).into_owned(),
    })
}

const AS_UTF8: &str = "save it as UTF-8 (in Excel `CSV UTF-8`)";

fn decoded(bytes: Vec<u8>) -> Result<String> {
    let wide = |rest: &[u8], of: fn([u8; 2]) -> u16| {
        let (units, odd) = rest.as_chunks::<2>();
        let units: Vec<u16> = units.iter().map(|unit| of(*unit)).collect();
        match String::from_utf16(&units) {
            Ok(text) if odd.is_empty() => unless_nul(text),
            _ => Err(invalid(&format!("is no whole UTF-16 text; {AS_UTF8}"))),
        }
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => return wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return wide(rest, u16::from_be_bytes),
        _ => {}
    }
    unless_unmarked_utf16(&bytes)?;
    match String::from_utf8(bytes) {
        Ok(text) => match text.strip_prefix('\u{feff}') {
            Some(text) => unless_nul(text.to_owned()),
            None => unless_nul(text),
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..at).unwrap_or(&[]);
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(invalid(&format!(
                "is no UTF-8 text: byte {} on line {line} is wrong; {AS_UTF8}",
                at + 1
            )))
        }
    }
}

/// In UTF-16 most letters of a table have a NUL byte, all on the same side.
fn unless_unmarked_utf16(bytes: &[u8]) -> Result<()> {
    if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return Ok(());
    }
    let units = bytes.as_chunks::<2>().0;
    let nuls =
        |side: usize| units.iter().filter(move |unit| unit[side] == 0 && unit[1 - side] != 0);
    // Half of them, so that a few other letters do not hide it.
    let is_wide = [0, 1].into_iter().any(|side| nuls(side).count() * 2 > units.len());
    match is_wide && units.len() > 1 {
        true => Err(invalid(&format!(
            "looks like UTF-16 without a byte-order mark: every second byte is NUL; {AS_UTF8}"
        ))),
        false => Ok(()),
    }
}

fn unless_nul(text: String) -> Result<String> {
    match text.find('\0') {
        Some(at) => Err(invalid(&format!("is no text: byte {} is NUL", at + 1))),
        None => Ok(text),
    }
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
        let wrong = told(&path, 1024);
        assert!(
            wrong.starts_with("is no UTF-8 text: byte 3 on line 1 is wrong; save it"),
            "{wrong}"
        );
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

    #[test]
    fn texts_with_a_byte_order_mark_are_read_as_what_they_say() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let text = "power_w;\u{20ac}\r\n12,5;\u{1f50c}\r\n";
        let wide = |of: fn(u16) -> [u8; 2], mark: u16| -> Vec<u8> {
            [mark].into_iter().chain(text.encode_utf16()).flat_map(of).collect()
        };
        for bytes in [
            [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
            wide(u16::to_le_bytes, 0xfeff),
            wide(u16::to_be_bytes, 0xfeff),
        ] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(read_text(&path, 1024).unwrap(), text);
        }
        fs::write(&path, b"\xff\xfea\0b").unwrap();
        assert!(told(&path, 1024).starts_with("is no whole UTF-16 text; save it as UTF-8"));
        fs::write(&path, b"\xff\xfea\0\0\0").unwrap();
        assert_eq!(told(&path, 1024), "is no text: byte 2 is NUL");
    }

    #[test]
    fn utf16_without_a_mark_is_told_as_such() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        // The euro sign and the accent have no NUL byte, and are no UTF-8.
        let text = "Zeit;Leistung \u{20ac} \u{fc}\r\n1;2,5\r\n";
        for of in [u16::to_le_bytes, u16::to_be_bytes] {
            fs::write(&path, text.encode_utf16().flat_map(of).collect::<Vec<u8>>()).unwrap();
            let whole = told(&path, 1024);
            let expected = "looks like UTF-16 without a byte-order mark: every second byte is NUL; \
                            save it as UTF-8 (in Excel `CSV UTF-8`)";
            assert_eq!(whole, expected);
            assert_eq!(read_beginning(&path, 21).unwrap_err().to_string(), expected);
        }
        // Beside a mark it is read, and a NUL in a text is no sign of it.
        fs::write(&path, b"\xff\xfea\0b\0c\0").unwrap();
        assert_eq!(read_text(&path, 1024).unwrap(), "abc");
        assert_eq!(read_beginning(&path, 1024).unwrap(), "abc");
        fs::write(&path, b"abc\0def\0ghi").unwrap();
        assert_eq!(told(&path, 1024), "is no text: byte 4 is NUL");
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
