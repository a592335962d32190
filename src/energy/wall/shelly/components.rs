//! Which components a device has, and which of them measure.

use super::super::super::MeterError;
use super::super::super::text::printable;
use super::super::opening::Opening;
use super::channel::ColumnSpec;
use super::identity::{Generation, Identity};
use super::kinds::Kind;
use serde_json::Value;

/// No more names of components are shown.
const MAX_SHOWN: usize = 12;
/// Where a device does not list its components, these channels are tried for the list in an error.
const TRIED: std::ops::Range<u16> = 0..4;

/// A component that measures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Component {
    pub kind: &'static Kind,
    pub number: u16,
}

impl Component {
    /// `switch:0`, or a phase.
    pub(super) fn name(&self) -> String {
        match self.kind.phase {
            Some(phase) => phase.to_owned(),
            None => format!("{}:{}", self.kind.key, self.number),
        }
    }
}

/// What a device has.
#[derive(Debug, Default)]
pub(super) struct Components {
    /// By name and number, without single phases.
    pub measuring: Vec<Component>,
    /// The names of the others.
    pub others: Vec<String>,
    /// What the device says of the channel that it does not have.
    pub refusal: Option<String>,
}

impl Components {
    /// Asks for the page that lists all components, and where there is none for those that are
    /// wanted, one by one.
    ///
    /// # Errors
    /// Where the device stops answering, wants a login, or answers not in JSON.
    pub(super) fn ask(
        opening: &Opening<'_>,
        identity: &Identity,
        wanted: &ColumnSpec,
    ) -> Result<Self, MeterError> {
        let generation = identity.generation;
        let page = match generation {
            Generation::First => "/status",
            Generation::Later => "/rpc/Shelly.GetStatus",
        };
        match (opening.ask(page)?, generation) {
            (Ok(status), Generation::First) => Ok(Self::of_lists(&status)),
            (Ok(status), Generation::Later) => Ok(Self::of_keys(&status)),
            (Err(_), _) => Self::one_by_one(opening, generation, wanted),
        }
    }

    fn add(&mut self, kinds: &'static [Kind], key: &str, number: u16, status: &Value) {
        let kind = whole(kinds).find(|kind| kind.key == key);
        match kind.filter(|kind| kind.measures(status)) {
            Some(kind) => self.measuring.push(Component { kind, number }),
            None => self.others.push(format!("{}:{number}", printable(key, 20))),
        }
    }

    /// The later generations' page: an object with the key `KIND:NUMBER` for each component.
    fn of_keys(status: &Value) -> Self {
        let mut all = Self::default();
        let keys = status.as_object().into_iter().flatten();
        let mut named: Vec<(&str, u16, &Value)> = keys
            .filter_map(|(key, status)| {
                let (kind, number) = key.split_once(':')?;
                Some((kind, number.parse().ok()?, status))
            })
            .collect();
        // As objects keep no order, and 10 comes after 9.
        named.sort_unstable_by_key(|(kind, number, _)| (*kind, *number));
        for (kind, number, status) in named {
            all.add(Generation::Later.kinds(), kind, number, status);
        }
        all
    }

    /// The first generation's: a list of each kind.
    fn of_lists(status: &Value) -> Self {
        let mut all = Self::default();
        for (list, key) in [("meters", "meter"), ("emeters", "emeter"), ("relays", "relay")] {
            let items = status.get(list).and_then(Value::as_array);
            for (number, status) in (0..).zip(items.into_iter().flatten()) {
                all.add(Generation::First.kinds(), key, number, status);
            }
        }
        all
    }

    fn one_by_one(
        opening: &Opening<'_>,
        generation: Generation,
        wanted: &ColumnSpec,
    ) -> Result<Self, MeterError> {
        let kinds = generation.kinds();
        let mut all = Self::default();
        let number = wanted.number().unwrap_or(0);
        let mut refused = None;
        for kind in whole(kinds).filter(|kind| wanted.may_be(kind)) {
            match opening.ask(&kind.power_page(number))? {
                Ok(status) => all.add(kinds, kind.key, number, &status),
                // A kind that the device does not have is another refusal than a number.
                Err(refusal) if refusal.status == 500 && all.refusal.is_none() => {
                    all.refusal = refusal.reason();
                    refused = Some(kind);
                }
                Err(_) => {}
            }
        }
        if let (true, Some(kind)) = (all.measuring.is_empty(), refused) {
            for number in TRIED.filter(|tried| *tried != number) {
                if let Ok(status) = opening.ask(&kind.power_page(number))? {
                    all.add(kinds, kind.key, number, &status);
                }
            }
        } else if wanted.number().is_none() {
            // Whether the first is the only one.
            for Component { kind, number } in all.measuring.clone() {
                if let Ok(status) = opening.ask(&kind.power_page(number + 1))? {
                    all.add(kinds, kind.key, number + 1, &status);
                }
            }
        }
        Ok(all)
    }

    /// `switch:0, input:0`.
    pub(super) fn names(&self) -> String {
        let all = self.measuring.iter().map(Component::name).chain(self.others.iter().cloned());
        let mut shown: Vec<String> = all.collect();
        if shown.len() > MAX_SHOWN {
            shown.truncate(MAX_SHOWN);
            shown.push("...".to_owned());
        }
        shown.join(", ")
    }
}

/// The kinds without single phases.
fn whole(kinds: &'static [Kind]) -> impl Iterator<Item = &'static Kind> {
    kinds.iter().filter(|kind| kind.phase.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_status_page_tells_what_measures_from_what_does_not() {
        // As of a Pro EM: a relay without a sensor beside two clamps.
        let status = json!({
            "sys": {"uptime": 1}, "wifi": {}, "script:1": {}, "switch:0": {"output": true},
            "em1:1": {"act_power": 501.8}, "em1:0": {"act_power": 0.0}, "em1data:0": {},
            "em1:x": {"act_power": 1.0}, "em:0": {"total_act_power": null},
        });
        let all = Components::of_keys(&status);
        let names: Vec<_> = all.measuring.iter().map(Component::name).collect();
        assert_eq!(names, ["em1:0", "em1:1"]);
        assert_eq!(all.others, ["em:0", "em1data:0", "script:1", "switch:0"]);
    }

    #[test]
    fn the_first_generations_lists_are_numbered() {
        let status = json!({
            "relays": [{"ison": true}],
            "meters": [{"power": 7.5, "is_valid": true}, {"power": 9.0, "total": 12}],
        });
        let all = Components::of_lists(&status);
        // A power without a counter is what the user set.
        assert_eq!(all.names(), "meter:1, meter:0, relay:0");
        assert_eq!(all.measuring.len(), 1);
    }

    #[test]
    fn long_lists_are_cut() {
        let status = (0..20).map(|n| (format!("input:{n}"), json!({}))).collect();
        let names = Components::of_keys(&Value::Object(status)).names();
        assert!(names.ends_with("input:11, ..."), "{names}");
    }
}
