//! Tests with the files of various machines.

use super::*;
use std::fs;

/// Writes files to a temporary folder.
fn machine(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (file, text) in files {
        let path = root.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn read(files: &[(&str, &str)]) -> Processors {
    Processors::from_files(machine(files).path()).unwrap()
}

const ONLINE: &str = "sys/devices/system/cpu/online";
const STATUS: &str = "proc/self/status";
const MOUNTS: &str = "proc/self/mountinfo";
const GROUPS: &str = "proc/self/cgroup";
const V2: &str = "30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n";

#[test]
fn online_allowed_and_quota_are_read_separately() {
    let found = read(&[
        (ONLINE, "0-7\n"),
        (STATUS, "Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t0-1,4,6-9\n"),
        (MOUNTS, V2),
        (GROUPS, "0::/job/part\n"),
        ("sys/fs/cgroup/job/cpu.max", "250000 100000\n"),
        ("sys/fs/cgroup/job/part/cpu.max", "max 100000\n"),
    ]);
    // Processors 8 and 9 are allowed but not online.
    assert_eq!((found.online, &found.allowed[..]), (Some(8), &[0, 1, 4, 6, 7][..]));
    assert_eq!((found.quota, found.threads()), (Some(2.5), 2));
    assert_eq!(found.kinds, []);
    let warning = found.held_back(4).unwrap();
    assert!(
        warning.starts_with("a control group limits 4 threads to a quota of 2.5 processors"),
        "{warning}"
    );
    assert_eq!(found.held_back(2), None);
}

#[test]
fn more_than_1024_processors_are_all_counted() {
    let found = read(&[(ONLINE, "0-2047"), (STATUS, "Cpus_allowed_list:\t1000-1999\n")]);
    assert_eq!((found.online, found.allowed.len(), found.threads()), (Some(2048), 1000, 1000));
    assert_eq!(found.allowed.last(), Some(&1999));
}

#[test]
fn lowest_quota_of_the_hierarchy_is_used() {
    let quota = |files: &[(&str, &str)]| {
        let base = [(ONLINE, "0-3"), (STATUS, "Cpus_allowed_list:\t0-3\n")];
        read(&[&base[..], files].concat()).quota
    };
    let group = |file: &'static str, text: &'static str| (file, text);
    assert_eq!(quota(&[]), None);
    assert_eq!(quota(&[(MOUNTS, V2), (GROUPS, "0::/\n")]), None);
    let nested = [
        (MOUNTS, V2),
        (GROUPS, "0::/a/b\n"),
        group("sys/fs/cgroup/a/b/cpu.max", "300000 100000"),
        group("sys/fs/cgroup/a/cpu.max", "75000 50000"),
    ];
    assert_eq!(quota(&nested), Some(1.5));
    // Version 1, mounted at the group of a container; the path is that of the host.
    let first = [
        (
            MOUNTS,
            "9 8 0:5 /docker/x /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct\n",
        ),
        (GROUPS, "4:memory:/docker/x\n3:cpu,cpuacct:/docker/x\n"),
        group("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000\n"),
        group("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n"),
    ];
    assert_eq!(quota(&first), Some(0.5));
    let unlimited = [first[0], first[1], (first[2].0, "-1\n"), first[3]];
    assert_eq!(quota(&unlimited), None);
    // A path outside the mounted group is treated as the mounted group.
    let outside = [(MOUNTS, V2), (GROUPS, "0::/../other\n"), ("sys/fs/cgroup/cpu.max", "1 2")];
    assert_eq!(quota(&outside), Some(0.5));
    for odd in ["", "max", "0 100000", "100000 0", "x y"] {
        let files = [(MOUNTS, V2), (GROUPS, "0::/\n"), ("sys/fs/cgroup/cpu.max", odd)];
        assert_eq!(quota(&files), None, "{odd}");
    }
}

#[test]
fn quota_below_one_processor_gives_one_thread() {
    let few = Processors { allowed: vec![0, 1], quota: Some(0.5), ..Processors::default() };
    assert_eq!(few.threads(), 1);
    let warning = few.held_back(1).unwrap();
    assert!(warning.contains("limits 1 thread to a quota of 0.5 processors"), "{warning}");
}

#[test]
fn kinds_of_processors_are_recognised() {
    let base = [(ONLINE, "0-5"), (STATUS, "Cpus_allowed_list:\t1-5\n")];
    let kinds = |files: &[(&str, &str)]| -> Vec<(&str, Vec<usize>)> {
        let found = read(&[&base[..], files].concat());
        found.kinds.into_iter().map(|kind| (kind.name, kind.processors)).collect()
    };
    let intel = [("sys/devices/cpu_core/cpus", "0-3\n"), ("sys/devices/cpu_atom/cpus", "4-5\n")];
    assert_eq!(kinds(&intel), [("performance", vec![1, 2, 3]), ("efficiency", vec![4, 5])]);
    let capacities = |all: [&'static str; 6]| -> Vec<(String, &'static str)> {
        let file = |cpu| format!("sys/devices/system/cpu/cpu{cpu}/cpu_capacity");
        all.into_iter().enumerate().map(|(cpu, text)| (file(cpu), text)).collect()
    };
    for (given, expected) in [
        (
            ["1024", "1024", "446", "446", "446", "446"],
            vec![("performance", vec![1]), ("efficiency", vec![2, 3, 4, 5])],
        ),
        (
            ["250", "250", "250", "800", "800", "1024"],
            vec![("performance", vec![5]), ("middle", vec![3, 4]), ("efficiency", vec![1, 2])],
        ),
        (["1024"; 6], vec![]),
    ] {
        let files = capacities(given);
        let files: Vec<_> = files.iter().map(|(file, text)| (file.as_str(), *text)).collect();
        assert_eq!(kinds(&files), expected, "{given:?}");
    }
    assert_eq!(kinds(&[]), []);
}

#[test]
fn missing_files_give_none_and_this_machine_has_processors() {
    assert_eq!(Processors::from_files(machine(&[]).path()), None);
    let here = Processors::here();
    assert!(!here.allowed.is_empty() && here.threads() >= 1);
}
