//! The login to a management controller and the verification of its certificate.

use super::super::super::{FileSystem, MeterError, SystemFiles};
use super::super::address::Address;
use super::super::environment::variable;
use super::super::http::HttpTransport;
use crate::http::basic;
use crate::http::{Certificate, PemItem, RootCerts, parse_pem};
use std::path::Path;
use std::time::Duration;

const USER: &str = "HASHWATT_REDFISH_USER";
const PASSWORD: &str = "HASHWATT_REDFISH_PASSWORD";
const CA: &str = "HASHWATT_REDFISH_CA";

pub(super) const LOGIN: &str = "set HASHWATT_REDFISH_USER and HASHWATT_REDFISH_PASSWORD to an account with read access, \
     and HASHWATT_REDFISH_CA to the PEM file of the authority that signed the controller's certificate";

/// An environment variable; `None` if it is not set.
pub(super) fn environment(name: &str) -> Result<Option<String>, MeterError> {
    variable(name, "it")
}

/// The connection to a controller, with the login and the certificate authority from the environment.
pub(super) fn transport(
    address: &Address,
    deadline: Duration,
    environment: &dyn Fn(&str) -> Result<Option<String>, MeterError>,
) -> Result<HttpTransport, MeterError> {
    let authorization = match (environment(USER)?, environment(PASSWORD)?) {
        (None, None) => None,
        (Some(user), Some(password)) => {
            if user.contains(':') || user.is_empty() {
                return Err(invalid(
                    USER,
                    "is empty or contains a colon; give the name of the account",
                ));
            }
            if !address.encrypted && !address.loopback {
                return Err(invalid(
                    PASSWORD,
                    "would be sent unencrypted; give an https:// address",
                ));
            }
            Some(basic(&user, &password))
        }
        (Some(_), None) => {
            return Err(invalid(PASSWORD, "is not set, but HASHWATT_REDFISH_USER is"));
        }
        (None, Some(_)) => {
            return Err(invalid(USER, "is not set, but HASHWATT_REDFISH_PASSWORD is"));
        }
    };
    let roots = match environment(CA)? {
        None => RootCerts::WebPki,
        Some(_) if !address.encrypted => {
            return Err(invalid(CA, "has no effect over http://; give an https:// address"));
        }
        Some(file) => read_certificates(Path::new(&file))?.into(),
    };
    Ok(HttpTransport::with(deadline, authorization, roots))
}

fn read_certificates(file: &Path) -> Result<Vec<Certificate<'static>>, MeterError> {
    let pem = SystemFiles
        .read(file)
        .map_err(|error| invalid(CA, &format!("{}: {error}; give a PEM file", file.display())))?;
    let mut found = Vec::new();
    for item in parse_pem(pem.as_bytes()) {
        match item {
            Ok(PemItem::Certificate(certificate)) => found.push(certificate),
            // Other items, such as keys, are ignored.
            Ok(_) => {}
            Err(_) => {
                return Err(invalid(CA, &format!("{}: is not a valid PEM file", file.display())));
            }
        }
    }
    match found.is_empty() {
        true => Err(invalid(CA, &format!("{}: contains no certificate", file.display()))),
        false => Ok(found),
    }
}

fn invalid(field: &str, reason: &str) -> MeterError {
    MeterError::bad_setting(field, reason)
}

#[cfg(test)]
mod tests {
    use super::super::super::address::Schemes;
    use super::super::super::http::Transport;
    use super::*;
    use hashwatt_test_support::http::{Response, Server};
    use std::fs;

    fn with(url: &str, set: &[(&str, &str)]) -> Result<HttpTransport, MeterError> {
        let address = Address::parse(url, Schemes::HttpsOrHttp).unwrap();
        let variable_of = |name: &str| {
            let found = set.iter().find(|(set, _)| *set == name);
            Ok(found.map(|(_, value)| (*value).to_owned()))
        };
        transport(&address, Duration::from_secs(5), &variable_of)
    }

    fn refused(url: &str, set: &[(&str, &str)]) -> String {
        match with(url, set) {
            Err(MeterError::BadSetting { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn remedy_names_the_environment_variables() {
        for variable in [USER, PASSWORD, CA] {
            assert!(LOGIN.contains(variable), "{variable}");
        }
    }

    #[test]
    fn incomplete_login_is_refused_and_passwords_are_hidden() {
        let both = [(USER, "root"), (PASSWORD, "hunter2")];
        assert_eq!(refused("http://bmc", &both), PASSWORD);
        assert_eq!(refused("bmc", &both[..1]), PASSWORD);
        assert_eq!(refused("bmc", &both[1..]), USER);
        assert_eq!(refused("bmc", &[(USER, "a:b"), (PASSWORD, "x")]), USER);
        let transport = with("bmc", &both).unwrap();
        let shown = format!("{transport:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("Basic"), "{shown}");
        assert!(with("http://bmc", &[]).is_ok());
    }

    #[test]
    fn login_over_http_is_sent_to_loopback_only() {
        let server = Server::new(|_| Response::ok("{}"));
        let login = [(USER, "Aladdin"), (PASSWORD, "open sesame")];
        let transport = with(server.url(), &login).unwrap();
        assert_eq!(transport.get(server.url()).unwrap(), "{}");
        // The example of RFC 7617, section 2.
        let expected = Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(server.requests()[0].header("authorization"), expected);
    }

    #[test]
    fn certificate_authority_must_be_a_pem_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        let set = [(CA, path.to_str().unwrap())];
        assert_eq!(refused("bmc", &set), CA);
        fs::write(&path, "no certificate").unwrap();
        assert_eq!(refused("bmc", &set), CA);
        fs::write(&path, "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n").unwrap();
        assert_eq!(refused("bmc", &set), CA);
        fs::write(&path, "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n").unwrap();
        assert!(with("bmc", &set).is_ok());
        assert_eq!(refused("http://127.0.0.1", &set), CA);
    }
}
