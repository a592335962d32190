//! Selects a component of a device by the text after `#`.

use super::super::super::MeterError;
use super::super::super::text::printable;
use super::super::address::bad_url;
use super::components::{Component, Components};
use super::kinds::{Kind, keys};

const VALID_PARTS: &str = "give a channel's number such as #0, a component such as #switch:0, or a phase, \
                     #a, #b or #c";

/// The component that the user selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ComponentSelector {
    /// The only component that measures.
    Only,
    /// `#0`: the component with this number.
    Channel(u16),
    /// `#switch:0`.
    Component(String, u16),
    /// `#a`: one phase of the only three-phase meter.
    Phase(String),
}

impl ComponentSelector {
    /// Parses the text after `#`.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for an invalid text.
    pub(super) fn parse(fragment: Option<&str>) -> Result<Self, MeterError> {
        let Some(fragment) = fragment else { return Ok(Self::Only) };
        let invalid = || {
            let shown = printable(fragment, 30);
            bad_url(&format!("`#{shown}` is not a valid part of a Shelly; {VALID_PARTS}"))
        };
        let number = |text: &str| {
            let all_digits = text.bytes().all(|b| b.is_ascii_digit());
            text.parse().ok().filter(|_| all_digits).ok_or_else(invalid)
        };
        let is_word =
            |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
        match fragment.split_once(':') {
            Some((kind, rest)) if is_word(kind) => {
                Ok(Self::Component(kind.to_ascii_lowercase(), number(rest)?))
            }
            None if ["a", "b", "c"].contains(&fragment) => Ok(Self::Phase(fragment.to_owned())),
            None => number(fragment).map(Self::Channel),
            Some(_) => Err(invalid()),
        }
    }

    /// The number, if one is given.
    pub(super) fn number(&self) -> Option<u16> {
        match self {
            Self::Channel(number) | Self::Component(_, number) => Some(*number),
            Self::Only | Self::Phase(_) => None,
        }
    }

    /// Checks that the kind of component is supported.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for an unsupported kind.
    pub(super) fn check(&self, kinds: &'static [Kind]) -> Result<(), MeterError> {
        match self {
            Self::Component(name, number) if !kinds.iter().any(|kind| kind.key == name) => {
                let name = printable(name, 20);
                Err(bad_url(&format!(
                    "`#{name}:{number}` is not supported; supported components are {}",
                    keys(kinds)
                )))
            }
            _ => Ok(()),
        }
    }

    /// Whether a component of this kind can be selected.
    pub(super) fn accepts(&self, kind: &Kind) -> bool {
        match self {
            Self::Only | Self::Channel(_) => true,
            Self::Component(name, _) => name == kind.key,
            // The three phases are one component.
            Self::Phase(_) => kind.key == "em",
        }
    }

    /// The selected component among those that measure.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] with the available components.
    pub(super) fn select(
        &self,
        device: &Components,
        kinds: &'static [Kind],
    ) -> Result<Component, MeterError> {
        let is_match = |component: &&Component| {
            self.accepts(component.kind) && self.number().is_none_or(|n| n == component.number)
        };
        let matching: Vec<Component> = device.measuring.iter().filter(is_match).copied().collect();
        match (matching.as_slice(), self) {
            ([one], Self::Phase(phase)) => {
                let phases = |kind: &&Kind| kind.phase == Some(phase.as_str());
                let kind = kinds.iter().find(phases).ok_or_else(|| self.missing_error(device))?;
                Ok(Component { kind, number: one.number })
            }
            ([one], _) => Ok(*one),
            ([], _) => Err(self.missing_error(device)),
            (several, _) => {
                let names: Vec<_> = several.iter().map(|one| format!("#{}", one.name())).collect();
                Err(bad_url(&format!(
                    "the device measures at {}; add the one that supplies the machine",
                    names.join(", ")
                )))
            }
        }
    }

