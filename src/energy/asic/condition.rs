//! The state of the machine as a snapshot reports it. All of it is optional; values that cannot be
//! read count as missing. It is used for warnings only.

use super::exporter::Exporter;
use super::figures::Source;
use crate::plausible::ASIC_HASHRATE;
use crate::units::Hashrate;
use serde_json::Value;

/// The expected and actual state of the machine, as it reports them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Condition {
    /// The expected hashrate.
    pub expected: Option<Hashrate>,
    /// The number of boards that hash and the expected number.
    pub boards: Option<(usize, usize)>,
    /// The number of chips that respond and the expected number.
    pub chips: Option<(u64, u64)>,
    /// Whether it reports that it does not mine.
    pub paused: bool,
}

impl Condition {
    pub(super) fn new(source: &Source, hashrate: Hashrate) -> Self {
        let is_mining = source.object.get("is_mining").and_then(Value::as_bool);
        Self {
            expected: expected(source, hashrate),
            boards: boards(source),
            chips: chips(source),
            paused: is_mining == Some(false),
        }
    }
}

/// The nominal rate or the sticker rate; otherwise computed from the percentage of it.
fn expected(source: &Source, hashrate: Hashrate) -> Option<Hashrate> {
    // Old versions of pyasic used `nominal_hashrate` for the present `expected_hashrate`.
    let rates = ["expected_hashrate", "nominal_hashrate", "sticker_hashrate"];
    let stated = rates.iter().find_map(|key| {
        let (rate, _) = source.rate(source.object.get(*key)?).ok()?;
        // Firmwares write 0 for an unknown rate.
        ASIC_HASHRATE.check(rate).ok().map(|_| rate)
    });
    let percentage = || {
        let percent = source.object.get("percent_expected_hashrate")?.as_f64()?;
        (percent > 0.0).then(|| hashrate / (percent / 100.0))
    };
    stated.or_else(percentage)
}

/// `missing` is ignored for a board that hashes: pyasic sets it for all boards of some machines.
fn boards(source: &Source) -> Option<(usize, usize)> {
    let boards = source.object.get("hashboards")?.as_array().filter(|boards| !boards.is_empty())?;
    let rates: Vec<Option<Hashrate>> =
        boards.iter().map(|board| Some(source.rate(board.get("hashrate")?).ok()?.0)).collect();
    // Some exporters list the boards of a machine without their rates.
    if rates.iter().all(Option::is_none) {
        return None;
    }
    // pyasic's `active` means that the board is being tuned.
    let off = |board: &Value| {
        source.exporter == Exporter::AsicRs && board.get("active") == Some(&Value::Bool(false))
    };
    let hashes = |(board, rate): &(&Value, &Option<Hashrate>)| {
        rate.is_some_and(|rate| rate > Hashrate::ZERO) && !off(board)
    };
    let hashing = boards.iter().zip(&rates).filter(hashes).count();
    let expected = source.object.get("expected_hashboards").and_then(Value::as_u64);
    let expected = expected.and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    Some((hashing, expected.max(boards.len())))
}

/// `None` if either number is 0, which the exporters write for an unknown number.
fn chips(source: &Source) -> Option<(u64, u64)> {
    let count = |key: &str| source.object.get(key)?.as_u64().filter(|count| *count > 0);
    Some((count("total_chips")?, count("expected_chips")?))
}
