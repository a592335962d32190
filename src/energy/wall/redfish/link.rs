//! Links of a Redfish service: `@odata.id`, a path on the same controller (DSP0266, section 9.6).

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A resource's path, with a slash at its end where the controller gives one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link(String);

impl Link {
    /// A path as it was given; nothing for one that could lead elsewhere or is none.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let bare = path.strip_suffix('/').unwrap_or(path).strip_prefix('/')?;
        bare.split('/').all(is_segment).then(|| Self(path.to_owned()))
    }

    /// The link to another resource in a field.
    pub(super) fn of(resource: &Value, field: &str) -> Option<Self> {
        Self::to(resource.get(field)?)
    }

    /// The link in a reference.
    pub(super) fn to(reference: &Value) -> Option<Self> {
        Self::parse(reference.get("@odata.id")?.as_str()?)
    }

    pub(super) fn path(&self) -> &str {
        &self.0
    }

    /// The resource of this name below this one.
    pub(super) fn below(&self, name: &str) -> Option<Self> {
        Self::parse(&format!("{}/{name}", self.0.trim_end_matches('/')))
    }

    /// The last part of the path: what a user names.
    pub(super) fn id(&self) -> &str {
        let bare = self.0.trim_end_matches('/');
        bare.rsplit_once('/').map_or(bare, |(_, id)| id)
    }

    /// Whether a user means this resource, with its name's letters escaped or not.
    pub(super) fn is_named(&self, name: &str) -> bool {
        percent_decode_str(self.id()).eq(percent_decode_str(name))
    }
}

/// Whether a text is a segment of a path as RFC 3986, section 3.3, has it, and stays where it is.
fn is_segment(text: &str) -> bool {
    let decoded = percent_decode_str(text).collect::<Vec<_>>();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:@!$&'()*+,;=%".contains(c);
    let escapes = text.split('%').skip(1);
    let are_escapes = escapes.map(|rest| rest.as_bytes()).all(|rest| {
        rest.first().is_some_and(u8::is_ascii_hexdigit)
            && rest.get(1).is_some_and(u8::is_ascii_hexdigit)
    });
    !text.is_empty()
        && text.chars().all(is_plain)
        && are_escapes
        && !decoded.contains(&b'/')
        && !decoded.iter().all(|b| *b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_as_they_are_given() {
        for (path, id) in [
            ("/redfish/v1/Chassis/1/", "1"),
            (
                "/redfish/v1/Chassis/Enclosure.Internal.0-1:RAID.Integrated.1-1",
                "Enclosure.Internal.0-1:RAID.Integrated.1-1",
            ),
            ("/redfish/v1/Chassis/GPU%20Tray@0", "GPU%20Tray@0"),
        ] {
            let link = Link::parse(path).unwrap();
            assert_eq!((link.path(), link.id()), (path, id));
        }
        let link = Link::parse("/redfish/v1/Chassis/GPU%20Tray/").unwrap();
        assert!(link.is_named("GPU Tray") && link.is_named("GPU%20Tray") && !link.is_named("GPU"));
        assert_eq!(link.below("Power").unwrap().path(), "/redfish/v1/Chassis/GPU%20Tray/Power");
    }

    #[test]
    fn what_could_lead_elsewhere_is_no_link() {
        for path in [
            "",
            "/",
            "Chassis/1",
            "//evil/redfish",
            "http://evil/redfish",
            "/redfish/../etc",
            "/redfish/%2e%2E/etc",
            "/redfish/a%2Fb",
            "/redfish/a?x=1",
            "/redfish/a#b",
            "/redfish/a b",
            "/redfish/a%2",
            "/redfish/a%zz",
            "/redfish/a\\b",
            "/redfish/a\r\nX: y",
        ] {
            assert_eq!(Link::parse(path), None, "{path}");
        }
    }
}
