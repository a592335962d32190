//! The logical processors that are online, those that this process may use, and the quota of its control
//! group: three figures that `std::thread::available_parallelism` combines into one.

use crate::cpu_list::cpu_list;
use crate::input;
use std::path::Path;

mod quota;

/// The maximum length of a file; these files are short.
const MAX_FILE_BYTES: u64 = 256 << 10;

/// The logical processors of the machine that are available to this process.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Processors {
    /// The number of processors online, if known.
    pub online: Option<usize>,
    /// The processors that this process may use, by the system's numbers. If these are unknown, they are
    /// numbered from 0.
    pub allowed: Vec<usize>,
    /// The processor time granted by the control group's quota, in processors (such as 1.5); `None` if
    /// unlimited.
    pub quota: Option<f64>,
    /// The kinds of processors among those allowed, the fastest first; empty if all are of one kind or
    /// the kinds are unknown.
    pub kinds: Vec<ProcessorKind>,
}

/// Processors of one kind.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct ProcessorKind {
    /// `performance`, `middle`, `efficiency` or `low-power`.
    pub name: &'static str,
    /// The processors of this kind that the process may use.
    pub processors: Vec<usize>,
}

impl ProcessorKind {
    /// A kind with this name and these processors.
    pub fn new(name: &'static str, processors: Vec<usize>) -> Self {
        Self { name, processors }
    }
}

impl Processors {
    /// The processors of this machine.
    pub fn here() -> Self {
        Self::from_files(Path::new("/")).unwrap_or_else(Self::from_std)
    }

    /// Reads the files of Linux below `root`; `None` if they do not list the allowed processors.
    fn from_files(root: &Path) -> Option<Self> {
        let read = |file: &str| input::read_text(&root.join(file), MAX_FILE_BYTES).ok();
        let numbers = |text: &str| -> Option<Vec<usize>> {
            let all = cpu_list(text.trim())?;
            all.into_iter().map(|number| usize::try_from(number).ok()).collect()
        };
        // The text has a mask of any width; the system call has a fixed width, which a kernel for more
        // processors rejects. Both include processors that are not online.
        let status = ["proc/thread-self/status", "proc/self/status"].into_iter().find_map(read)?;
        let line = |line: &str| line.strip_prefix("Cpus_allowed_list:").and_then(numbers);
        let mut allowed = status.lines().find_map(line)?;
        let online = read("sys/devices/system/cpu/online").and_then(|text| numbers(&text));
        if let Some(online) = &online {
            allowed.retain(|number| online.contains(number));
        }
        if allowed.is_empty() {
            return None;
        }
        let kinds = intel_kinds(&read, &numbers).or_else(|| kinds_by_capacity(&read, &allowed));
        let kinds = kinds.unwrap_or_default().into_iter().filter_map(|(name, mut processors)| {
            processors.retain(|number| allowed.contains(number));
            (!processors.is_empty()).then_some(ProcessorKind { name, processors })
        });
        Some(Self {
            online: online.map(|online| online.len()),
            kinds: kinds.collect(),
            quota: quota::lowest(root),
            allowed,
        })
    }

    fn from_std() -> Self {
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        Self { allowed: (0..count).collect(), ..Self::default() }
    }

    /// The number of threads that use all available processor time: one per allowed processor, limited
    /// by the quota, rounded down; at least 1.
    pub fn threads(&self) -> usize {
        let quota = self.quota.map_or(usize::MAX, |quota| quota as usize);
        self.allowed.len().min(quota).max(1)
    }

    /// A warning if the quota is lower than this number of threads.
    pub fn held_back(&self, threads: usize) -> Option<String> {
        let quota = self.quota.filter(|quota| *quota < threads as f64)?;
        let processors = if quota == 1.0 { "processor" } else { "processors" };
        let unit = if threads == 1 { "thread" } else { "threads" };
        let rounded = (quota * 100.0).round() / 100.0;
        Some(format!(
            "a control group limits {threads} {unit} to a quota of {rounded} {processors}: the \
             hashrate is that of the quota, not of the machine"
        ))
    }
}

type Kinds = Vec<(&'static str, Vec<usize>)>;

/// The kinds of Intel's hybrid processors, from the counter devices of each kind.
fn intel_kinds(
    read: &dyn Fn(&str) -> Option<String>,
    numbers: &dyn Fn(&str) -> Option<Vec<usize>>,
) -> Option<Kinds> {
    let cpus = |device: &str| numbers(&read(&format!("sys/devices/{device}/cpus"))?);
    let mut kinds = vec![("performance", cpus("cpu_core")?), ("efficiency", cpus("cpu_atom")?)];
    kinds.extend(cpus("cpu_lowpower").map(|cpus| ("low-power", cpus)));
    Some(kinds)
}

/// The kinds by the capacity that the kernel reports for Arm and some other processors: 1024 for the
/// fastest.
fn kinds_by_capacity(read: &dyn Fn(&str) -> Option<String>, allowed: &[usize]) -> Option<Kinds> {
    let mut by_capacity: Vec<(u32, Vec<usize>)> = Vec::new();
    for &number in allowed {
        let file = format!("sys/devices/system/cpu/cpu{number}/cpu_capacity");
        let capacity = read(&file)?.trim().parse().ok()?;
        match by_capacity.iter_mut().find(|(known, _)| *known == capacity) {
            Some((_, processors)) => processors.push(number),
            None => by_capacity.push((capacity, vec![number])),
        }
    }
    by_capacity.sort_by_key(|(capacity, _)| std::cmp::Reverse(*capacity));
    let last = by_capacity.len().checked_sub(1).filter(|last| *last > 0)?;
    let named = by_capacity.into_iter().enumerate().map(|(place, (_, processors))| {
        let name = match place {
            0 => "performance",
            place if place == last => "efficiency",
            _ => "middle",
        };
        (name, processors)
    });
    Some(named.collect())
}

#[cfg(test)]
mod tests;
