//! Lists of processors in Linux's format.

/// The most processors that Linux supports (`CONFIG_NR_CPUS` of x86).
const MAX_PROCESSORS: u32 = 8192;

/// Parses a list of processors in Linux's format, such as `0-3,8` (kernel documentation,
/// admin-guide/cputopology.rst); `None` if it is not valid.
pub(crate) fn cpu_list(text: &str) -> Option<Vec<u32>> {
    let mut cpus = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
        if first > last || last >= MAX_PROCESSORS {
            return None;
        }
        cpus.extend(first..=last);
    }
    Some(cpus)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_processor_lists_are_parsed_and_invalid_ones_give_none() {
        assert_eq!(cpu_list("0"), Some(vec![0]));
        assert_eq!(cpu_list("0,28"), Some(vec![0, 28]));
        assert_eq!(cpu_list("0-2,8-9"), Some(vec![0, 1, 2, 8, 9]));
        for bad in ["", ",", "a", "3-1", "-1", "0-4294967295", "8192", "0x1", "0 1"] {
            assert_eq!(cpu_list(bad), None, "{bad}");
        }
    }
}
