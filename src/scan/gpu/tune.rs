//! Measures once which variant is fastest on an adapter, and caches the result.

use super::adapter::{Adapter, AdapterDescription, AdapterKind};
use super::engine::Engine;
use super::scanner::GpuScanner;
use super::shader_variant::{Addition, ShaderVariant};
use crate::scan::cpu::self_test::hard_job;
use crate::scan::error::ScanError;
use crate::scan::range::NonceRange;
use crate::units::{Hashes, Hashrate, Seconds};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The measured speed of a variant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuned {
    /// The variant.
    pub variant: ShaderVariant,
    /// Its hashrate.
    pub rate: Hashrate,
    /// The number of nonces in a dispatch of 50 to 100 ms.
    pub batch: u64,
}

/// How the variant of a scanner was chosen.
#[derive(Clone, Debug, PartialEq)]
pub enum Tuning {
    /// By a measurement of all variants that could be opened, the fastest first.
    Measured(Vec<Tuned>),
    /// From the cache.
    Remembered,
}

/// The version of the cache format. Entries of another version, or of another version of this crate, are
/// measured again.
const SCHEMA_VERSION: u32 = 1;

/// One adapter's entry in the cache.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    schema_version: u32,
    hashwatt: String,
    adapter: String,
    variant: ShaderVariant,
    rate_h_s: f64,
}

/// The time to measure a variant after its self-test.
const TIME_PER_VARIANT: Duration = Duration::from_millis(400);

/// The variants to measure; fewer for a software rasteriser, which compiles slowly and has only one kind
/// of arithmetic unit.
fn candidates(kind: AdapterKind) -> Vec<ShaderVariant> {
    let (additions, threads, nonces): (&[Addition], &[u32], &[u32]) = match kind {
        AdapterKind::Software => (&[Addition::Plain], &[32, 64], &[16, 64]),
        _ => (&[Addition::Plain, Addition::Multiply], &[64, 128, 256], &[1, 4, 16]),
    };
    let mut all = Vec::new();
    for &addition in additions {
        for &threads in threads {
            all.extend(nonces.iter().map(|&nonces| ShaderVariant { addition, threads, nonces }));
        }
    }
    all
}

/// The cache folder for tuning results of this user, if the system has one.
pub fn cache_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let folders = etcetera::base_strategy::choose_native_strategy().ok()?;
    Some(folders.cache_dir().join("hashwatt"))
}

