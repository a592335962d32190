//! Which variant is fastest on an adapter is measured once and remembered.

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

/// What a variant was measured at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuned {
    /// The variant.
    pub variant: ShaderVariant,
    /// Its rate, and nonces a dispatch.
    pub rate: Hashrate,
    /// Nonces of a dispatch of 50 to 100 ms.
    pub batch: u64,
}

/// How a scanner came by its variant.
#[derive(Clone, Debug, PartialEq)]
pub enum Tuning {
    /// It was measured now: every variant that could be opened, the fastest first.
    Measured(Vec<Tuned>),
    /// It was remembered.
    Remembered,
}

/// A tuning of another version of this crate or of these words is measured again.
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

/// Time for a variant after it has proven itself.
const A_VARIANT: Duration = Duration::from_millis(400);

/// What is tried. A software rasteriser compiles slowly and has one kind of arithmetic.
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

/// Where tunings are remembered for this user, where the system has such a place.
pub fn cache_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let places = etcetera::base_strategy::choose_native_strategy().ok()?;
    Some(places.cache_dir().join("hashwatt"))
}

/// Measures every candidate on the adapter, the fastest first. `watch` hears of each.
///
/// # Errors
/// The first error where no candidate works; those that do not are left out.
pub fn tune(adapter: &Adapter, watch: &mut dyn FnMut(&Tuned)) -> Result<Vec<Tuned>, ScanError> {
    let mut all = Vec::new();
    let mut first_error = None;
    for variant in candidates(adapter.description().kind) {
        match GpuScanner::new(adapter, variant).and_then(|mut scanner| {
            let rate = rate(&mut scanner.engine, A_VARIANT)?;
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
    /// The fastest variant on this adapter: remembered in `cache`, a folder, or measured now
    /// and remembered there. What is wrong with the cache is said in the warning; it never
    /// stops the scanner.
    ///
    /// # Errors
    /// As [`GpuScanner::new`], where no variant works.
    pub fn tuned(
        adapter: &Adapter,
        cache: Option<&Path>,
        watch: &mut dyn FnMut(&Tuned),
    ) -> Result<(Self, Tuning, Option<String>), ScanError> {
        let path = cache.map(|folder| folder.join(file_name(adapter.description())));
        let (remembered, mut warning) = match path.as_deref().map(|path| read(path, adapter)) {
            Some(Ok(variant)) => (variant, None),
            Some(Err(warning)) => (None, Some(warning)),
            None => (None, None),
        };
        if let Some(variant) = remembered {
            return Ok((Self::new(adapter, variant)?, Tuning::Remembered, None));
        }
        let all = tune(adapter, watch)?;
        let Some(best) = all.first().copied() else {
            // Every candidate list has entries: tuning gave one or an error.
            let name = adapter.description().name.clone();
            let reason = "no variant works".to_owned();
            return Err(ScanError::DeviceRefused { device: name, reason });
        };
        if let Some(path) = &path
            && let Err(error) = write(path, adapter, &best)
        {
            let told = format!("{}: the tuning is not remembered: {error}", path.display());
            warning = Some(warning.map_or(told.clone(), |before| format!("{before}; {told}")));
        }
        Ok((Self::new(adapter, best.variant)?, Tuning::Measured(all), warning))
    }
}

/// Hashes a second over about that time, one dispatch after another.
fn rate(engine: &mut Engine, time: Duration) -> Result<Hashrate, ScanError> {
    let job = hard_job();
    let mut hashes = 0;
    let begun = Instant::now();
    while begun.elapsed() < time {
        let range = NonceRange::ALL.take(engine.batch);
        engine.scan_range(&job, range).map_err(|fault| fault.into_error(engine.name()))?;
        hashes += range.len();
    }
    Ok(Hashes::from_count(hashes) / Seconds::from_seconds(begun.elapsed().as_secs_f64()))
}

/// An adapter with its driver: another driver may compile otherwise.
fn identity(adapter: &AdapterDescription) -> String {
    let AdapterDescription { name, backend, driver, driver_info, vendor_id, device_id, .. } =
        adapter;
    format!("{name}; {backend}; {driver}; {driver_info}; {vendor_id:04x}:{device_id:04x}")
}

/// No entry is longer.
const MOST: u64 = 64 << 10;

/// A file name for each identity, by FNV-1a (Fowler, Noll, Vo): the same on every machine.
fn file_name(adapter: &AdapterDescription) -> PathBuf {
    let hash = identity(adapter).bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("gpu-{hash:016x}.json").into()
}

/// The remembered variant; none where there is no file, a warning where it is no good.
fn read(path: &Path, adapter: &Adapter) -> Result<Option<ShaderVariant>, String> {
    let wrong = |what: &str| format!("{}: {what}; the GPU is tuned again", path.display());
    let text = match crate::input::read_text(path, MOST) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(wrong(&error.to_string())),
    };
    let entry: Entry = serde_json::from_str(&text).map_err(|error| wrong(&error.to_string()))?;
    let version = env!("CARGO_PKG_VERSION");
    if entry.schema_version != SCHEMA_VERSION || entry.hashwatt != version {
        return Ok(None);
    }
    if entry.adapter != identity(adapter.description()) {
        return Err(wrong("it is of another adapter"));
    }
    let known = candidates(adapter.description().kind).contains(&entry.variant);
    if known { Ok(Some(entry.variant)) } else { Err(wrong("it has an unknown variant")) }
}

/// By rename, so that nobody reads half a file.
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
    let half = path.with_extension(format!("{}.half", std::process::id()));
    std::fs::write(&half, serde_json::to_string_pretty(&entry)?)?;
    std::fs::rename(&half, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_the_cache_is_told_and_harms_nothing() {
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
