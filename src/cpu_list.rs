//! Lists of processors as Linux writes them.

/// No Linux counts more processors (`CONFIG_NR_CPUS` of x86).
const MOST: u32 = 8192;

/// The processors of a list as the kernel writes it, `0-3,8` (kernel documentation,
/// admin-guide/cputopology.rst); `None` for what is no such list.
pub(crate) fn cpu_list(text: &str) -> Option<Vec<u32>> {
    let mut cpus = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
        if first > last || last >= MOST {
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
    fn lists_of_processors_as_the_kernel_writes_them() {
        assert_eq!(cpu_list("0"), Some(vec![0]));
        assert_eq!(cpu_list("0,28"), Some(vec![0, 28]));
        assert_eq!(cpu_list("0-2,8-9"), Some(vec![0, 1, 2, 8, 9]));
        for bad in ["", ",", "a", "3-1", "-1", "0-4294967295", "8192", "0x1", "0 1"] {
            assert_eq!(cpu_list(bad), None, "{bad}");
        }
    }
}
