//! Who asks a management controller, and which certificate it must show.

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

pub(super) const LOGIN: &str = "set HASHWATT_REDFISH_USER and HASHWATT_REDFISH_PASSWORD to an account that may read, and \
     HASHWATT_REDFISH_CA to the PEM file of the authority that signed its certificate";

/// An environment variable; `None` where it is not set.
pub(super) fn environment(name: &str) -> Result<Option<String>, MeterError> {
    variable(name, "it")
}

/// The connection to a controller, with the login and the authority of the environment.
pub(super) fn transport(
    address: &Address,
    deadline: Duration,
    environment: &dyn Fn(&str) -> Result<Option<String>, MeterError>,
) -> Result<HttpTransport, MeterError> {
    let authorization = match (environment(USER)?, environment(PASSWORD)?) {
        (None, None) => None,
        (Some(user), Some(password)) => {
            if user.contains(':') || user.is_empty() {
                return Err(bad(USER, "is empty or holds a colon; give the account's name"));
            }
            if !address.encrypted && !address.loopback {
                return Err(bad(PASSWORD, "would travel unencrypted; give an https:// address"));
            }
            Some(basic(&user, &password))
        }
        (Some(_), None) => return Err(bad(PASSWORD, "is not set, and HASHWATT_REDFISH_USER is")),
        (None, Some(_)) => return Err(bad(USER, "is not set, and HASHWATT_REDFISH_PASSWORD is")),
    };
    let roots = match environment(CA)? {
        None => RootCerts::WebPki,
        Some(_) if !address.encrypted => {
            return Err(bad(CA, "verifies nothing over http://; give an https:// address"));
        }
        Some(file) => authorities(Path::new(&file))?.into(),
    };
    Ok(HttpTransport::with(deadline, authorization, roots))
}

fn authorities(file: &Path) -> Result<Vec<Certificate<'static>>, MeterError> {
    let pem = SystemFiles
        .read(file)
        .map_err(|error| bad(CA, &format!("{}: {error}; give a PEM file", file.display())))?;
    let mut found = Vec::new();
    for item in parse_pem(pem.as_bytes()) {
        match item {
            Ok(PemItem::Certificate(certificate)) => found.push(certificate),
            // A key in the file is none of our business.
            Ok(_) => {}
            Err(_) => {
                return Err(bad(CA, &format!("{}: is no valid PEM file", file.display())));
            }
        }
    }
    match found.is_empty() {
        true => Err(bad(CA, &format!("{}: holds no certificate", file.display()))),
        false => Ok(found),
    }
}

fn bad(field: &str, reason: &str) -> MeterError {
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
        let look = |name: &str| {
            let found = set.iter().find(|(set, _)| *set == name);
            Ok(found.map(|(_, value)| (*value).to_owned()))
        };
        transport(&address, Duration::from_secs(5), &look)
    }

    fn refused(url: &str, set: &[(&str, &str)]) -> String {
        match with(url, set) {
            Err(MeterError::BadSetting { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_remedy_names_the_variables_that_are_read() {
        for variable in [USER, PASSWORD, CA] {
            assert!(LOGIN.contains(variable), "{variable}");
        }
    }

    #[test]
    fn a_login_is_whole_and_stays_private() {
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
    fn a_login_is_sent_within_the_machine() {
        let server = Server::new(|_| Response::ok("{}"));
        let login = [(USER, "Aladdin"), (PASSWORD, "open sesame")];
        let transport = with(server.url(), &login).unwrap();
        assert_eq!(transport.get(server.url()).unwrap(), "{}");
        // The example of RFC 7617, section 2.
        let expected = Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(server.requests()[0].header("authorization"), expected);
    }

    #[test]
    fn an_authority_is_a_pem_file() {
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
