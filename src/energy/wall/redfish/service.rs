//! From a controller's address to its chassis, by its own links.

use super::super::super::MeterError;
use super::super::super::text::printable;
use super::super::address::bad_url;
use super::super::opening::Opening;
use super::link::Link;
use serde_json::Value;

/// Where a service begins (DSP0266, section 6.3).
const ROOT: &str = "/redfish/v1/";
/// Where the chassis are where the root does not say.
const CHASSIS: &str = "/redfish/v1/Chassis";
/// So many chassis are asked for their power; of more, one must be named.
const MAX_ASKED: usize = 32;
/// So many names are shown.
const MAX_SHOWN: usize = 40;

/// The chassis to be asked for their power: the one that is named, or all.
///
/// # Errors
/// [`MeterError::BadSetting`] for a name that no chassis has, or where one of more than 32 must be
/// named; [`MeterError::Unsupported`] where there is none; and those of the questions.
pub(super) fn chassis(opening: &Opening<'_>, named: Option<&str>) -> Result<Vec<Link>, MeterError> {
    let collection = collection(opening)?;
    let Some(name) = named else {
        let members = members(&opening.need(&collection)?, opening)?;
        return match members.len() {
            0 => Err(opening.unsupported("it lists no chassis".to_owned())),
            1..=MAX_ASKED => Ok(members),
            count => Err(bad_url(&format!(
                "the controller has {count} chassis, and at most {MAX_ASKED} are searched for the \
                 one with the power; add the machine's own, such as #{}; it has: {}",
                members[0].id(),
                ids(&members)
            ))),
        };
    };
    let built = || Link::parse(&collection)?.below(name);
    let Ok(page) = opening.ask(&collection)? else {
        // A controller that does not list them may have the one that is named.
        return built().map(|link| vec![link]).ok_or_else(|| no_such(name, &[]));
    };
    let members = members(&page, opening)?;
    let meant: Vec<Link> = members.iter().filter(|link| link.is_named(name)).cloned().collect();
    if meant.is_empty() { Err(no_such(name, &members)) } else { Ok(meant) }
}

/// The address of the list of chassis.
fn collection(opening: &Opening<'_>) -> Result<String, MeterError> {
    let root = match opening.ask(ROOT) {
        Ok(root) => root.ok(),
        // The list may be readable all the same; if it is not, that is told.
        Err(MeterError::Malformed { .. } | MeterError::PermissionDenied { .. }) => None,
        Err(error) => return Err(error),
    };
    let link = root.and_then(|root| Link::of(&root, "Chassis"));
    Ok(link.map_or_else(|| CHASSIS.to_owned(), |link| link.path().to_owned()))
}

/// The members of a collection; those with no link to follow are left out.
fn members(collection: &Value, opening: &Opening<'_>) -> Result<Vec<Link>, MeterError> {
    let wrong = |what: &str| MeterError::malformed(&opening.device, &format!("Members: {what}"));
    let members = collection.get("Members").ok_or_else(|| wrong("missing"))?;
    let members = members.as_array().ok_or_else(|| wrong("is no list"))?;
    let links: Vec<Link> = members.iter().filter_map(Link::to).collect();
    match links.is_empty() && !members.is_empty() {
        true => Err(wrong("none is a link to a chassis")),
        false => Ok(links),
    }
}

fn no_such(name: &str, members: &[Link]) -> MeterError {
    let shown = printable(name, 60);
    let has = match members.is_empty() {
        true => String::new(),
        false => format!("; it has: {}", ids(members)),
    };
    bad_url(&format!("the controller has no chassis `{shown}`{has}"))
}

/// Names of chassis for a message.
pub(super) fn ids(members: &[Link]) -> String {
    let more = members.len().saturating_sub(MAX_SHOWN);
    let mut shown: Vec<_> =
        members.iter().take(MAX_SHOWN).map(|link| printable(link.id(), 60)).collect();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
}
