//! An API like mempool.space's (<https://mempool.space/docs/api/rest>).

use super::answer::Answer;
use super::connection::Connection;
use super::doubt::ValueInDoubt;
use super::tip::{Found, Stated, Tip, minutes_if_old, published};
use super::{FEE_BLOCKS, Live, LiveError};
use hashwatt::plausible::BITCOIN_PRICE;
use hashwatt::pow::CompactTarget;
use hashwatt::uncertainty::Uncertain;
use hashwatt::units::{Hashrate, Seconds, UsdPerBtc};
use jiff::Timestamp;

/// Days of which the hashrate is the mean, and the fewest of them.
const MAX_DAYS: i64 = 14;
const FEWEST_DAYS: usize = 7;
const BLOCKS_A_DAY: f64 = 144.0;
/// Blocks that the statistics may be behind or before the tip.
const APART: u32 = 6;

pub(super) fn fetch(
    api: &Connection<'_>,
    now: Timestamp,
    price: Option<Uncertain<UsdPerBtc>>,
) -> Result<Live, LiveError> {
    let hash = api.text("/api/blocks/tip/hash")?;
    let hash = hash.trim();
    if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(api.malformed("/api/blocks/tip/hash", "no block hash", hash));
    }
    let block = api.page(&format!("/api/block/{hash}"))?;
    let header = api.text(&format!("/api/block/{hash}/header"))?;
    let bits = u32::try_from(block.whole("bits")?);
    let bits = bits.map_err(|_| block.wrong("bits", "is no 32-bit number"))?;
    let stated = Stated {
        answer: &block,
        height: block.height("height")?,
        bits: CompactTarget::from_bits(bits),
        time: block.whole("timestamp")?,
        time_field: "timestamp",
    };
    let tip = Tip::of(&header, hash, &stated, now)?;

    let (hashrate, days) = hashrate(api, &tip, now)?;
    let rewards = api.page(&format!("/api/v1/mining/reward-stats/{FEE_BLOCKS}"))?;
    let total = rewards.whole_or_quoted("totalFee")?;
    let (first, last) = (rewards.height("startBlock")?, rewards.height("endBlock")?);
    if last.checked_sub(first) != Some(FEE_BLOCKS - 1) {
        let told = format!("is {last}, no {FEE_BLOCKS} blocks after startBlock {first}");
        return Err(rewards.wrong("endBlock", told));
    }
    if last.abs_diff(tip.height) > APART {
        let told = format!("is {last}, far from the tip at {}", tip.height);
        return Err(rewards.wrong("endBlock", told));
    }
    let (fees, of_fees) = tip.mean_fees(&rewards, "totalFee", total)?;
    let (price, of_price) = match price {
        Some(given) => (given, None),
        None => self::price(api, now)?,
    };
    let (hashrate_call, fees_call) = (
        format!("/api/v1/mining/hashrate/1m, mean of {days} days"),
        format!("{}, mean of blocks {first} to {last}", rewards.query.call),
    );
    Ok(tip.live(Found {
        height_call: "/api/block",
        hashrate,
        hashrate_call: &hashrate_call,
        blocks: days as f64 * BLOCKS_A_DAY,
        fees,
        fees_call: &fees_call,
        price,
        doubts: [of_fees, of_price],
    }))
}

/// The mean of the last days' means, and how many there were: a single day is uncertain by 8 %.
fn hashrate(
    api: &Connection<'_>,
    tip: &Tip,
    now: Timestamp,
) -> Result<(Hashrate, usize), LiveError> {
    let page = api.page("/api/v1/mining/hashrate/1m")?;
    // A day is stamped where it begins, and is there once it is over.
    let since = now.as_second() - Seconds::from_days((MAX_DAYS + 1) as f64).as_seconds() as i64;
    let day = |day: &Answer| -> Result<Option<Hashrate>, LiveError> {
        let begun = i64::try_from(day.whole("timestamp")?).unwrap_or(i64::MAX);
        if begun > now.as_second() {
            return Err(day.wrong("timestamp", "is in the future; check this machine's clock"));
        }
        let mean = Hashrate::from_h_s(day.positive("avgHashrate")?);
        // Days of another difficulty are not held against this one.
        (begun > since).then(|| tip.plausible(day, "avgHashrate", mean)).transpose()
    };
    let days = page.list("hashrates")?;
    let days: Vec<_> = days.iter().map(day).collect::<Result<_, _>>()?;
    let days: Vec<_> = days.into_iter().flatten().collect();
    if days.len() < FEWEST_DAYS {
        let told = format!(
            "has {} of the last {MAX_DAYS} days; at least {FEWEST_DAYS} are needed",
            days.len()
        );
        return Err(page.wrong("hashrates", told));
    }
    let count = days.len();
    Ok((days.into_iter().sum::<Hashrate>() / count as f64, count))
}

/// The price, and what is unusual in it.
fn price(
    api: &Connection<'_>,
    now: Timestamp,
) -> Result<(Uncertain<UsdPerBtc>, Option<ValueInDoubt>), LiveError> {
    let page = api.page("/api/v1/prices")?;
    let usd = UsdPerBtc::from_usd_per_btc(page.positive("USD")?);
    let doubt = BITCOIN_PRICE.check(usd).map_err(|error| {
        let told = format!("is {usd}, and {} is {} to {}", error.name, error.least, error.greatest);
        page.wrong("USD", told)
    })?;
    let seconds = i64::try_from(page.whole("time")?).unwrap_or(i64::MAX);
    let time = Timestamp::from_second(seconds).map_err(|_| page.wrong("time", "is no time"))?;
    if let Some(minutes) = minutes_if_old(seconds, now) {
        return Err(LiveError::Stale { query: page.query, what: "the price", minutes });
    }
    let origin =
        published(time, |time| format!("{}, {} of {time}", page.query.host, page.query.call));
    let doubt = doubt.map(|doubt| ValueInDoubt::new(&page, "USD", doubt));
    Ok((Uncertain::new(usd, origin), doubt))
}
