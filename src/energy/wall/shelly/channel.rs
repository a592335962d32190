//! Which component of a device a user means, by what follows `#`.

use super::super::super::MeterError;
use super::super::super::text::printable;
use super::super::address::bad_url;
use super::components::{Component, Components};
use super::kinds::{Kind, keys};

const FORMS: &str = "give a channel's number such as #0, a component such as #switch:0, or a phase, \
                     #a, #b or #c";

/// What a user means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ColumnSpec {
    /// The only one that measures.
    TheOnlyOne,
    /// `#0`: whichever has this number.
    Channel(u16),
    /// `#switch:0`.
    Component(String, u16),
    /// `#a`: one phase of the only three-phase meter.
    Phase(String),
}

impl ColumnSpec {
    /// # Errors
    /// [`MeterError::BadSetting`] for anything else.
    pub(super) fn parse(part: Option<&str>) -> Result<Self, MeterError> {
        let Some(part) = part else { return Ok(Self::TheOnlyOne) };
        let wrong = || {
            let shown = printable(part, 30);
            bad_url(&format!("`#{shown}` is no part of a Shelly; {FORMS}"))
        };
        let number = |text: &str| {
            let all_digits = text.bytes().all(|b| b.is_ascii_digit());
            text.parse().ok().filter(|_| all_digits).ok_or_else(wrong)
        };
        let is_word =
            |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
        match part.split_once(':') {
            Some((kind, rest)) if is_word(kind) => {
                Ok(Self::Component(kind.to_ascii_lowercase(), number(rest)?))
            }
            None if ["a", "b", "c"].contains(&part) => Ok(Self::Phase(part.to_owned())),
            None => number(part).map(Self::Channel),
            Some(_) => Err(wrong()),
        }
    }

    /// The number, where one is named.
    pub(super) fn number(&self) -> Option<u16> {
        match self {
            Self::Channel(number) | Self::Component(_, number) => Some(*number),
            Self::TheOnlyOne | Self::Phase(_) => None,
        }
    }

    /// # Errors
    /// [`MeterError::BadSetting`] for a component of a kind that is never read.
    pub(super) fn check(&self, kinds: &'static [Kind]) -> Result<(), MeterError> {
        match self {
            Self::Component(name, number) if !kinds.iter().any(|kind| kind.key == name) => {
                let name = printable(name, 20);
                Err(bad_url(&format!("`#{name}:{number}`: what is read is {}", keys(kinds))))
            }
            _ => Ok(()),
        }
    }

    /// Whether a component of this kind can be meant.
    pub(super) fn may_be(&self, kind: &Kind) -> bool {
        match self {
            Self::TheOnlyOne | Self::Channel(_) => true,
            Self::Component(name, _) => name == kind.key,
            // As three phases are one component.
            Self::Phase(_) => kind.key == "em",
        }
    }

    /// The component that is meant, of those that measure.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] with those that it can be.
    pub(super) fn of(
        &self,
        device: &Components,
        kinds: &'static [Kind],
    ) -> Result<Component, MeterError> {
        let meant = |component: &&Component| {
            self.may_be(component.kind) && self.number().is_none_or(|n| n == component.number)
        };
        let fitting: Vec<Component> = device.measuring.iter().filter(meant).copied().collect();
        match (fitting.as_slice(), self) {
            ([one], Self::Phase(phase)) => {
                let phases = |kind: &&Kind| kind.phase == Some(phase.as_str());
                let kind = kinds.iter().find(phases).ok_or_else(|| self.missing(device))?;
                Ok(Component { kind, number: one.number })
            }
            ([one], _) => Ok(*one),
            ([], _) => Err(self.missing(device)),
            (several, _) => {
                let names: Vec<_> = several.iter().map(|one| format!("#{}", one.name())).collect();
                Err(bad_url(&format!(
                    "the device measures at {}; add the one that feeds the machine",
                    names.join(", ")
                )))
            }
        }
    }

    fn missing(&self, device: &Components) -> MeterError {
        let what = match self {
            Self::TheOnlyOne => "component that measures".to_owned(),
            Self::Channel(number) => format!("channel {number}"),
            Self::Component(kind, number) => format!("{kind}:{number} that measures"),
            Self::Phase(_) => "three phases".to_owned(),
        };
        let said = device.refusal.as_deref().map(|said| said.trim_end_matches(['!', '.']));
        let said = said.map(|said| format!("{said}: ")).unwrap_or_default();
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
        bad_url(&format!("{said}the device has no {what}{has}"))
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

    fn choose(part: Option<&str>, names: &[(&str, u16)]) -> Result<String, String> {
        let chosen = ColumnSpec::parse(part).unwrap().of(&device(names), &LATER);
        chosen.map(|one| one.name()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_part_names_one_component() {
        let mixed = [("switch", 0), ("em1", 0), ("em1", 1)];
        for (part, names, chosen) in [
            (None, &[("pm1", 0)][..], "pm1:0"),
            (Some("1"), &mixed, "em1:1"),
            (Some("switch:0"), &mixed, "switch:0"),
            (Some("EM1:0"), &mixed, "em1:0"),
            (Some("b"), &[("switch", 0), ("em", 0)], "b"),
            (Some("em:0"), &[("em", 0)], "em:0"),
        ] {
            assert_eq!(choose(part, names).as_deref(), Ok(chosen), "{part:?}");
        }
    }

    #[test]
    fn what_fits_none_or_several_is_told_with_what_there_is() {
        let two = [("switch", 0), ("switch", 1)];
        for (part, names, told) in [
            (None, &two[..], "measures at #switch:0, #switch:1"),
            (Some("0"), &[("switch", 0), ("em1", 0)], "measures at #switch:0, #em1:0"),
            (Some("7"), &two, "no channel 7; it has: 0, 1"),
            (Some("em1:0"), &two, "no em1:0 that measures; it has: switch:0, switch:1"),
            (Some("a"), &two, "no three phases; it has: switch:0, switch:1"),
        ] {
            let error = choose(part, names).unwrap_err();
            assert!(error.contains(told), "{part:?}: {error}");
        }
    }

    #[test]
    fn a_component_that_is_never_read_is_refused_with_those_that_are() {
        let told =
            ColumnSpec::Component("cover".to_owned(), 0).check(&LATER).unwrap_err().to_string();
        assert!(told.contains("`#cover:0`: what is read is switch, pm1, em, em1"), "{told}");
        assert_eq!(ColumnSpec::Component("em1".to_owned(), 9).check(&LATER), Ok(()));
    }

    #[test]
    fn what_the_device_says_of_a_channel_comes_first() {
        let refusal = Some("no such id!".to_owned());
        let device = Components { refusal, ..device(&[("switch", 0)]) };
        let told = ColumnSpec::Channel(7).of(&device, &LATER).unwrap_err().to_string();
        assert!(told.contains("no such id: the device has no channel 7; it has: 0"), "{told}");
    }

    #[test]
    fn other_parts_are_refused_with_the_forms() {
        for bad in ["d", "-1", "+1", "1.5", "switch:", "switch:x", ":0", "a/b:0", "65536", "0:0:0"]
        {
            let told = ColumnSpec::parse(Some(bad)).map(|_| ()).unwrap_err().to_string();
            assert!(told.contains("#switch:0"), "{bad}: {told}");
        }
    }
}
