//! The processor quota of this process's control groups (kernel documentation,
//! admin-guide/cgroup-v2.rst and scheduler/sched-bwc.rst).

use crate::input;
use std::path::{Path, PathBuf};

const MAX_FILE_BYTES: u64 = 256 << 10;

/// The lowest quota of all groups of the process, up to the root of the mounted hierarchy, in
/// processors.
pub(super) fn lowest(root: &Path) -> Option<f64> {
    let text = |file: &str| input::read_text(&root.join(file), MAX_FILE_BYTES).ok();
    let mounts = text("proc/self/mountinfo")?;
    let groups = text("proc/self/cgroup")?;
    let quotas = groups.lines().filter_map(|line| {
        // Number, controllers, path; version 2 has no controllers in its line.
        let mut parts = line.splitn(3, ':').skip(1);
        let (controllers, path) = (parts.next()?, parts.next()?);
        let is_v2 = controllers.is_empty();
        if !is_v2 && !controllers.split(',').any(|controller| controller == "cpu") {
            return None;
        }
        let (mount, top) = mounts.lines().find_map(|line| parse_mount(line, is_v2))?;
        lowest_in_hierarchy(root, &mount, relative_path(path, &top), is_v2)
    });
    quotas.min_by(f64::total_cmp)
}

/// The mount point of a control group hierarchy, and the group mounted there; proc_pid_mountinfo(5).
fn parse_mount(line: &str, is_v2: bool) -> Option<(PathBuf, String)> {
    let (before, after) = line.split_once(" - ")?;
    let (mut before, mut after) = (before.split(' ').skip(3), after.split(' '));
    let (top, mount) = (before.next()?, before.next()?);
    let (kind, options) = (after.next()?, after.nth(1)?);
    let fits = match is_v2 {
        true => kind == "cgroup2",
        false => kind == "cgroup" && options.split(',').any(|option| option == "cpu"),
    };
    fits.then(|| (PathBuf::from(mount), top.to_owned()))
}

/// A group's path relative to the mounted group; empty if it is not below the mounted group.
fn relative_path<'a>(path: &'a str, top: &str) -> &'a Path {
    let path = Path::new(path);
    let rest = path.strip_prefix(top).unwrap_or(Path::new(""));
    let is_plain = rest.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if is_plain { rest } else { Path::new("") }
}

fn lowest_in_hierarchy(root: &Path, mount: &Path, group: &Path, is_v2: bool) -> Option<f64> {
    let mount = root.join(mount.strip_prefix("/").unwrap_or(mount));
    let quotas = group.ancestors().filter_map(|group| {
        let read =
            |file: &str| input::read_text(&mount.join(group).join(file), MAX_FILE_BYTES).ok();
        let (quota, period) = match is_v2 {
            true => {
                let text = read("cpu.max")?;
                let mut words = text.split_whitespace();
                (words.next()?.to_owned(), words.next()?.to_owned())
            }
            false => (read("cpu.cfs_quota_us")?, read("cpu.cfs_period_us")?),
        };
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| *number > 0.0);
        // `max` and -1 mean no limit.
        Some(number(&quota)? / number(&period)?)
    });
    quotas.min_by(f64::total_cmp)
}
