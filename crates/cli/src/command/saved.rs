//! Results of benches that are kept by a name, in the user's data folder.

use super::Failure;
use super::files;
use super::output::Place;
use etcetera::BaseStrategy;
use hashwatt_report::SavedBench;
use std::path::{Path, PathBuf};

/// No name is longer; file systems take 255 bytes.
const LONGEST: usize = 100;

/// Where a result is kept: a file of its own where the text ends in `.json`, else a name.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Saved {
    File(PathBuf),
    Named(String),
}

/// From what the user typed.
pub(super) fn parse(text: &str) -> Result<Saved, String> {
    if text.ends_with(".json") {
        return Ok(Saved::File(text.into()));
    }
    let allowed = |c: char| c.is_alphanumeric() || "-_.+".contains(c);
    let begins = text.starts_with(char::is_alphanumeric);
    match begins && text.len() <= LONGEST && text.chars().all(allowed) {
        true => Ok(Saved::Named(text.to_owned())),
        false => Err(format!(
            "give a name of letters, digits, `-`, `_`, `.` and `+` that begins with one of the \
             first two and has at most {LONGEST} bytes, or a path that ends in .json"
        )),
    }
}

impl Saved {
    /// Where a new result is to go; the folder is made where it is not there.
    pub(super) fn place(&self, force: bool) -> Result<Place, Failure> {
        match self {
            Self::File(path) => Place::new(path, force),
            Self::Named(name) => {
                let folder = folder()?;
                std::fs::create_dir_all(&folder)
                    .map_err(|error| Failure::Run(format!("{}: {error}", folder.display())))?;
                Place::new(&file(&folder, name), force)
            }
        }
    }

    /// The result that was saved.
    pub(super) fn read(&self) -> Result<SavedBench, Failure> {
        let (path, name) = match self {
            Self::File(path) => (path.clone(), path.display().to_string()),
            Self::Named(name) => {
                let folder = folder()?;
                let path = file(&folder, name);
                if !path.exists() {
                    return Err(unknown(name, &folder));
                }
                (path, name.clone())
            }
        };
        let text = files::read_text(&path)?;
        SavedBench::from_json(&text, &name)
            .map_err(|error| Failure::Input(format!("{}: {error}", path.display())))
    }
}

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.json"))
}

fn unknown(name: &str, folder: &Path) -> Failure {
    const MOST: usize = 20;
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let json = paths.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let stems = json.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    let mut there: Vec<String> = stems.collect();
    there.sort_unstable();
    there.truncate(MOST);
    let there = if there.is_empty() { "none".to_owned() } else { there.join(", ") };
    let folder = folder.display();
    Failure::Input(format!(
        "--compare: no bench was saved as `{name}`; in {folder} there is {there}"
    ))
}

fn folder() -> Result<PathBuf, Failure> {
    let told = "there is no data folder without a home folder; give a path that ends in .json";
    let places = etcetera::base_strategy::choose_native_strategy();
    let places = places.map_err(|_| Failure::Input(told.to_owned()))?;
    Ok(places.data_dir().join("hashwatt").join("benches"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leaves_the_folder() {
        for name in ["base", "zen5_avx512-2.1+x", "überholt", "5"] {
            assert_eq!(parse(name), Ok(Saved::Named(name.to_owned())));
        }
        for path in ["base.json", "../there.json", "/x/y.json"] {
            assert_eq!(parse(path), Ok(Saved::File(path.into())));
        }
        let long = "x".repeat(LONGEST + 1);
        for wrong in
            ["", ".", "..", "../x", "a/b", "a\\b", "/x", ".x", "-x", "a b", "a\0b", "c:x", &long]
        {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
