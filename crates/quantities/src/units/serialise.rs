//! How quantities are serialised: `{ "value": 15.0, "unit": "J/TH" }`. A number without its unit is not accepted.

use serde::de::Error as _;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serializer};

/// Writes a value with its unit.
pub(super) fn write<S: Serializer>(
    serializer: S,
    value: f64,
    unit: &'static str,
) -> Result<S::Ok, S::Error> {
    let mut fields = serializer.serialize_struct("Quantity", 2)?;
    fields.serialize_field("value", &value)?;
    fields.serialize_field("unit", unit)?;
    fields.end()
}

/// The names of a unit and the constructor from a value in it.
pub(super) type UnitRow<Q> = ([&'static str; 2], fn(f64) -> Q);

/// Reads a value in any of `units`.
pub(super) fn read<'de, Q, D: Deserializer<'de>>(
    deserializer: D,
    units: &[UnitRow<Q>],
) -> Result<Q, D::Error> {
    #[derive(Deserialize)]
    #[serde(rename = "Quantity", deny_unknown_fields)]
    struct Quantity {
        value: f64,
        unit: String,
    }
    let Quantity { value, unit } = Quantity::deserialize(deserializer)?;
    match units.iter().find(|(names, _)| names.contains(&unit.as_str())) {
        Some((_, from)) => Ok(from(value)),
        None => {
            let known: Vec<&str> = units.iter().map(|([_, name], _)| *name).collect();
            let known = known.join("`, `");
            Err(D::Error::custom(format_args!("unit is `{unit}`; give one of `{known}`")))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::units::{Fraction, JoulesPerHash, Sats, Seconds, Watts};

    #[test]
    fn quantity_written_and_read_again_is_equal() {
        let efficiency = JoulesPerHash::from_j_per_th(15.0);
        let text = serde_json::to_string(&efficiency).unwrap();
        assert_eq!(text, r#"{"value":15.0,"unit":"J/TH"}"#);
        assert_eq!(serde_json::from_str::<JoulesPerHash>(&text).unwrap(), efficiency);
        let day: Seconds = serde_json::from_str(r#"{"value":24,"unit":"hours"}"#).unwrap();
        assert_eq!(day, Seconds::from_days(1.0));
    }

    #[test]
    fn quantity_of_another_unit_is_refused_with_the_known_ones() {
        let wrong = serde_json::from_str::<Watts>(r#"{"value":1,"unit":"GW"}"#).unwrap_err();
        assert!(wrong.to_string().contains("unit is `GW`; give one of `W`, `kW`, `MW`"));
        assert!(serde_json::from_str::<Watts>("1").is_err());
    }

    #[test]
    fn fraction_and_satoshis_are_plain_numbers_within_their_range() {
        assert_eq!(serde_json::to_string(&Fraction::ONE).unwrap(), "1.0");
        assert!(serde_json::from_str::<Fraction>("1.5").is_err());
        assert_eq!(
            serde_json::from_str::<Sats>("5000000000").unwrap(),
            Sats::from_sats(5_000_000_000)
        );
    }

    #[test]
    fn quantities_are_sorted_and_compared_without_their_numbers() {
        let mut all = [Watts::from_kw(2.0), Watts::from_watts(f64::NAN), Watts::from_watts(-3.0)];
        all.sort_by(Watts::total_cmp);
        assert_eq!(all[0], Watts::from_watts(-3.0));
        assert!(!all[2].is_finite());
        assert_eq!(all[0].abs().max(all[2]), Watts::from_watts(3.0));
        assert_eq!(all[0].min(all[1]), all[0]);
    }
}
