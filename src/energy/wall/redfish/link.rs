//! Links of a Redfish service: `@odata.id`, a path on the same controller (DSP0266, section 9.6).

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The path of a resource, with a trailing slash if the controller gives one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link(String);

impl Link {
    /// A path, unchanged; `None` for an invalid path or one that could leave the controller.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let bare = path.strip_suffix('/').unwrap_or(path).strip_prefix('/')?;
        bare.split('/').all(is_segment).then(|| Self(path.to_owned()))
    }

    /// The link in a field of a resource.
    pub(super) fn from_field(resource: &Value, field: &str) -> Option<Self> {
        Self::from_reference(resource.get(field)?)
    }

    /// The link of a reference.
    pub(super) fn from_reference(reference: &Value) -> Option<Self> {
        Self::parse(reference.get("@odata.id")?.as_str()?)
    }

    pub(super) fn path(&self) -> &str {
        &self.0
    }

    /// The resource with this name below this one.
    pub(super) fn child(&self, name: &str) -> Option<Self> {
        Self::parse(&format!("{}/{name}", self.0.trim_end_matches('/')))
    }

    /// The last segment of the path, which the user gives to select it.
    pub(super) fn id(&self) -> &str {
        let bare = self.0.trim_end_matches('/');
        bare.rsplit_once('/').map_or(bare, |(_, id)| id)
    }

    /// Whether the user's name selects this resource; the name may be percent-encoded or not.
    pub(super) fn is_named(&self, name: &str) -> bool {
        percent_decode_str(self.id()).eq(percent_decode_str(name))
    }
}

/// Whether a text is a valid path segment (RFC 3986, section 3.3) that does not change the folder.
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
    fn valid_paths_are_kept_unchanged() {
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
        assert_eq!(link.child("Power").unwrap().path(), "/redfish/v1/Chassis/GPU%20Tray/Power");
    }

    #[test]
    fn links_to_other_hosts_are_refused() {
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