    fn missing_error(&self, device: &Components) -> MeterError {
        let what = match self {
            Self::Only => "component that measures".to_owned(),
            Self::Channel(number) => format!("channel {number}"),
            Self::Component(kind, number) => format!("{kind}:{number} that measures"),
            Self::Phase(_) => "three phases".to_owned(),
        };
        let message =
            device.channel_message.as_deref().map(|message| message.trim_end_matches(['!', '.']));
        let message = message.map(|message| format!("{message}: ")).unwrap_or_default();
        let mut has: Vec<String> = match self {
            Self::Channel(_) => device.measuring.iter().map(|one| one.number.to_string()).collect(),
            _ => device.measuring.iter().map(Component::name).collect(),
        };
        has.sort_unstable();
        has.dedup();
        let has = match has.is_empty() {
            true => String::new(),
            false => format!("; it has: {}", has.join(", ")),
        };
        bad_url(&format!("{message}the device has no {what}{has}"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::kinds::LATER;
    use super::*;

    fn device(names: &[(&str, u16)]) -> Components {
        let measuring = names.iter().map(|(key, number)| {
            let kind = LATER.iter().find(|kind| kind.key == *key).unwrap();
            Component { kind, number: *number }
        });
        Components { measuring: measuring.collect(), ..Components::default() }
    }

    fn choose(fragment: Option<&str>, names: &[(&str, u16)]) -> Result<String, String> {
        let chosen = ComponentSelector::parse(fragment).unwrap().select(&device(names), &LATER);
        chosen.map(|one| one.name()).map_err(|error| error.to_string())
    }

    #[test]
    fn part_selects_one_component() {
        let mixed = [("switch", 0), ("em1", 0), ("em1", 1)];
        for (fragment, names, chosen) in [
            (None, &[("pm1", 0)][..], "pm1:0"),
            (Some("1"), &mixed, "em1:1"),
            (Some("switch:0"), &mixed, "switch:0"),
            (Some("EM1:0"), &mixed, "em1:0"),
            (Some("b"), &[("switch", 0), ("em", 0)], "b"),
            (Some("em:0"), &[("em", 0)], "em:0"),
        ] {
            assert_eq!(choose(fragment, names).as_deref(), Ok(chosen), "{fragment:?}");
        }
    }

    #[test]
    fn part_with_no_or_several_matches_lists_the_choices() {
        let two = [("switch", 0), ("switch", 1)];
        for (fragment, names, expected) in [
            (None, &two[..], "measures at #switch:0, #switch:1"),
            (Some("0"), &[("switch", 0), ("em1", 0)], "measures at #switch:0, #em1:0"),
            (Some("7"), &two, "no channel 7; it has: 0, 1"),
            (Some("em1:0"), &two, "no em1:0 that measures; it has: switch:0, switch:1"),
            (Some("a"), &two, "no three phases; it has: switch:0, switch:1"),
        ] {
            let error = choose(fragment, names).unwrap_err();
            assert!(error.contains(expected), "{fragment:?}: {error}");
        }
    }

    #[test]
    fn unreadable_component_is_refused_with_the_readable_ones() {
        let message = ComponentSelector::Component("cover".to_owned(), 0)
            .check(&LATER)
            .unwrap_err()
            .to_string();
        assert!(
            message.contains(
                "`#cover:0` is not supported; supported components are switch, pm1, em, em1"
            ),
            "{message}"
        );
        assert_eq!(ComponentSelector::Component("em1".to_owned(), 9).check(&LATER), Ok(()));
    }

    #[test]
    fn message_of_the_device_about_a_channel_comes_first() {
        let channel_message = Some("no such id!".to_owned());
        let device = Components { channel_message, ..device(&[("switch", 0)]) };
        let message =
            ComponentSelector::Channel(7).select(&device, &LATER).unwrap_err().to_string();
        assert!(
            message.contains("no such id: the device has no channel 7; it has: 0"),
            "{message}"
        );
    }

    #[test]
    fn invalid_parts_are_refused_with_the_valid_forms() {
        for bad in ["d", "-1", "+1", "1.5", "switch:", "switch:x", ":0", "a/b:0", "65536", "0:0:0"]
        {
            let message = ComponentSelector::parse(Some(bad)).map(|_| ()).unwrap_err().to_string();
            assert!(message.contains("#switch:0"), "{bad}: {message}");
        }
    }
}
