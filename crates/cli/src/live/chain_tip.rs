//! The tip of the chain according to a source, and the network at that block.

use super::response::Response;
use super::unusual_value::UnusualValue;
use super::{FEE_BLOCKS, Live, LiveError, mainnet_checks};
use hashwatt::econ::network::Network;
use hashwatt::plausible::BLOCK_FEES;
use hashwatt::pow::{CompactTarget, Difficulty, Hash256, Header, Target};
use hashwatt::uncertainty::{AsOf, Provenance, Uncertain};
use hashwatt::units::{Btc, Hashrate, Sats, Seconds, UsdPerBtc};
use jiff::Timestamp;
use jiff::tz::Offset;

/// The maximum age of a value, 18 target intervals: a gap this long between blocks has a
/// probability of 1 in 65 million.
const MAX_AGE_S: i64 = Seconds::from_hours(3.0).as_seconds() as i64;
/// The maximum time by which a block may be ahead (Bitcoin Core `MAX_FUTURE_BLOCK_TIME`).
const MAX_AHEAD_S: i64 = Seconds::from_hours(2.0).as_seconds() as i64;
/// The maximum ratio between a stated hashrate and that of the difficulty.
const MAX_RATIO: f64 = 3.0;

/// A block whose fields are consistent.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ChainTip {
    pub height: u32,
    host: String,
    time: Timestamp,
    bits: CompactTarget,
    difficulty: Difficulty,
    unusual_difficulty: Option<UnusualValue>,
}

impl ChainTip {
    /// Builds the tip from the 80 bytes of the header, and checks the fields that the source states for it.
    pub(super) fn new(
        header: &str,
        hash: &str,
        stated: &StatedBlock<'_>,
        now: Timestamp,
    ) -> Result<Self, LiveError> {
        let response = stated.response;
        let field_error = |field: &str, reason: &str| response.field_error(field, reason);
        let header: Header =
            header.trim().parse().map_err(|error| response.field_error("header", error))?;
        let hash: Hash256 =
            hash.trim().parse().map_err(|error| response.field_error("hash", error))?;
        if header.hash() != hash {
            return Err(field_error("hash", "does not match the header"));
        }
        if stated.bits != header.bits {
            let reason = format!("is {}, but {} in the header", stated.bits, header.bits);
            return Err(response.field_error("bits", reason));
        }
        let seconds = i64::from(header.time);
        if stated.time != u64::from(header.time) {
            let reason = format!("is {}, but {seconds} in the header", stated.time);
            return Err(response.field_error(stated.time_field, reason));
        }
        let target =
            Target::from_compact(header.bits).map_err(|e| response.field_error("bits", e))?;
        let difficulty = target.difficulty();
        let given = response.positive("difficulty")?;
        // Sources give it with at least 10 digits.
        if (given / difficulty.value() - 1.0).abs() > 1e-9 {
            let reason = format!("is {given}, but {} by the bits", difficulty.value());
            return Err(response.field_error("difficulty", reason));
        }
        let time = Timestamp::from_second(seconds).map_err(|e| response.field_error("time", e))?;
        let other_network =
            |found| LiveError::OtherNetwork { query: response.query.clone(), found };
        let warning = mainnet_checks::check_difficulty(difficulty, time).map_err(other_network)?;
        let age = now.as_second() - seconds;
        if age > MAX_AGE_S {
            let query = response.query.clone();
            return Err(LiveError::Stale { query, what: "the tip", minutes: age / 60 });
        }
        if age < -MAX_AHEAD_S {
            return Err(field_error(
                stated.time_field,
                "is in the future; check this machine's clock",
            ));
        }
        mainnet_checks::check_height(stated.height, time).map_err(other_network)?;
        Ok(Self {
            height: stated.height,
            host: response.query.host.clone(),
            time,
            bits: header.bits,
            difficulty,
            unusual_difficulty: warning
                .map(|warning| UnusualValue::new(response, "difficulty", warning)),
        })
    }

    /// The provenance of a value at the tip: published, on the day of the tip.
    pub(super) fn provenance(&self, call: &str) -> Provenance {
        published(self.time, |time| {
            format!("{}, {call}; block {} of {time}", self.host, self.height)
        })
    }

