//! The block that a source builds on, and the network there.

use super::answer::Answer;
use super::doubt::ValueInDoubt;
use super::{FEE_BLOCKS, Live, LiveError, known};
use hashwatt::econ::network::Network;
use hashwatt::plausible::BLOCK_FEES;
use hashwatt::pow::{CompactTarget, Difficulty, Hash256, Header, Target};
use hashwatt::uncertainty::{AsOf, Provenance, Uncertain};
use hashwatt::units::{Btc, Hashrate, Sats, Seconds, UsdPerBtc};
use jiff::Timestamp;
use jiff::tz::Offset;

/// What is older does not follow the network: of 18 target intervals none passes without a block
/// in 65 million.
const OLD: i64 = Seconds::from_hours(3.0).as_seconds() as i64;
/// What a block's time may be ahead (Bitcoin Core `MAX_FUTURE_BLOCK_TIME`).
const AHEAD: i64 = Seconds::from_hours(2.0).as_seconds() as i64;
/// A stated hashrate and that of the difficulty differ by less.
const MAX_RATIO: f64 = 3.0;

/// A block whose parts agree.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tip {
    pub height: u32,
    host: String,
    time: Timestamp,
    bits: CompactTarget,
    difficulty: Difficulty,
    doubt: Option<ValueInDoubt>,
}

impl Tip {
    /// From the block's 80 bytes, and from what the source says of it in `stated` beside.
    pub(super) fn of(
        header: &str,
        hash: &str,
        stated: &Stated<'_>,
        now: Timestamp,
    ) -> Result<Self, LiveError> {
        let answer = stated.answer;
        let wrong = |field: &str, reason: &str| answer.wrong(field, reason);
        let header: Header =
            header.trim().parse().map_err(|error| answer.wrong("header", error))?;
        let hash: Hash256 = hash.trim().parse().map_err(|error| answer.wrong("hash", error))?;
        if header.hash() != hash {
            return Err(wrong("hash", "is not that of the header"));
        }
        if stated.bits != header.bits {
            let told = format!("is {}, and {} in the header", stated.bits, header.bits);
            return Err(answer.wrong("bits", told));
        }
        let seconds = i64::from(header.time);
        if stated.time != u64::from(header.time) {
            let told = format!("is {}, and {seconds} in the header", stated.time);
            return Err(answer.wrong(stated.time_field, told));
        }
        let target = Target::from_compact(header.bits).map_err(|e| answer.wrong("bits", e))?;
        let difficulty = target.difficulty();
        let given = answer.positive("difficulty")?;
        // Sources write it with at least 10 digits.
        if (given / difficulty.value() - 1.0).abs() > 1e-9 {
            let told = format!("is {given}, and {} by the bits", difficulty.value());
            return Err(answer.wrong("difficulty", told));
        }
        let time = Timestamp::from_second(seconds).map_err(|e| answer.wrong("time", e))?;
        let other_network = |found| LiveError::OtherNetwork { query: answer.query.clone(), found };
        let doubt = known::difficulty(difficulty, time).map_err(other_network)?;
        let age = now.as_second() - seconds;
        if age > OLD {
            let query = answer.query.clone();
            return Err(LiveError::Stale { query, what: "the tip", minutes: age / 60 });
        }
        if age < -AHEAD {
            return Err(wrong(stated.time_field, "is in the future; check this machine's clock"));
        }
        known::height(stated.height, time).map_err(other_network)?;
        Ok(Self {
            height: stated.height,
            host: answer.query.host.clone(),
            time,
            bits: header.bits,
            difficulty,
            doubt: doubt.map(|doubt| ValueInDoubt::new(answer, "difficulty", doubt)),
        })
    }

    /// A published value of the tip's day.
    pub(super) fn told(&self, call: &str) -> Provenance {
        published(self.time, |time| {
            format!("{}, {call}; block {} of {time}", self.host, self.height)
        })
    }

    /// A hashrate that may be: within a factor of the one at which the difficulty is steady.
    pub(super) fn plausible(
        &self,
        answer: &Answer,
        field: &str,
        hashrate: Hashrate,
    ) -> Result<Hashrate, LiveError> {
        let steady = self.difficulty.steady_hashrate();
        if (1.0 / MAX_RATIO..=MAX_RATIO).contains(&(hashrate / steady)) {
            return Ok(hashrate);
        }
        let (given, steady) = (hashrate.as_eh_s(), steady.as_eh_s());
        let told = format!("is {given:.3e} EH/s, and {steady:.3e} by the difficulty");
        Err(answer.wrong(field, told))
    }

    /// Mean fees that may be, and what is unusual in them.
    pub(super) fn mean_fees(
        &self,
        answer: &Answer,
        field: &'static str,
        total: u64,
    ) -> Result<(Btc, Option<ValueInDoubt>), LiveError> {
        let mean = Btc::from(Sats::from_sats(total)) / f64::from(FEE_BLOCKS);
        let doubt = BLOCK_FEES.check(mean).map_err(|error| {
            answer.wrong(field, format!("of {FEE_BLOCKS} blocks is {total} satoshis: {error}"))
        })?;
        Ok((mean, doubt.map(|doubt| ValueInDoubt::new(answer, field, doubt))))
    }

    /// The network at this block.
    pub(super) fn live(&self, found: Found) -> Live {
        let Found { hashrate, hashrate_call, blocks, fees, fees_call, price, height_call, doubts } =
            found;
        let difficulty = self.difficulty;
        let steady = difficulty.steady_hashrate().as_eh_s();
        let hashrate_call = format!(
            "{hashrate_call}; difficulty {} (bits {}) is steady at {steady:.1} EH/s",
            difficulty.value(),
            self.bits
        );
        Live {
            network: Network {
                height: Uncertain::new(self.height, self.told(height_call)),
                // The count of blocks is Poisson, so u = N/sqrt(n).
                hashrate: Uncertain::new(hashrate, self.told(&hashrate_call))
                    .with_standard_uncertainty(hashrate / blocks.sqrt()),
                fees_per_block: Uncertain::new(fees, self.told(fees_call)),
                price,
            },
            difficulty: Uncertain::new(difficulty, self.told(height_call)),
            doubts: self.doubt.iter().cloned().chain(doubts.into_iter().flatten()).collect(),
        }
    }
}

/// What a source says of a block beside the block's bytes.
pub(super) struct Stated<'a> {
    pub answer: &'a Answer,
    pub height: u32,
    pub bits: CompactTarget,
    pub time: u64,
    pub time_field: &'static str,
}

/// What was found at a tip, and by which calls.
pub(super) struct Found<'a> {
    pub height_call: &'a str,
    pub hashrate: Hashrate,
    pub hashrate_call: &'a str,
    /// Blocks from which the hashrate was told.
    pub blocks: f64,
    pub fees: Btc,
    pub fees_call: &'a str,
    pub price: Uncertain<UsdPerBtc>,
    /// What is unusual in the fees and in the price.
    pub doubts: [Option<ValueInDoubt>; 2],
}

/// A published value of a time's day; its source names the time too.
pub(super) fn published(time: Timestamp, source: impl FnOnce(String) -> String) -> Provenance {
    let time = Offset::UTC.to_datetime(time);
    let minute = format!("{} {:02}:{:02} UTC", time.date(), time.hour(), time.minute());
    Provenance::published(AsOf::Day(time.date()), source(minute))
}

/// Minutes since a time of a source, where it is old.
pub(super) fn minutes_if_old(seconds: i64, now: Timestamp) -> Option<i64> {
    let age = now.as_second().saturating_sub(seconds);
    (age > OLD).then_some(age / 60)
}
