//! Kernels with one defective instruction, of the kinds that a faulty generator could write. Their
//! memory accesses stay inside the library's block.

use std::fmt;

/// A line of a kernel and its defective replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    line: usize,
    original: String,
    replacement: String,
}

impl Defect {
    /// A defect in a line of the body, counted from 0; `None` if no defect is defined for its
    /// instruction.
    pub fn in_line(body: &str, line: usize) -> Option<Self> {
        let original = body.lines().nth(line)?.to_owned();
        let replacement = defective(&original)?;
        Some(Self { line, original, replacement })
    }

    /// The body with the defect; `None` if the body does not have the original line.
    pub(crate) fn apply(&self, body: &str) -> Option<String> {
        let mut lines: Vec<&str> = body.lines().collect();
        let line = lines.get_mut(self.line).filter(|line| **line == self.original)?;
        *line = &self.replacement;
        Some(lines.join("\n") + "\n")
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", self.original, self.replacement)
    }
}

/// The instruction with one defect of a kind that a faulty generator could write; `None` if no
/// defect is defined for it.
fn defective(line: &str) -> Option<String> {
    let (mnemonic, operands) = line.split_once(' ')?;
    let (first, rest) = operands.split_once(',')?;
    let by_one_more = || {
        let by: u32 = first.trim_start_matches('$').parse().ok()?;
        Some(format!("{mnemonic} ${},{rest}", by + 1))
    };
    match mnemonic {
        // A rotation or shift by one more.
        "vprord" | "vpsrld" | "vpslld" | "psrld" | "pslld" | "rorxl" | "rorl" | "shrl" => {
            by_one_more()
        }
        // Words from another distance than seven back.
        "vpalignr" => Some(format!("vpalignr $8,{rest}")),
        // Another function of three inputs.
        "vpternlogd" => Some(format!("{mnemonic} $0x6a,{rest}")),
        // A sum that lacks one of its terms.
        "vpaddd" if line.ends_with("{%k2}") => None,
        "vpaddd" => Some(format!("{} {rest}", copy(rest))),
        "paddd" | "sha256msg1" | "sha256msg2" => Some("nop".to_owned()),
        // Another function of two inputs.
        "vpxord" => Some(format!("vpandd {operands}")),
        "vpxor" => Some(format!("vpand {operands}")),
        "pxor" => Some(format!("pand {operands}")),
        "vpand" => Some(format!("vpxor {operands}")),
        "pand" => Some(format!("pxor {operands}")),
        // Low halves in place of high ones; "above" in place of "at most".
        "vpunpckhdq" => Some(format!("vpunpckldq {operands}")),
        "vpcmpud" => Some(format!("vpcmpud $6,{rest}")),
        // The message words of another pair of rounds.
        "vmovq" => {
            let (offset, base) = first.split_once('(')?;
            let offset: i32 = offset.parse().ok()?;
            Some(format!("vmovq {}({base},{rest}", offset + 8))
        }
        _ => None,
    }
}

/// The instruction that copies the register that an addition reads to the one that it writes.
/// Without AVX-512 there are no 512-bit registers and only sixteen registers.
fn copy(operands: &str) -> &'static str {
    let wide = |name: &str| {
        let number = name.trim_start_matches(|c: char| !c.is_ascii_digit()).parse();
        name.starts_with("%zmm") || number.is_ok_and(|number: u32| number > 15)
    };
    if operands.split(',').any(wide) { "vmovdqa64" } else { "vmovdqa" }
}
