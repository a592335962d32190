//! A Bitcoin Core node, by its JSON-RPC.

use super::connection::Connection;
use super::tip::{Found, Stated, Tip};
use super::{FEE_BLOCKS, Live, LiveError, networks};
use hashwatt::pow::RETARGET_INTERVAL;
use hashwatt::uncertainty::Uncertain;
use hashwatt::units::{Hashrate, UsdPerBtc};
use hashwatt_input::http::one_line;
use jiff::Timestamp;
use serde_json::json;

/// Everything but the price, in two requests.
pub(super) fn fetch(
    node: &Connection<'_>,
    now: Timestamp,
    price: Uncertain<UsdPerBtc>,
) -> Result<Live, LiveError> {
    let info = node.batch(&[("getblockchaininfo", json!([]))])?;
    let [info] = &info[..] else { return Err(nothing(node)) };
    let chain = info.text("chain")?;
    if chain != "main" {
        let found = match networks::of_chain(chain) {
            Some(network) => format!("chain is {chain}, a test network ({network})"),
            None => format!("chain is {}, not the main network", one_line(chain)),
        };
        return Err(LiveError::OtherNetwork { query: info.query.clone(), found });
    }
    let height = info.height("blocks")?;
    if info.truth("initialblockdownload")? {
        return Err(LiveError::Syncing { query: info.query.clone(), height: height.into() });
    }
    let best = info.text("bestblockhash")?;
    if height < FEE_BLOCKS {
        return Err(info.wrong("blocks", format!("is {height}, too low for a day's fees")));
    }

    let mut calls = vec![
        ("getblockheader", json!([best, true])),
        ("getblockheader", json!([best, false])),
        // Named by height, so that a block found meanwhile changes nothing.
        ("getnetworkhashps", json!([RETARGET_INTERVAL, height])),
    ];
    let heights = height - (FEE_BLOCKS - 1)..=height;
    let stats = |height| ("getblockstats", json!([height, ["height", "blockhash", "totalfee"]]));
    calls.extend(heights.clone().map(stats));
    let answers = node.batch(&calls)?;
    let [stated, bytes, hashrate, fees @ ..] = &answers[..] else { return Err(nothing(node)) };

    let stated_height = stated.height("height")?;
    if stated_height != height {
        let told = format!("is {stated_height}, and {height} in getblockchaininfo");
        return Err(stated.wrong("height", told));
    }
    let (bits, time) = (stated.text("bits")?, stated.whole("time")?);
    let bits = bits.parse().map_err(|error| stated.wrong("bits", error))?;
    let stated = Stated { answer: stated, height, bits, time, time_field: "time" };
    let tip = Tip::of(bytes.text("")?, best, &stated, now)?;

    let eh = Hashrate::from_h_s(hashrate.positive("")?);
    let hashrate = tip.plausible(hashrate, "result", eh)?;

    let mut total = 0_u64;
    for (expected, block) in heights.zip(fees) {
        let found = block.height("height")?;
        if found != expected {
            return Err(block.wrong("height", format!("is {found}; {expected} was asked for")));
        }
        if expected == height && block.text("blockhash")? != best {
            let told = "is another block than the tip: the chain was reorganised meanwhile";
            return Err(block.wrong("blockhash", told));
        }
        total = total.saturating_add(block.whole("totalfee")?);
    }
    let (fees, doubt) = match fees.last() {
        Some(last) => tip.mean_fees(last, "totalfee", total)?,
        None => return Err(nothing(node)),
    };
    let (of_hashrate, of_fees) = (
        format!("getnetworkhashps over {RETARGET_INTERVAL} blocks"),
        format!("getblockstats, mean of {FEE_BLOCKS} blocks"),
    );
    Ok(tip.live(Found {
        height_call: "getblockheader",
        hashrate,
        hashrate_call: &of_hashrate,
        blocks: RETARGET_INTERVAL.into(),
        fees,
        fees_call: &of_fees,
        price,
        doubts: [doubt, None],
    }))
}

/// A batch gives an answer a call, so this is never seen.
fn nothing(node: &Connection<'_>) -> LiveError {
    LiveError::Malformed {
        query: node.query("batch"),
        reason: "fewer answers than calls".to_owned(),
    }
}