/// Measures every variant on the adapter and returns those that work, the fastest first. Calls `watch`
/// with each result.
///
/// # Errors
/// The first error if no variant works.
pub fn tune(adapter: &Adapter, watch: &mut dyn FnMut(&Tuned)) -> Result<Vec<Tuned>, ScanError> {
    let mut all = Vec::new();
    let mut first_error = None;
    for variant in candidates(adapter.description().kind) {
        match GpuScanner::new(adapter, variant).and_then(|mut scanner| {
            let rate = rate(&mut scanner.engine, TIME_PER_VARIANT)?;
            Ok(Tuned { variant, rate, batch: scanner.engine.batch })
        }) {
            Ok(tuned) => {
                watch(&tuned);
                all.push(tuned);
            }
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    all.sort_by(|a, b| b.rate.as_h_s().total_cmp(&a.rate.as_h_s()));
    match (all.is_empty(), first_error) {
        (true, Some(error)) => Err(error),
        _ => Ok(all),
    }
}

impl GpuScanner {
    /// A scanner with the fastest variant on this adapter: the variant in the folder `cache`, or
    /// otherwise measured and saved there. Problems with the cache are returned as a warning.
    ///
    /// # Errors
    /// As [`GpuScanner::new`], if no variant works.
    pub fn tuned(
        adapter: &Adapter,
        cache: Option<&Path>,
        watch: &mut dyn FnMut(&Tuned),
    ) -> Result<(Self, Tuning, Option<String>), ScanError> {
        let path = cache.map(|folder| folder.join(file_name(adapter.description())));
        let (cached, mut warning) = match path.as_deref().map(|path| read(path, adapter)) {
            Some(Ok(variant)) => (variant, None),
            Some(Err(warning)) => (None, Some(warning)),
            None => (None, None),
        };
        if let Some(variant) = cached {
            return Ok((Self::new(adapter, variant)?, Tuning::Remembered, None));
        }
        let all = tune(adapter, watch)?;
        let Some(best) = all.first().copied() else {
            // Not reached: the list of variants is not empty, so tuning returns a result or an error.
            let name = adapter.description().name.clone();
            let reason = "no variant works".to_owned();
            return Err(ScanError::DeviceRefused { device: name, reason });
        };
        if let Some(path) = &path
            && let Err(error) = write(path, adapter, &best)
        {
            let failure = format!("{}: the tuning could not be saved: {error}", path.display());
            warning = Some(match warning {
                Some(warning) => format!("{warning}; {failure}"),
                None => failure,
            });
        }
        Ok((Self::new(adapter, best.variant)?, Tuning::Measured(all), warning))
    }
}

/// The hashrate over about `time`, one dispatch after another.
fn rate(engine: &mut Engine, time: Duration) -> Result<Hashrate, ScanError> {
    let job = hard_job();
    let mut hashes = 0;
    let start = Instant::now();
    while start.elapsed() < time {
        let range = NonceRange::ALL.take(engine.batch);
        engine.scan_range(&job, range).map_err(|fault| fault.into_error(engine.name()))?;
        hashes += range.len();
    }
    Ok(Hashes::from_count(hashes) / Seconds::from_seconds(start.elapsed().as_secs_f64()))
}

/// The text that identifies an adapter and its driver, because another driver may compile differently.
fn identity(adapter: &AdapterDescription) -> String {
    let AdapterDescription { name, backend, driver, driver_info, vendor_id, device_id, .. } =
        adapter;
    format!("{name}; {backend}; {driver}; {driver_info}; {vendor_id:04x}:{device_id:04x}")
}

/// The maximum length of a cache file.
const MAX_ENTRY_BYTES: u64 = 64 << 10;

/// The name of the cache file of an adapter: a hash of its identity by FNV-1a (Fowler, Noll, Vo).
fn file_name(adapter: &AdapterDescription) -> PathBuf {
    let hash = identity(adapter).bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("gpu-{hash:016x}.json").into()
}

/// Reads the cached variant; `None` if there is no file or it has another version.
///
/// # Errors
/// A warning if the file is invalid.
fn read(path: &Path, adapter: &Adapter) -> Result<Option<ShaderVariant>, String> {
    let warning = |reason: &str| format!("{}: {reason}; the GPU is tuned again", path.display());
    let text = match crate::input::read_text(path, MAX_ENTRY_BYTES) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(warning(&error.to_string())),
    };
    let entry: Entry = serde_json::from_str(&text).map_err(|error| warning(&error.to_string()))?;
    let version = env!("CARGO_PKG_VERSION");
    if entry.schema_version != SCHEMA_VERSION || entry.hashwatt != version {
        return Ok(None);
    }
    if entry.adapter != identity(adapter.description()) {
        return Err(warning("the file belongs to another adapter"));
    }
    let known = candidates(adapter.description().kind).contains(&entry.variant);
    if known { Ok(Some(entry.variant)) } else { Err(warning("the variant is unknown")) }
}

/// Writes the cache file. It is renamed into place, so that an incomplete file is never read.
fn write(path: &Path, adapter: &Adapter, best: &Tuned) -> std::io::Result<()> {
    let entry = Entry {
        schema_version: SCHEMA_VERSION,
        hashwatt: env!("CARGO_PKG_VERSION").to_owned(),
        adapter: identity(adapter.description()),
        variant: best.variant,
        rate_h_s: best.rate.as_h_s(),
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let temporary = path.with_extension(format!("{}.temporary", std::process::id()));
    std::fs::write(&temporary, serde_json::to_string_pretty(&entry)?)?;
    std::fs::rename(&temporary, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_cache_gives_a_warning_and_variant_is_measured_again() {
        let Some(adapter) = crate::scan::gpu::testing::any_adapter() else { return };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file_name(adapter.description()));
        assert_eq!(read(&path, &adapter), Ok(None));

        let variant = candidates(adapter.description().kind)[0];
        let rate = Hashrate::from_mh_s(1.0);
        write(&path, &adapter, &Tuned { variant, rate, batch: 1 }).unwrap();
        assert_eq!(read(&path, &adapter), Ok(Some(variant)));
        let (scanner, tuning, warning) =
            GpuScanner::tuned(&adapter, Some(folder.path()), &mut |_| ()).unwrap();
        assert_eq!((scanner.variant(), tuning, warning), (variant, Tuning::Remembered, None));

        let good = std::fs::read_to_string(&path).unwrap();
        let other_version = good.replace("\"schema_version\": 1", "\"schema_version\": 2");
        std::fs::write(&path, other_version).unwrap();
        assert_eq!(read(&path, &adapter), Ok(None));
        for bad in ["", "{", "[]", &good.replace("\"threads\": ", "\"threads\": 7")] {
            std::fs::write(&path, bad).unwrap();
            assert!(read(&path, &adapter).unwrap_err().contains("tuned again"), "{bad}");
        }
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert!(read(&path, &adapter).is_err());
        assert!(write(&path, &adapter, &Tuned { variant, rate, batch: 1 }).is_err());
    }
}
