//! File system access of the sensors, so that tests can simulate its faults.

use super::MeterError;
use std::fmt::Debug;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// The file system operations that sensors need. Tests may run as root, which no file mode denies,
/// so a permission error can only be simulated through this trait.
pub trait FileSystem: Debug + Send + Sync {
    /// The whole text of a small file.
    ///
    /// # Errors
    /// The system's error, and `InvalidData` for more than 64 KiB or for invalid UTF-8.
    fn read(&self, file: &Path) -> io::Result<String> {
        self.open(file)?.read()
    }
    /// The entries of a folder, sorted.
    ///
    /// # Errors
    /// The system's error.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
    /// Opens a file and keeps it open. The file of a counter must stay open: after a restart of the
    /// driver the old file fails, while a new file of the same name would count from zero.
    ///
    /// # Errors
    /// The system's error.
    fn open(&self, file: &Path) -> io::Result<Box<dyn OpenFile>>;
}

/// An open file that can be read repeatedly from its beginning.
pub trait OpenFile: Debug + Send {
    /// Its whole text without surrounding whitespace.
    ///
    /// # Errors
    /// The system's error, and `InvalidData` for more than 64 KiB or for invalid UTF-8.
    fn read(&mut self) -> io::Result<String>;
}

/// The file system of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemFiles;

/// The maximum size of a sensor's file.
const MAX_BYTES: u64 = 64 << 10;

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
        let read = self.take(MAX_BYTES + 1).read_to_string(&mut text)?;
        if read as u64 > MAX_BYTES {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "is longer than 64 KiB"));
        }
        Ok(text.trim().to_owned())
    }
}

/// A suffix for the name of a meter: empty for the system's folder, and ` at FOLDER` for any other
/// root, so that a result shows where the meter was read.
pub(super) fn root_suffix(root: &Path, own: &str) -> String {
    if root == Path::new(own) { String::new() } else { format!(" at {}", root.display()) }
}

/// Reads the text of a file for a meter.
pub(super) fn read_text(
    files: &dyn FileSystem,
    file: &Path,
    meter: &str,
) -> Result<String, MeterError> {
    files.read(file).map_err(|error| MeterError::from_file_error(&error, file, meter))
}

/// Reads a whole number from a file for a meter.
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
    fn open_file_is_read_again_from_its_beginning() {
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
