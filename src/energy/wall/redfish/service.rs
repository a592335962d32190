//! Follows the links from a controller's address to its chassis.

use super::super::super::MeterError;
use super::super::super::text::printable;
use super::super::address::bad_url;
use super::super::opening::Opening;
use super::link::Link;
use serde_json::Value;

/// The service root (DSP0266, section 6.3).
const ROOT: &str = "/redfish/v1/";
/// The usual path of the chassis, if the root does not give it.
const CHASSIS: &str = "/redfish/v1/Chassis";
/// The maximum number of chassis that are searched; with more, one must be named.
const MAX_SEARCHED: usize = 32;
/// The maximum number of names in a message.
const MAX_SHOWN: usize = 40;

/// The chassis to search for a power reading: the named one, or all.
///
/// # Errors
/// [`MeterError::BadSetting`] for an unknown chassis, or if there are more than 32 and none is named;
/// [`MeterError::Unsupported`] if there is none; and those of the requests.
pub(super) fn chassis(opening: &Opening<'_>, named: Option<&str>) -> Result<Vec<Link>, MeterError> {
    let collection = collection(opening)?;
    let Some(name) = named else {
        let members = members(&opening.require(&collection)?, opening)?;
        return match members.len() {
            0 => Err(opening.unsupported("it lists no chassis".to_owned())),
            1..=MAX_SEARCHED => Ok(members),
            count => Err(bad_url(&format!(
                "the controller has {count} chassis, and at most {MAX_SEARCHED} are searched for a \
                 power reading; add the chassis of the machine, such as #{}; it has: {}",
                members[0].id(),
                ids(&members)
            ))),
        };
    };
    let built = || Link::parse(&collection)?.child(name);
    let Ok(page) = opening.fetch(&collection)? else {
        // A controller that does not list its chassis may still have the named one.
        return built().map(|link| vec![link]).ok_or_else(|| unknown_chassis(name, &[]));
    };
    let members = members(&page, opening)?;
    let matching: Vec<Link> = members.iter().filter(|link| link.is_named(name)).cloned().collect();
    if matching.is_empty() { Err(unknown_chassis(name, &members)) } else { Ok(matching) }
}

/// The path of the list of chassis.
fn collection(opening: &Opening<'_>) -> Result<String, MeterError> {
    let root = match opening.fetch(ROOT) {
        Ok(root) => root.ok(),
        // The list may still be readable; if not, its error is returned.
        Err(MeterError::Malformed { .. } | MeterError::PermissionDenied { .. }) => None,
        Err(error) => return Err(error),
    };
    let link = root.and_then(|root| Link::from_field(&root, "Chassis"));
    Ok(link.map_or_else(|| CHASSIS.to_owned(), |link| link.path().to_owned()))
}

/// The members of a collection; those without a valid link are left out.
fn members(collection: &Value, opening: &Opening<'_>) -> Result<Vec<Link>, MeterError> {
    let wrong = |what: &str| MeterError::malformed(&opening.device, &format!("Members: {what}"));
    let members = collection.get("Members").ok_or_else(|| wrong("missing"))?;
    let members = members.as_array().ok_or_else(|| wrong("is not a list"))?;
    let links: Vec<Link> = members.iter().filter_map(Link::from_reference).collect();
    match links.is_empty() && !members.is_empty() {
        true => Err(wrong("none is a link to a chassis")),
        false => Ok(links),
    }
}

fn unknown_chassis(name: &str, members: &[Link]) -> MeterError {
    let shown = printable(name, 60);
    let has = match members.is_empty() {
        true => String::new(),
        false => format!("; it has: {}", ids(members)),
    };
    bad_url(&format!("the controller has no chassis `{shown}`{has}"))
}

/// The names of chassis for a message.
pub(super) fn ids(members: &[Link]) -> String {
    let more = members.len().saturating_sub(MAX_SHOWN);
    let mut shown: Vec<_> =
        members.iter().take(MAX_SHOWN).map(|link| printable(link.id(), 60)).collect();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
}
