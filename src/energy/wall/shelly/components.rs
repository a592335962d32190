//! The components of a device, with and without a power sensor.

use super::super::super::MeterError;
use super::super::super::text::printable;
use super::super::opening::Opening;
use super::channel::ComponentSelector;
use super::identity::{Generation, Identity};
use super::kinds::Kind;
use serde_json::Value;

/// The maximum number of component names in a message.
const MAX_SHOWN: usize = 12;
/// If a device does not list its components, these channels are probed for the list in an error.
const PROBED_NUMBERS: std::ops::Range<u16> = 0..4;

/// A component that measures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Component {
    pub kind: &'static Kind,
    pub number: u16,
}

impl Component {
    /// `switch:0`, or the phase.
    pub(super) fn name(&self) -> String {
        match self.kind.phase {
            Some(phase) => phase.to_owned(),
            None => format!("{}:{}", self.kind.key, self.number),
        }
    }
}

/// The components of a device.
#[derive(Debug, Default)]
pub(super) struct Components {
    /// Those that measure, by name and number, without single phases.
    pub measuring: Vec<Component>,
    /// The names of the others.
    pub others: Vec<String>,
    /// The device's message about a channel that it does not have.
    pub channel_message: Option<String>,
}

impl Components {
    /// Fetches the page that lists all components or, if there is none, probes the selected
    /// components one by one.
    ///
    /// # Errors
    /// The device stops responding, requires a login, or its response is not JSON.
    pub(super) fn fetch(
        opening: &Opening<'_>,
        identity: &Identity,
        selector: &ComponentSelector,
    ) -> Result<Self, MeterError> {
        let generation = identity.generation;
        let page = match generation {
            Generation::First => "/status",
            Generation::Later => "/rpc/Shelly.GetStatus",
        };
        match (opening.fetch(page)?, generation) {
            (Ok(status), Generation::First) => Ok(Self::from_lists(&status)),
            (Ok(status), Generation::Later) => Ok(Self::from_keys(&status)),
            (Err(_), _) => Self::probe_each(opening, generation, selector),
        }
    }

    fn add(&mut self, kinds: &'static [Kind], key: &str, number: u16, status: &Value) {
        let kind = without_phases(kinds).find(|kind| kind.key == key);
        match kind.filter(|kind| kind.has_power(status)) {
            Some(kind) => self.measuring.push(Component { kind, number }),
            None => self.others.push(format!("{}:{number}", printable(key, 20))),
        }
    }

    /// The status page of later generations: an object with the key `KIND:NUMBER` for each component.
    fn from_keys(status: &Value) -> Self {
        let mut all = Self::default();
        let keys = status.as_object().into_iter().flatten();
        let mut named: Vec<(&str, u16, &Value)> = keys
            .filter_map(|(key, status)| {
                let (kind, number) = key.split_once(':')?;
                Some((kind, number.parse().ok()?, status))
            })
            .collect();
        // Objects are unordered, and 10 comes after 9.
        named.sort_unstable_by_key(|(kind, number, _)| (*kind, *number));
        for (kind, number, status) in named {
            all.add(Generation::Later.kinds(), kind, number, status);
        }
        all
    }

    /// The status page of the first generation: one list for each kind.
    fn from_lists(status: &Value) -> Self {
        let mut all = Self::default();
        for (list, key) in [("meters", "meter"), ("emeters", "emeter"), ("relays", "relay")] {
            let items = status.get(list).and_then(Value::as_array);
            for (number, status) in (0..).zip(items.into_iter().flatten()) {
                all.add(Generation::First.kinds(), key, number, status);
            }
        }
        all
    }

    fn probe_each(
        opening: &Opening<'_>,
        generation: Generation,
        selector: &ComponentSelector,
    ) -> Result<Self, MeterError> {
        let kinds = generation.kinds();
        let mut all = Self::default();
        let number = selector.number().unwrap_or(0);
        let mut refused = None;
        for kind in without_phases(kinds).filter(|kind| selector.accepts(kind)) {
            match opening.fetch(&kind.power_page(number))? {
                Ok(status) => all.add(kinds, kind.key, number, &status),
                // For a number that does not exist the device responds with 500, for an unknown kind
                // with another status.
                Err(response) if response.status == 500 && all.channel_message.is_none() => {
                    all.channel_message = response.reason();
                    refused = Some(kind);
                }
                Err(_) => {}
            }
        }
        if let (true, Some(kind)) = (all.measuring.is_empty(), refused) {
            for number in PROBED_NUMBERS.filter(|tried| *tried != number) {
                if let Ok(status) = opening.fetch(&kind.power_page(number))? {
                    all.add(kinds, kind.key, number, &status);
                }
            }
        } else if selector.number().is_none() {
            // Check whether the first component is the only one.
            for Component { kind, number } in all.measuring.clone() {
                if let Ok(status) = opening.fetch(&kind.power_page(number + 1))? {
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
fn without_phases(kinds: &'static [Kind]) -> impl Iterator<Item = &'static Kind> {
    kinds.iter().filter(|kind| kind.phase.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn status_page_distinguishes_measuring_components() {
        // As for a Pro EM: a relay without a sensor and two clamps.
        let status = json!({
            "sys": {"uptime": 1}, "wifi": {}, "script:1": {}, "switch:0": {"output": true},
            "em1:1": {"act_power": 501.8}, "em1:0": {"act_power": 0.0}, "em1data:0": {},
            "em1:x": {"act_power": 1.0}, "em:0": {"total_act_power": null},
        });
        let all = Components::from_keys(&status);
        let names: Vec<_> = all.measuring.iter().map(Component::name).collect();
        assert_eq!(names, ["em1:0", "em1:1"]);
        assert_eq!(all.others, ["em:0", "em1data:0", "script:1", "switch:0"]);
    }

    #[test]
    fn generation_1_lists_are_numbered() {
        let status = json!({
            "relays": [{"ison": true}],
            "meters": [{"power": 7.5, "is_valid": true}, {"power": 9.0, "total": 12}],
        });
        let all = Components::from_lists(&status);
        // A power without a counter is a value set by the user.
        assert_eq!(all.names(), "meter:1, meter:0, relay:0");
        assert_eq!(all.measuring.len(), 1);
    }

    #[test]
    fn long_component_lists_are_cut() {
        let status = (0..20).map(|n| (format!("input:{n}"), json!({}))).collect();
        let names = Components::from_keys(&Value::Object(status)).names();
        assert!(names.ends_with("input:11, ..."), "{names}");
    }
}
