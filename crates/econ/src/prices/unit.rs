//! Currency and energy unit of a price column, from its header.

use crate::Currency;
use hashwatt_input::table::{Table, TableError};

/// Signs and codes of currencies in headers.
const SIGNS: [(&str, &str); 3] = [("\u{20ac}", "EUR"), ("\u{a3}", "GBP"), ("$", "USD")];
const CODES: [&str; 16] = [
    "EUR", "USD", "GBP", "AUD", "CAD", "NOK", "SEK", "DKK", "CHF", "PLN", "CZK", "HUF", "RON",
    "BGN", "JPY", "INR",
];
/// Names of hundredths of a currency, and of its multiples.
const HUNDREDTHS: [&str; 12] = [
    "c", "ct", "cts", "cent", "cents", "\u{a2}", "p", "pence", "\u{f8}re", "\u{f6}re", "ore", "gr",
];
const MULTIPLES: [&str; 7] = ["k", "m", "t", "thousand", "mio", "mn", "million"];

/// The currency of a column (`otherwise` if not given), and the factor from its values to prices per MWh.
///
/// # Errors
/// [`TableError`] for a header with another unit than money per MWh or kWh, or with a multiple of a currency.
pub(super) fn unit(
    table: &Table<'_>,
    column: usize,
    otherwise: Option<&'static str>,
) -> Result<(Option<Currency>, f64), TableError> {
    let known = |text: &str| {
        let text = text.to_ascii_uppercase();
        let by_sign = SIGNS.iter().find(|(sign, _)| text.contains(sign)).map(|(_, code)| *code);
        by_sign.or_else(|| CODES.into_iter().find(|code| text.contains(code)))
    };
    let heading = table.annotation(column).unwrap_or(table.column(column));
    let code = known(heading).or_else(|| known(table.preamble())).or(otherwise);
    let lower = heading.to_lowercase().replace('_', " ");
    let (money, energy) = match lower.rsplit_once('/').or_else(|| lower.rsplit_once(" per ")) {
        Some((money, energy)) => (money.trim(), energy.trim()),
        None if lower.contains("kwh") => ("", "kwh"),
        // An annotation without energy may still name a hundredth of a currency.
        None if table.annotation(column).is_some() => (lower.as_str(), "mwh"),
        None => ("", "mwh"),
    };
    let refused = |what: &str| {
        let reason = format!("`{what}` is not a supported unit of prices");
        let remedy = "give prices per MWh or kWh with the unit in the header: `Price (EUR/MWh)`";
        Err(table.wrong_column(column, reason, remedy).on_line(table.header_line()))
    };
    let per_mwh = match energy {
        "mwh" | "mwhe" => 1.0,
        "kwh" | "kwhe" => 1000.0,
        _ => return refused(energy),
    };
    let signs = SIGNS.iter().map(|(sign, _)| *sign).chain(CODES);
    let remainder =
        signs.fold(money.to_owned(), |rest, sign| rest.replace(&sign.to_lowercase(), " "));
    let words = || remainder.split_whitespace();
    if let Some(word) = words().find(|word| MULTIPLES.contains(word)) {
        return refused(word);
    }
    let is_hundredth = words().next_back().is_some_and(|word| HUNDREDTHS.contains(&word));
    let per_mwh = if is_hundredth { per_mwh / 100.0 } else { per_mwh };
    // Any other currency is given by its code in brackets, as one word before the energy.
    let own = || {
        let text = table.annotation(column)?.rsplit_once('/')?.0.trim();
        let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_money = is_code && !HUNDREDTHS.contains(&text.to_lowercase().as_str());
        is_money.then(|| text.parse().ok()).flatten()
    };
    Ok((code.and_then(|code| code.parse().ok()).or_else(own), per_mwh))
}
