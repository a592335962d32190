//! Live values from an API like mempool.space's (<https://mempool.space/docs/api/rest>).

use super::chain_tip::{ChainTip, StatedBlock, TipValues, minutes_if_outdated, published};
use super::connection::Connection;
use super::response::Response;
use super::unusual_value::UnusualValue;
use super::{FEE_BLOCKS, Live, LiveError};
use hashwatt::plausible::BITCOIN_PRICE;
use hashwatt::pow::CompactTarget;
use hashwatt::uncertainty::Uncertain;
use hashwatt::units::{Hashrate, Seconds, UsdPerBtc};
use jiff::Timestamp;

/// The maximum and minimum number of days over which the hashrate is averaged.
const MAX_DAYS: i64 = 14;
const MIN_DAYS: usize = 7;
const BLOCKS_PER_DAY: f64 = 144.0;
/// The maximum distance of the statistics from the tip, in blocks.
const MAX_BLOCKS_FROM_TIP: u32 = 6;

pub(super) fn fetch(
    api: &Connection<'_>,
    now: Timestamp,
    price: Option<Uncertain<UsdPerBtc>>,
) -> Result<Live, LiveError> {
    let hash = api.text("/api/blocks/tip/hash")?;
    let hash = hash.trim();
    if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(api.malformed("/api/blocks/tip/hash", "not a block hash", hash));
    }
    let block = api.page(&format!("/api/block/{hash}"))?;
    let header = api.text(&format!("/api/block/{hash}/header"))?;
    let bits = u32::try_from(block.whole_number("bits")?);
    let bits = bits.map_err(|_| block.field_error("bits", "is not a 32-bit number"))?;
    let stated = StatedBlock {
        response: &block,
        height: block.height("height")?,
        bits: CompactTarget::from_bits(bits),
        time: block.whole_number("timestamp")?,
        time_field: "timestamp",
    };
    let tip = ChainTip::new(&header, hash, &stated, now)?;

    let (hashrate, days) = hashrate(api, &tip, now)?;
    let rewards = api.page(&format!("/api/v1/mining/reward-stats/{FEE_BLOCKS}"))?;
    let total = rewards.whole_number_or_quoted("totalFee")?;
    let (first, last) = (rewards.height("startBlock")?, rewards.height("endBlock")?);
    if last.checked_sub(first) != Some(FEE_BLOCKS - 1) {
        let reason = format!("is {last}, which is not {FEE_BLOCKS} blocks from startBlock {first}");
        return Err(rewards.field_error("endBlock", reason));
    }
    if last.abs_diff(tip.height) > MAX_BLOCKS_FROM_TIP {
        let reason = format!("is {last}, far from the tip at {}", tip.height);
        return Err(rewards.field_error("endBlock", reason));
    }
    let (fees, unusual_fees) = tip.mean_fees(&rewards, "totalFee", total)?;
    let (price, unusual_price) = match price {
        Some(given) => (given, None),
        None => self::price(api, now)?,
    };
    let (hashrate_call, fees_call) = (
        format!("/api/v1/mining/hashrate/1m, mean of {days} days"),
        format!("{}, mean of blocks {first} to {last}", rewards.query.call),
    );
    Ok(tip.live(TipValues {
        height_call: "/api/block",
        hashrate,
        hashrate_call: &hashrate_call,
        blocks: days as f64 * BLOCKS_PER_DAY,
        fees,
        fees_call: &fees_call,
        price,
        unusual: [unusual_fees, unusual_price],
    }))
}

/// The mean of the last daily means, and their number. A single day has an uncertainty of 8 %.
fn hashrate(
    api: &Connection<'_>,
    tip: &ChainTip,
    now: Timestamp,
) -> Result<(Hashrate, usize), LiveError> {
    let page = api.page("/api/v1/mining/hashrate/1m")?;
    // The timestamp of a day is its start; a day is listed once it is over.
    let since = now.as_second() - Seconds::from_days((MAX_DAYS + 1) as f64).as_seconds() as i64;
    let day = |day: &Response| -> Result<Option<Hashrate>, LiveError> {
        let start = i64::try_from(day.whole_number("timestamp")?).unwrap_or(i64::MAX);
        if start > now.as_second() {
            return Err(
                day.field_error("timestamp", "is in the future; check this machine's clock")
            );
        }
        let mean = Hashrate::from_h_s(day.positive("avgHashrate")?);
        // Earlier days may have another difficulty, so they are not checked.
        (start > since).then(|| tip.check_hashrate(day, "avgHashrate", mean)).transpose()
    };
    let days = page.list("hashrates")?;
    let days: Vec<_> = days.iter().map(day).collect::<Result<_, _>>()?;
    let days: Vec<_> = days.into_iter().flatten().collect();
    if days.len() < MIN_DAYS {
        let reason = format!(
            "has {} of the last {MAX_DAYS} days; at least {MIN_DAYS} are needed",
            days.len()
        );
        return Err(page.field_error("hashrates", reason));
    }
    let count = days.len();
    Ok((days.into_iter().sum::<Hashrate>() / count as f64, count))
}

/// The price, with a notice if it is unusual.
fn price(
    api: &Connection<'_>,
    now: Timestamp,
) -> Result<(Uncertain<UsdPerBtc>, Option<UnusualValue>), LiveError> {
    let page = api.page("/api/v1/prices")?;
    let usd = UsdPerBtc::from_usd_per_btc(page.positive("USD")?);
    let warning = BITCOIN_PRICE.check(usd).map_err(|error| {
        let reason =
            format!("is {usd}, but {} is {} to {}", error.name, error.least, error.greatest);
        page.field_error("USD", reason)
    })?;
    let seconds = i64::try_from(page.whole_number("time")?).unwrap_or(i64::MAX);
    let time = Timestamp::from_second(seconds)
        .map_err(|_| page.field_error("time", "is not a valid time"))?;
    if let Some(minutes) = minutes_if_outdated(seconds, now) {
        return Err(LiveError::Stale { query: page.query, what: "the price", minutes });
    }
    let origin =
        published(time, |time| format!("{}, {} of {time}", page.query.host, page.query.call));
    let unusual = warning.map(|warning| UnusualValue::new(&page, "USD", warning));
    Ok((Uncertain::new(usd, origin), unusual))
}
