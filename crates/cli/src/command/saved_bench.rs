//! Bench results that are saved under a name, in the user's data folder.

use super::Failure;
use super::files;
use super::output::OutputFile;
use etcetera::BaseStrategy;
use hashwatt_report::comparison::SavedBench;
use std::path::{Path, PathBuf};

/// The maximum length of a name; file systems allow 255 bytes.
const MAX_NAME_BYTES: usize = 100;

/// Where a result is saved: in a file if the text ends in `.json`, otherwise under a name.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum BenchLocation {
    File(PathBuf),
    Named(String),
}

/// Parses the value of an option.
pub(super) fn parse(text: &str) -> Result<BenchLocation, String> {
    if text.ends_with(".json") {
        return Ok(BenchLocation::File(text.into()));
    }
    let allowed = |c: char| c.is_alphanumeric() || "-_.+".contains(c);
    let is_valid_start = text.starts_with(char::is_alphanumeric);
    match is_valid_start && text.len() <= MAX_NAME_BYTES && text.chars().all(allowed) {
        true => Ok(BenchLocation::Named(text.to_owned())),
        false => Err(format!(
            "give a name of letters, digits, `-`, `_`, `.` and `+` that starts with a letter or \
             digit and has at most {MAX_NAME_BYTES} bytes, or a path that ends in .json"
        )),
    }
}

impl BenchLocation {
    /// The output file of a new result; creates the folder if needed.
    pub(super) fn output_file(&self, force: bool) -> Result<OutputFile, Failure> {
        match self {
            Self::File(path) => OutputFile::new(path, force),
            Self::Named(name) => {
                let folder = data_folder()?;
                std::fs::create_dir_all(&folder)
                    .map_err(|error| Failure::Run(format!("{}: {error}", folder.display())))?;
                OutputFile::new(&path_of(&folder, name), force)
            }
        }
    }

    /// Reads the saved result.
    pub(super) fn read(&self) -> Result<SavedBench, Failure> {
        let (path, name) = match self {
            Self::File(path) => (path.clone(), path.display().to_string()),
            Self::Named(name) => {
                let folder = data_folder()?;
                let path = path_of(&folder, name);
                if !path.exists() {
                    return Err(unknown_name(name, &folder));
                }
                (path, name.clone())
            }
        };
        let text = files::read_result(&path)?;
        SavedBench::from_json(&text, &name)
            .map_err(|error| Failure::Input(format!("{}: {error}", path.display())))
    }
}

fn path_of(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.json"))
}

fn unknown_name(name: &str, folder: &Path) -> Failure {
    const MAX_LISTED: usize = 20;
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let json = paths.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let stems = json.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    let mut saved: Vec<String> = stems.collect();
    saved.sort_unstable();
    saved.truncate(MAX_LISTED);
    let saved = if saved.is_empty() { "none".to_owned() } else { saved.join(", ") };
    let folder = folder.display();
    Failure::Input(format!("--compare: no bench is saved as `{name}`; saved in {folder}: {saved}"))
}

fn data_folder() -> Result<PathBuf, Failure> {
    let message = "no data folder, because no home folder is known; give a path that ends in .json";
    let folders = etcetera::base_strategy::choose_native_strategy();
    let folders = folders.map_err(|_| Failure::Input(message.to_owned()))?;
    Ok(folders.data_dir().join("hashwatt").join("benches"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_outside_data_folder_is_refused() {
        for name in ["base", "zen5_avx512-2.1+x", "überholt", "5"] {
            assert_eq!(parse(name), Ok(BenchLocation::Named(name.to_owned())));
        }
        for path in ["base.json", "../other.json", "/x/y.json"] {
            assert_eq!(parse(path), Ok(BenchLocation::File(path.into())));
        }
        let long = "x".repeat(MAX_NAME_BYTES + 1);
        for wrong in
            ["", ".", "..", "../x", "a/b", "a\\b", "/x", ".x", "-x", "a b", "a\0b", "c:x", &long]
        {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
