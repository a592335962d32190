//! Live values from the JSON-RPC of a Bitcoin Core node.

use super::chain_tip::{ChainTip, StatedBlock, TipValues};
use super::connection::Connection;
use super::{FEE_BLOCKS, Live, LiveError, networks};
use hashwatt::pow::RETARGET_INTERVAL;
use hashwatt::uncertainty::Uncertain;
use hashwatt::units::{Hashrate, UsdPerBtc};
use hashwatt_input::http::one_line;
use jiff::Timestamp;
use serde_json::json;

/// Fetches everything but the price, in two requests.
pub(super) fn fetch(
    node: &Connection<'_>,
    now: Timestamp,
    price: Uncertain<UsdPerBtc>,
) -> Result<Live, LiveError> {
    let info = node.batch(&[("getblockchaininfo", json!([]))])?;
    let [info] = &info[..] else { return Err(too_few_responses(node)) };
    let chain = info.text("chain")?;
    if chain != "main" {
        let found = match networks::test_network_of_chain(chain) {
            Some(network) => format!("chain is {chain}, a test network ({network})"),
            None => format!("chain is {}, not the main network", one_line(chain)),
        };
        return Err(LiveError::OtherNetwork { query: info.query.clone(), found });
    }
    let height = info.height("blocks")?;
    if info.boolean("initialblockdownload")? {
        return Err(LiveError::Syncing { query: info.query.clone(), height: height.into() });
    }
    let best = info.text("bestblockhash")?;
    if height < FEE_BLOCKS {
        return Err(info.field_error("blocks", format!("is {height}, too low for a day's fees")));
    }

    let mut calls = vec![
        ("getblockheader", json!([best, true])),
        ("getblockheader", json!([best, false])),
        // With the height, so that a block found in the meantime changes nothing.
        ("getnetworkhashps", json!([RETARGET_INTERVAL, height])),
    ];
    let heights = height - (FEE_BLOCKS - 1)..=height;
    let stats = |height| ("getblockstats", json!([height, ["height", "blockhash", "totalfee"]]));
    calls.extend(heights.clone().map(stats));
    let responses = node.batch(&calls)?;
    let [stated, bytes, hashrate, fees @ ..] = &responses[..] else {
        return Err(too_few_responses(node));
    };

    let stated_height = stated.height("height")?;
    if stated_height != height {
        let reason = format!("is {stated_height}, but {height} in getblockchaininfo");
        return Err(stated.field_error("height", reason));
    }
    let (bits, time) = (stated.text("bits")?, stated.whole_number("time")?);
    let bits = bits.parse().map_err(|error| stated.field_error("bits", error))?;
    let stated = StatedBlock { response: stated, height, bits, time, time_field: "time" };
    let tip = ChainTip::new(bytes.text("")?, best, &stated, now)?;

    let eh = Hashrate::from_h_s(hashrate.positive("")?);
    let hashrate = tip.check_hashrate(hashrate, "result", eh)?;

    let mut total = 0_u64;
    for (expected, block) in heights.zip(fees) {
        let found = block.height("height")?;
        if found != expected {
            return Err(
                block.field_error("height", format!("is {found}, but {expected} was requested"))
            );
        }
        if expected == height && block.text("blockhash")? != best {
            let reason = "is not the hash of the tip: the chain was reorganised in the meantime";
            return Err(block.field_error("blockhash", reason));
        }
        total = total.saturating_add(block.whole_number("totalfee")?);
    }
    let (fees, unusual_fees) = match fees.last() {
        Some(last) => tip.mean_fees(last, "totalfee", total)?,
        None => return Err(too_few_responses(node)),
    };
    let (hashrate_call, fees_call) = (
        format!("getnetworkhashps over {RETARGET_INTERVAL} blocks"),
        format!("getblockstats, mean of {FEE_BLOCKS} blocks"),
    );
    Ok(tip.live(TipValues {
        height_call: "getblockheader",
        hashrate,
        hashrate_call: &hashrate_call,
        blocks: RETARGET_INTERVAL.into(),
        fees,
        fees_call: &fees_call,
        price,
        unusual: [unusual_fees, None],
    }))
}

/// Unreachable in practice, since a batch returns a response for each call.
fn too_few_responses(node: &Connection<'_>) -> LiveError {
    LiveError::Malformed {
        query: node.query("batch"),
        reason: "fewer responses than calls".to_owned(),
    }
}
