//! The system's files with injected faults. Tests may run as root, which no file mode denies.

use hashwatt::energy::{FileSystem, OpenFile, SystemFiles};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

pub const EPERM: i32 = 1;
pub const EIO: i32 = 5;
pub const EACCES: i32 = 13;
pub const ENODEV: i32 = 19;
pub const EOPNOTSUPP: i32 = 95;

/// The system's files with injected faults. A file that was open when its driver was unloaded fails
/// from then on, as in sysfs, even if a new file replaces it.
#[derive(Clone, Debug, Default)]
pub struct Faulty(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    open: BTreeMap<&'static str, i32>,
    read: BTreeMap<&'static str, i32>,
    unloaded: usize,
}

#[derive(Debug)]
struct FaultyFile {
    path: PathBuf,
    file: Box<dyn OpenFile>,
    state: Arc<Mutex<State>>,
    opened_after: usize,
}

impl Faulty {
    pub fn on_open(&self, ending: &'static str, code: i32) {
        self.0.lock().unwrap().open.insert(ending, code);
    }
    pub fn on_read(&self, ending: &'static str, code: i32) {
        self.0.lock().unwrap().read.insert(ending, code);
    }
    pub fn clear(&self) {
        self.0.lock().unwrap().read.clear();
    }
    pub fn unload(&self) {
        self.0.lock().unwrap().unloaded += 1;
    }
    pub fn files(&self) -> Arc<dyn FileSystem> {
        Arc::new(self.clone())
    }
}

fn fault(faults: &BTreeMap<&'static str, i32>, path: &Path) -> io::Result<()> {
    match faults.iter().find(|(ending, _)| path.ends_with(ending)) {
        Some((_, code)) => Err(io::Error::from_raw_os_error(*code)),
        None => Ok(()),
    }
}

impl FileSystem for Faulty {
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        SystemFiles.list(folder)
    }
    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let state = self.0.lock().unwrap();
        fault(&state.open, path)?;
        Ok(Box::new(FaultyFile {
            path: path.to_owned(),
            file: SystemFiles.open(path)?,
            state: Arc::clone(&self.0),
            opened_after: state.unloaded,
        }))
    }
}

impl OpenFile for FaultyFile {
    fn read(&mut self) -> io::Result<String> {
        let state = self.state.lock().unwrap();
        fault(&state.read, &self.path)?;
        if self.opened_after < state.unloaded {
            return Err(io::Error::from_raw_os_error(ENODEV));
        }
        self.file.read()
    }
}