    /// Checks that a hashrate is within a factor of the one at which the difficulty is steady.
    pub(super) fn check_hashrate(
        &self,
        response: &Response,
        field: &str,
        hashrate: Hashrate,
    ) -> Result<Hashrate, LiveError> {
        let steady = self.difficulty.steady_hashrate();
        if (1.0 / MAX_RATIO..=MAX_RATIO).contains(&(hashrate / steady)) {
            return Ok(hashrate);
        }
        let (given, steady) = (hashrate.as_eh_s(), steady.as_eh_s());
        let reason = format!("is {given:.3e} EH/s, but {steady:.3e} EH/s by the difficulty");
        Err(response.field_error(field, reason))
    }

    /// The mean fees per block from their total, with a notice if they are unusual.
    pub(super) fn mean_fees(
        &self,
        response: &Response,
        field: &'static str,
        total: u64,
    ) -> Result<(Btc, Option<UnusualValue>), LiveError> {
        let mean = Btc::from(Sats::from_sats(total)) / f64::from(FEE_BLOCKS);
        let warning = BLOCK_FEES.check(mean).map_err(|error| {
            response
                .field_error(field, format!("of {FEE_BLOCKS} blocks is {total} satoshis: {error}"))
        })?;
        Ok((mean, warning.map(|warning| UnusualValue::new(response, field, warning))))
    }

    /// The network at this block.
    pub(super) fn live(&self, values: TipValues) -> Live {
        let TipValues {
            hashrate,
            hashrate_call,
            blocks,
            fees,
            fees_call,
            price,
            height_call,
            unusual,
        } = values;
        let difficulty = self.difficulty;
        let steady = difficulty.steady_hashrate().as_eh_s();
        let hashrate_call = format!(
            "{hashrate_call}; difficulty {} (bits {}) is steady at {steady:.1} EH/s",
            difficulty.value(),
            self.bits
        );
        Live {
            network: Network {
                height: Uncertain::new(self.height, self.provenance(height_call)),
                // The number of blocks is Poisson distributed, so u = N/sqrt(n).
                hashrate: Uncertain::new(hashrate, self.provenance(&hashrate_call))
                    .with_standard_uncertainty(hashrate / blocks.sqrt()),
                fees_per_block: Uncertain::new(fees, self.provenance(fees_call)),
                price,
            },
            difficulty: Uncertain::new(difficulty, self.provenance(height_call)),
            unusual_values: self
                .unusual_difficulty
                .iter()
                .cloned()
                .chain(unusual.into_iter().flatten())
                .collect(),
        }
    }
}

/// The fields that a source states for a block in addition to its header.
pub(super) struct StatedBlock<'a> {
    pub response: &'a Response,
    pub height: u32,
    pub bits: CompactTarget,
    pub time: u64,
    pub time_field: &'static str,
}

/// The values fetched for a tip, and the calls that returned them.
pub(super) struct TipValues<'a> {
    pub height_call: &'a str,
    pub hashrate: Hashrate,
    pub hashrate_call: &'a str,
    /// The number of blocks from which the hashrate was estimated.
    pub blocks: f64,
    pub fees: Btc,
    pub fees_call: &'a str,
    pub price: Uncertain<UsdPerBtc>,
    /// Unusual fees and an unusual price, if any.
    pub unusual: [Option<UnusualValue>; 2],
}

/// The provenance of a value published on the day of `time`; the source includes the time.
pub(super) fn published(time: Timestamp, source: impl FnOnce(String) -> String) -> Provenance {
    let time = Offset::UTC.to_datetime(time);
    let minute = format!("{} {:02}:{:02} UTC", time.date(), time.hour(), time.minute());
    Provenance::published(AsOf::Day(time.date()), source(minute))
}

/// The age of a source's timestamp in minutes, if it is outdated.
pub(super) fn minutes_if_outdated(seconds: i64, now: Timestamp) -> Option<i64> {
    let age = now.as_second().saturating_sub(seconds);
    (age > MAX_AGE_S).then_some(age / 60)
}
