//! The file system as sensors see it, so that tests can play every fault of it.

use super::MeterError;
use std::fmt::Debug;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// What sensors need of a file system. Tests may run as root, whom no mode refuses, so a refusal
/// can only be played through this trait.
pub trait FileSystem: Debug + Send + Sync {
    /// The whole text of a small file.
    ///
    /// # Errors
    /// The system's, and `InvalidData` for more than 64 KiB or for what is no text.
    fn read(&self, file: &Path) -> io::Result<String> {
        self.open(file)?.read()
    }
    /// What a folder holds, sorted.
    ///
    /// # Errors
    /// The system's.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
    /// A file that is kept open. A counter's file must be: after a driver's restart the old one
    /// fails, where a new one of the same name would count from zero.
    ///
    /// # Errors
    /// The system's.
    fn open(&self, file: &Path) -> io::Result<Box<dyn OpenFile>>;
}

/// An open file that can be read again and again from its beginning.
pub trait OpenFile: Debug + Send {
    /// Its whole text, without the space around it.
    ///
    /// # Errors
    /// The system's, and `InvalidData` for more than 64 KiB or for what is no text.
    fn read(&mut self) -> io::Result<String>;
}

/// The system's own files.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemFiles;

/// No file of a sensor is longer.
const MOST: u64 = 64 << 10;

impl FileSystem for SystemFiles {
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
        let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
        paths.sort_unstable();
        Ok(paths)
    }
    fn open(&self, file: &Path) -> io::Result<Box<dyn OpenFile>> {
        Ok(Box::new(crate::input::open(file)?))
    }
}

impl OpenFile for File {
    fn read(&mut self) -> io::Result<String> {
        self.seek(SeekFrom::Start(0))?;
        let mut text = String::new();
        let read = self.take(MOST + 1).read_to_string(&mut text)?;
        if read as u64 > MOST {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "is longer than 64 KiB"));
        }
        Ok(text.trim().to_owned())
    }
}

/// Where a meter was found, for its name: nothing for the system's own folder, so that any other
/// shows in every result.
pub(super) fn place(root: &Path, own: &str) -> String {
    if root == Path::new(own) { String::new() } else { format!(" at {}", root.display()) }
}

/// A file's text, for a meter.
pub(super) fn read_text(
    files: &dyn FileSystem,
    file: &Path,
    meter: &str,
) -> Result<String, MeterError> {
    files.read(file).map_err(|error| MeterError::of_file(&error, file, meter))
}

/// A file's number, for a meter.
pub(super) fn read_number(
    files: &dyn FileSystem,
    file: &Path,
    meter: &str,
) -> Result<u64, MeterError> {
    let text = read_text(files, file, meter)?;
    text.parse().map_err(|_| MeterError::malformed(meter, &text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_file_is_read_anew_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("energy_uj");
        fs::write(&path, "1\n").unwrap();
        let mut open = SystemFiles.open(&path).unwrap();
        assert_eq!(open.read().unwrap(), "1");
        fs::write(&path, "23\n").unwrap();
        assert_eq!(open.read().unwrap(), "23");
        fs::write(&path, vec![b'1'; 70_000]).unwrap();
        assert_eq!(open.read().unwrap_err().kind(), io::ErrorKind::InvalidData);
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert_eq!(open.read().unwrap_err().kind(), io::ErrorKind::InvalidData);
        let refused = SystemFiles.open(folder.path()).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::InvalidData);
    }
}
