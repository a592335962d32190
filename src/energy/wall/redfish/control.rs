//! Selects the entry for the whole machine from the older `PowerControl` list.

use super::super::super::text::printable;
use super::super::json;
use serde_json::Value;

const LIST: &str = "PowerControl";
const WATTS: &str = "PowerConsumedWatts";
/// Words in an entry's name or `PhysicalContext` that identify a part of the machine.
const PART_WORDS: [&str; 13] = [
    "cpu",
    "processor",
    "memory",
    "dimm",
    "gpu",
    "accelerator",
    "fan",
    "drive",
    "disk",
    "storage",
    "pci",
    "network",
    "sub-system",
];
/// Words in an entry's name that identify the whole machine, the best first: the input of the supplies
/// is the power at the plug.
const MACHINE_WORDS: [&str; 6] = ["input", "system", "server", "chassis", "node", "total"];

/// An entry, identified by its name and member id at any index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Control {
    name: Option<String>,
    member: Option<String>,
    index: usize,
    /// Whether the list has several entries.
    is_one_of_several: bool,
}

impl Control {
    /// Selects the entry with the machine's power, or returns a description of the other entries.
    pub(super) fn select(page: &Value) -> Result<Self, String> {
        let list = entries(page);
        let with_power: Vec<(usize, &Value)> =
            (0..).zip(list).filter(|(_, entry)| json::find(entry, &[WATTS]).is_some()).collect();
        let whole_machine = with_power.iter().filter(|(_, entry)| !is_part(entry));
        let best = whole_machine.min_by_key(|(index, entry)| {
            let name = lower(entry, "Name");
            let word = MACHINE_WORDS.iter().position(|word| name.contains(word));
            let is_first_member = text(entry, "MemberId").is_some_and(|id| id == "0");
            (word.map_or(2, |word| usize::from(word > 0)), !is_first_member, *index)
        });
        match best {
            Some((index, entry)) => Ok(Self {
                name: text(entry, "Name").map(str::to_owned),
                member: text(entry, "MemberId").map(str::to_owned),
                index: *index,
                is_one_of_several: list.len() > 1,
            }),
            None if list.is_empty() => Err(format!("Power without {LIST}")),
            None if with_power.is_empty() => Err(format!("{LIST} without {WATTS}")),
            None => {
                let names = with_power.iter().filter_map(|(_, entry)| text(entry, "Name"));
                let names: Vec<_> = names.map(|name| printable(name, 40)).take(8).collect();
                Err(format!("{LIST} of parts only: {}", names.join(", ")))
            }
        }
    }

    /// The path of the entry's power on a page.
    pub(super) fn path(&self, page: &Value) -> [String; 3] {
        let list = entries(page);
        let is_same = |entry: &Value| {
            text(entry, "Name") == self.name.as_deref()
                && text(entry, "MemberId") == self.member.as_deref()
        };
        let index = match list.get(self.index).is_some_and(is_same) {
            true => self.index,
            // An index beyond the list if it is missing, so that no other entry is read instead.
            false => list.iter().position(is_same).unwrap_or(list.len()),
        };
        [LIST.to_owned(), index.to_string(), WATTS.to_owned()]
    }

    /// Its name, if the list has several entries.
    pub(super) fn name(&self) -> Option<String> {
        self.name.as_deref().filter(|_| self.is_one_of_several).map(|name| printable(name, 40))
    }
}

fn entries(page: &Value) -> &[Value] {
    page.get(LIST).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(entry: &'a Value, key: &str) -> Option<&'a str> {
    entry.get(key).and_then(Value::as_str)
}

fn lower(entry: &Value, key: &str) -> String {
    text(entry, key).unwrap_or_default().to_lowercase()
}

fn is_part(entry: &Value) -> bool {
    ["Name", "PhysicalContext"].iter().any(|key| {
        let text = lower(entry, key);
        PART_WORDS.iter().any(|fragment| text.contains(fragment))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(name: &str, member: &str) -> Value {
        json!({"Name": name, "MemberId": member, "PowerConsumedWatts": 100})
    }

    fn index(list: Value) -> Result<String, String> {
        let page = json!({"PowerControl": list});
        Control::select(&page).map(|control| control.path(&page)[1].clone())
    }

    #[test]
    fn machine_entry_is_selected_by_name() {
        let unnamed = |watts: Value| json!({"PowerConsumedWatts": watts});
        for (list, chosen) in [
            (json!([unnamed(json!(5)), unnamed(json!(7))]), "0"),
            (json!([unnamed(Value::Null), unnamed(json!(7))]), "1"),
            (
                json!([entry("Memory Sub-system Power", "0"), entry("Server Power Control", "2")]),
                "1",
            ),
            (json!([entry("System Power Control", "0"), entry("System Input Power", "1")]), "1"),
            (json!([entry("Zone B", "1"), entry("Zone A", "0")]), "1"),
            (json!([entry("Zone", "0"), entry("Chassis Power", "1")]), "1"),
            (
                json!([
                    {"PhysicalContext": "CPUSubsystem", "PowerConsumedWatts": 3},
                    {"PhysicalContext": "PowerSubsystem", "PowerConsumedWatts": 9},
                ]),
                "1",
            ),
        ] {
            assert_eq!(index(list.clone()).as_deref(), Ok(chosen), "{list}");
        }
    }

    #[test]
    fn list_without_the_machine_shows_its_entries() {
        for (list, expected) in [
            (json!([]), "without PowerControl"),
            (json!("x"), "without PowerControl"),
            (json!([{"Name": "System"}]), "without PowerConsumedWatts"),
            (
                json!([entry("CPU Sub-system Power", "0"), entry("GPU Power", "1")]),
                "CPU Sub-system Power, GPU Power",
            ),
        ] {
            let error = index(list.clone()).unwrap_err();
            assert!(error.contains(expected), "{list}: {error}");
        }
    }

    #[test]
    fn entry_is_found_again_in_another_order_and_never_replaced() {
        let (system, memory) = (entry("System Power", "7"), entry("Memory Power", "8"));
        let page = json!({"PowerControl": [system, memory]});
        let control = Control::select(&page).unwrap();
        assert_eq!(control.name().as_deref(), Some("System Power"));
        assert_eq!(control.path(&json!({"PowerControl": [memory, system]}))[1], "1");
        let gone = json!({"PowerControl": [memory]});
        let path = control.path(&gone);
        assert_eq!(json::find(&gone, &path.each_ref().map(String::as_str)), None);
    }
}
