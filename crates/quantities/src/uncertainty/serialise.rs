//! How uncertain values and their origins are serialised. What was measured by a meter of this process becomes
//! user-reported when it is read again, so that a file cannot claim a measurement.

use super::{Efficiency, Provenance, Scope, Uncertain};
use crate::units::JoulesPerHash;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A provenance as it is written, with its kind in the key `kind`.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Written {
    Measured { scope: String, meter: String },
    UserReported { by: String },
    Modelled { model: String },
    Datasheet { product: String, source: String },
    Published { as_of: String, source: String },
    Assumed { basis: String },
}

impl Serialize for Provenance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.clone() {
            Self::Measured(measured) => Written::Measured {
                scope: measured.scope().name().to_owned(),
                meter: measured.meter().to_owned(),
            },
            Self::UserReported { by } => Written::UserReported { by },
            Self::Modelled { model } => Written::Modelled { model },
            Self::Datasheet { product, source } => Written::Datasheet { product, source },
            Self::Published { as_of, source } => {
                Written::Published { as_of: as_of.to_string(), source }
            }
            Self::Assumed { basis } => Written::Assumed { basis },
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Provenance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Written::deserialize(deserializer)? {
            Written::Measured { meter, .. } => Self::UserReported { by: meter },
            Written::UserReported { by } => Self::UserReported { by },
            Written::Modelled { model } => Self::Modelled { model },
            Written::Datasheet { product, source } => Self::Datasheet { product, source },
            Written::Published { as_of, source } => {
                Self::Published { as_of: as_of.parse().map_err(D::Error::custom)?, source }
            }
            Written::Assumed { basis } => Self::Assumed { basis },
        })
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Serialize for Efficiency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_uncertain().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Efficiency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let uncertain = Uncertain::<JoulesPerHash>::deserialize(deserializer)?;
        Self::new(uncertain).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::Measured;
    use crate::units::Joules;

    #[test]
    fn uncertain_value_written_and_read_again_is_equal() {
        let published = Provenance::published("2026-08".parse().unwrap(), "a source");
        let value = Uncertain::new(JoulesPerHash::from_j_per_th(15.0), published)
            .with_standard_uncertainty(JoulesPerHash::from_j_per_th(0.5));
        let efficiency = Efficiency::new(value).unwrap();
        let text = serde_json::to_string(&efficiency).unwrap();
        assert!(
            text.contains(r#""kind":"published","as_of":"2026-08","source":"a source""#),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Efficiency>(&text).unwrap(), efficiency);
    }

    #[test]
    fn measured_value_read_again_is_user_reported() {
        let proof = Measured::by_meter(Scope::NodeWall, "meter");
        let measured = Uncertain {
            value: Joules::from_joules(5.0),
            standard_uncertainty: None,
            provenance: Provenance::Measured(proof),
        };
        let text = serde_json::to_string(&measured).unwrap();
        assert!(
            text.contains(r#""kind":"measured","scope":"node_wall","meter":"meter""#),
            "{text}"
        );
        let again: Uncertain<Joules> = serde_json::from_str(&text).unwrap();
        assert_eq!(again.provenance(), &Provenance::UserReported { by: "meter".to_owned() });
    }

    #[test]
    fn efficiency_of_zero_is_refused() {
        let text = r#"{"value":{"value":0,"unit":"J/TH"},"standard_uncertainty":null,
                       "provenance":{"kind":"assumed","basis":"test"}}"#;
        assert!(serde_json::from_str::<Efficiency>(text).is_err());
    }
}
