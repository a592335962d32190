//! Instructions with one defect each, of the kinds that a generator could make. What they touch in
//! memory stays inside the library's block.

use std::fmt;

/// A line of a kernel and what is put in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    at: usize,
    right: String,
    wrong: String,
}

impl Defect {
    /// A defect in that line of the body, if its instruction is of a kind that has one.
    pub fn at(body: &str, at: usize) -> Option<Self> {
        let right = body.lines().nth(at)?.to_owned();
        let wrong = broken(&right)?;
        Some(Self { at, right, wrong })
    }

    /// The body with the defect, if it has the line.
    pub(crate) fn put_into(&self, body: &str) -> Option<String> {
        let mut lines: Vec<&str> = body.lines().collect();
        let line = lines.get_mut(self.at).filter(|line| **line == self.right)?;
        *line = &self.wrong;
        Some(lines.join("\n") + "\n")
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", self.right, self.wrong)
    }
}

/// The instruction with one defect of a kind that a generator could make, if it is of a kind
/// that has one.
fn broken(line: &str) -> Option<String> {
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
        // Other words than those seven back.
        "vpalignr" => Some(format!("vpalignr $8,{rest}")),
        // Another function of three bits.
        "vpternlogd" => Some(format!("{mnemonic} $0x6a,{rest}")),
        // A sum without its term: the other one alone.
        "vpaddd" if line.ends_with("{%k2}") => None,
        "vpaddd" => Some(format!("{} {rest}", copy(rest))),
        "paddd" | "sha256msg1" | "sha256msg2" => Some("nop".to_owned()),
        // Another function of two bits.
        "vpxord" => Some(format!("vpandd {operands}")),
        "vpxor" => Some(format!("vpand {operands}")),
        "pxor" => Some(format!("pand {operands}")),
        "vpand" => Some(format!("vpxor {operands}")),
        "pand" => Some(format!("pxor {operands}")),
        // Low halves for high ones; above for at most.
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

/// What moves the register that an addition reads to the one that it writes: without AVX-512 there
/// are neither 512 bits nor more than sixteen registers.
fn copy(operands: &str) -> &'static str {
    let wide = |name: &str| {
        let number = name.trim_start_matches(|c: char| !c.is_ascii_digit()).parse();
        name.starts_with("%zmm") || number.is_ok_and(|number: u32| number > 15)
    };
    if operands.split(',').any(wide) { "vmovdqa64" } else { "vmovdqa" }
}
