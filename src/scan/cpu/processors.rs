//! The processors that there are, those that this process may use, and how much of them a control group
//! grants: three figures that `std::thread::available_parallelism` makes one of.

use crate::cpu_list::cpu_list;
use crate::input;
use std::path::Path;

mod quota;

/// The files that are read here are short.
const MOST: u64 = 256 << 10;

/// The machine's processors as this process is given them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Processors {
    /// How many are online, where the system tells.
    pub online: Option<usize>,
    /// Those that this process may use, by the system's numbers. Where the system does not tell, 0 up
    /// to one less than their number.
    pub allowed: Vec<usize>,
    /// How many processors' time a control group grants, where one limits it: 1.5 are one and a half.
    pub quota: Option<f64>,
    /// The kinds of processors among those allowed, the fastest first; empty where all are alike or
    /// nothing is known.
    pub kinds: Vec<ProcessorKind>,
}

/// Processors that are alike.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ProcessorKind {
    /// `performance`, `middle`, `efficiency` or `low-power`.
    pub name: &'static str,
    /// Those of this kind that the process may use.
    pub processors: Vec<usize>,
}

impl ProcessorKind {
    /// Processors that are called so.
    pub fn new(name: &'static str, processors: Vec<usize>) -> Self {
        Self { name, processors }
    }
}

impl Processors {
    /// Those of this machine.
    pub fn here() -> Self {
        Self::at(Path::new("/")).unwrap_or_else(Self::by_std)
    }

    /// By the files of Linux below a root; nothing where the processors that may be used are not there.
    fn at(root: &Path) -> Option<Self> {
        let read = |file: &str| input::read_text(&root.join(file), MOST).ok();
        let numbers = |text: &str| -> Option<Vec<usize>> {
            let all = cpu_list(text.trim())?;
            all.into_iter().map(|number| usize::try_from(number).ok()).collect()
        };
        // A mask of any width as text: the call has one of fixed width, which a kernel for more
        // processors refuses. It also counts processors that are not there.
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
        let kinds = hybrid(&read, &numbers).or_else(|| by_capacity(&read, &allowed));
        let kinds = kinds.unwrap_or_default().into_iter().filter_map(|(name, mut processors)| {
            processors.retain(|number| allowed.contains(number));
            (!processors.is_empty()).then_some(ProcessorKind { name, processors })
        });
        Some(Self {
            online: online.map(|online| online.len()),
            kinds: kinds.collect(),
            quota: quota::of(root),
            allowed,
        })
    }

    fn by_std() -> Self {
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        Self { allowed: (0..count).collect(), ..Self::default() }
    }

    /// How many threads use what is given: one a processor, and no more than a quota keeps busy.
    pub fn threads(&self) -> usize {
        // A number below that of the processors, which is a whole number.
        let quota = self.quota.map_or(usize::MAX, |quota| quota as usize);
        self.allowed.len().min(quota).max(1)
    }

    /// What a quota does to so many threads, where it holds them back.
    pub fn held_back(&self, threads: usize) -> Option<String> {
        let quota = self.quota.filter(|quota| *quota < threads as f64)?;
        let unit = if quota == 1.0 { "processor" } else { "processors" };
        let those = if threads == 1 { "thread" } else { "threads" };
        let rounded = (quota * 100.0).round() / 100.0;
        Some(format!(
            "a control group's quota of {rounded} {unit} holds {threads} {those} back: the rate is \
             that of the quota and not of the machine"
        ))
    }
}

type Kinds = Vec<(&'static str, Vec<usize>)>;

/// Intel's hybrid processors: the counters of each kind list its processors.
fn hybrid(
    read: &dyn Fn(&str) -> Option<String>,
    numbers: &dyn Fn(&str) -> Option<Vec<usize>>,
) -> Option<Kinds> {
    let of = |device: &str| numbers(&read(&format!("sys/devices/{device}/cpus"))?);
    let mut kinds = vec![("performance", of("cpu_core")?), ("efficiency", of("cpu_atom")?)];
    kinds.extend(of("cpu_lowpower").map(|cpus| ("low-power", cpus)));
    Some(kinds)
}

/// Arm's, and others' with a kernel that tells: a processor's capacity against the fastest, of 1024.
fn by_capacity(read: &dyn Fn(&str) -> Option<String>, allowed: &[usize]) -> Option<Kinds> {
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
